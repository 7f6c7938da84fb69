"""The OpenAPI 3.1 document of the public JSON. Pure data.

Search and suggestions are described here too, though another room answers them: the document is one.
"""

from copy import deepcopy

from .vocabulary import KINDS, SHOWN_AS

STRING, INTEGER = {"type": "string"}, {"type": "integer"}
URI = {"type": "string", "format": "uri"}
BOTH = {
    "type": "object",
    "properties": {"vi": STRING, "en": STRING},
    "required": ["vi", "en"],
}
LANG = {
    "name": "lang",
    "in": "query",
    "description": "Language of labels and messages.",
    "schema": {"type": "string", "enum": ["vi", "en"], "default": "vi"},
}
ERROR = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "code": STRING,
                "message": STRING,
                "field": {"type": ["string", "null"]},
                "withdrawn_at": {"type": "string", "format": "date-time"},
                "retry_after": {"type": "integer", "minimum": 1, "description": "Seconds."},
            },
            "required": ["code", "message", "field"],
        }
    },
    "required": ["error"],
}
ABOUT = {
    "number": {"type": "integer", "minimum": 1, "description": "Number of the edition."},
    "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "SHA-256 of the canonical document."},
    "cleared_at": {"type": "string", "format": "date-time"},
}
LINKS = {
    "type": "object",
    "properties": dict.fromkeys(("self", "permanent", "page", "manifest", "dublin_core"), URI),
    "required": ["self", "permanent", "page", "manifest", "dublin_core"],
}
TITLES = {
    "type": "array",
    "items": {"type": "object", "properties": {"text": STRING, "lang": STRING}, "required": ["text", "lang"]},
}
KIND = {"type": "string", "enum": list(KINDS)}
BRIEF = {
    "type": "object",
    "properties": {
        "identifier": STRING,
        "kind": KIND,
        "kind_label": STRING,
        "title": STRING,
        "title_original": TITLES,
        "date": STRING,
        "thumbnail": {"type": ["string", "null"], "format": "uri"},
        **ABOUT,
        "links": LINKS,
    },
    "required": ["identifier", "kind", "title", "date", "thumbnail", *ABOUT, "links"],
}
ITEM = {
    "type": "object",
    "properties": {
        **ABOUT,
        "document": {
            "type": "object",
            "description": "The edition document.",
            "properties": {
                "schema": {"enum": [1, 2]},
                "identifier": STRING,
                "number": INTEGER,
                "kind": KIND,
                "title": BOTH,
                "title_original": TITLES,
                "description": BOTH,
                "scans": {"type": "array", "items": {"type": "object"}},
            },
            "required": ["schema", "identifier", "number", "kind", "title", "description", "scans"],
        },
        "images": {
            "type": "array",
            "items": {"type": "object", "properties": {"image": STRING, "service": URI, "thumbnail": URI}},
        },
        "links": LINKS,
    },
    "required": [*ABOUT, "document", "images", "links"],
}
ITEM_LIST = {
    "type": "object",
    "properties": {
        "total": {"type": "integer", "minimum": 0},
        "page": INTEGER,
        "page_size": INTEGER,
        "next": {"type": ["string", "null"]},
        "previous": {"type": ["string", "null"]},
        "items": {"type": "array", "items": {"$ref": "#/components/schemas/ItemBrief"}},
    },
    "required": ["total", "page", "page_size", "next", "previous", "items"],
}
BOX = {
    "type": "array",
    "items": {"type": "number"},
    "minItems": 4,
    "maxItems": 4,
    "description": "west, south, east, north in degrees; west > east crosses the antimeridian.",
}
COUNT = {"type": "integer", "minimum": 0}


def maybe(schema: dict) -> dict:
    """The schema, or null."""
    return {"oneOf": [{"type": "null"}, schema]}


def rows(properties: dict, *optional: str) -> dict:
    """An array of objects of these properties, all of them required but the optional ones."""
    needed = [name for name in properties if name not in optional]
    return {"type": "array", "items": {"type": "object", "properties": properties, "required": needed}}


SEARCH_ITEM = {
    "type": "object",
    "properties": {
        "identifier": STRING,
        "kind": KIND,
        "title": STRING,
        "title_original": STRING,
        "date": {"type": ["string", "null"]},
        "years": {
            **maybe({"type": "array", "items": {"type": ["integer", "null"]}, "minItems": 2, "maxItems": 2}),
            "description": "First and last year; null is open.",
        },
        "snippet": {"type": ["string", "null"], "description": "HTML: the found words are marked."},
        "snippet_lang": {
            "type": ["string", "null"],
            "description": "vi or en; of a name of a place, its own (BCP 47).",
        },
        "sheet": {
            "type": ["integer", "null"],
            "description": "The page, from 1, whose print the snippet is taken from; url opens it there.",
        },
        "thumbnail": {"type": ["string", "null"], "format": "uri"},
        "url": URI,
        "bbox": {**maybe(BOX), "description": "The sheet's extent."},
        "point": {
            **maybe({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}),
            "description": "Longitude and latitude of the first place with coordinates.",
        },
    },
    "required": ["identifier", "kind", "title", "date", "snippet", "sheet", "thumbnail", "url", "bbox", "point"],
}
YEARS = {"from": maybe(INTEGER), "to": maybe(INTEGER)}
UNDERSTOOD_DATES = {
    **rows({"text": STRING, **YEARS, "ranges": rows(YEARS), "label": BOTH, "without": STRING}),
    "description": "Words of the box that say a time. A record of any of `ranges` will do, both ends included, null is "
    "open: two where two years are named (1974, 1988). `from` and `to` are the first and the last year of them all.",
}
UNDERSTOOD_FIELDS = rows({"text": STRING, "field": STRING, "value": maybe(STRING), "label": BOTH, "without": STRING})
SEARCH_RESULTS = {
    "type": "object",
    "properties": {
        "query": {
            "type": "object",
            "description": "The query as it was understood.",
            "properties": {
                "dates": UNDERSTOOD_DATES,
                "fields": {**UNDERSTOOD_FIELDS, "description": "field:value of the box; no value where it is words."},
                "barred": {**UNDERSTOOD_FIELDS, "description": "Values of filters that are kept out: -kind:map."},
            },
        },
        "total": COUNT,
        "page": INTEGER,
        "page_size": INTEGER,
        "next": {"type": ["string", "null"], "format": "uri", "description": "Address of the next page."},
        "took_ms": {"type": "number", "minimum": 0, "description": "Not part of what the ETag stands for."},
        "engine": STRING,
        "fallback": {"type": "boolean", "description": "The site's own engine is down; another one answered."},
        "reading": {
            "type": "string",
            "enum": ["", "telex", "spelling", "fewer"],
            "description": "The reading of the box that was needed beside the literal one. fewer: without the words "
            "that no record holds, since with them nothing is found; literal=1 asks for all.",
        },
        "read_as": {"type": "string", "description": "The box as that reading has it."},
        "dropped": {
            "type": "array",
            "items": STRING,
            "description": "With fewer: the words that no record holds, in one entry where they stood together.",
        },
        "also": {
            **rows({"text": STRING, "place": STRING}),
            "description": "Other names that were searched too; names=0 leaves them out.",
        },
        "dates": {
            **rows({"text": STRING, "label": STRING, "without": STRING}),
            "description": "Words of the box that became conditions on the date; `without` is the box less them.",
        },
        "items": {"type": "array", "items": {"$ref": "#/components/schemas/SearchItem"}},
        "facets": {
            "type": "object",
            "additionalProperties": rows(
                {"value": STRING, "label": STRING, "count": COUNT, "selected": {"type": "boolean"}}
            ),
        },
        "histogram": {
            **rows({"from": INTEGER, "to": INTEGER, "count": COUNT}),
            "description": "Results by decade, whatever `from` and `to` ask for.",
        },
        "clusters": {
            **rows({"lat": {"type": "number"}, "lon": {"type": "number"}, "count": COUNT, "bbox": BOX}),
            "description": "With view=map: where the results lie.",
        },
        "unplaced": {**COUNT, "description": "With view=map: how many results have no place on it."},
        "suggestion": {"type": ["string", "null"], "description": "Another spelling that finds more."},
        "help": {
            **maybe(
                {
                    "type": "object",
                    "properties": {
                        "dropped": rows({"q": STRING, "total": COUNT, "word": STRING}),
                        "places": rows({"text": STRING, "url": URI}),
                        "picks": {"type": "array", "items": {"$ref": "#/components/schemas/SearchItem"}},
                    },
                    "required": ["dropped", "places", "picks"],
                }
            ),
            "description": "Where nothing was found: a word less, places that were named, something to look at.",
        },
    },
    "required": [
        "query", "total", "page", "page_size", "next", "took_ms", "engine", "fallback", "reading", "read_as", "dropped",
        "also",
        "dates", "items", "facets", "histogram", "clusters", "unplaced", "suggestion", "help",
    ],
}  # fmt: skip


SUGGESTIONS = {
    "type": "object",
    "properties": {
        "suggestions": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"kind": STRING, "kind_label": STRING, "key": STRING, "text": STRING, "url": URI},
                "required": ["kind", "kind_label", "key", "text", "url"],
            },
        }
    },
    "required": ["suggestions"],
}
OPENSEARCH_SUGGESTIONS = {
    "type": "array",
    "description": "What was typed; then suggestions, what each is, and where each leads.",
    "items": {"oneOf": [STRING, {"type": "array", "items": STRING}]},
    "minItems": 4,
    "maxItems": 4,
}
WORD = {"type": "string", "maxLength": 200}


def many(name: str, description: str, schema: dict | None = None) -> dict:
    """A parameter that may be repeated: any of its values will do."""
    return {
        "name": name,
        "in": "query",
        "description": description,
        "schema": {"type": "array", "items": schema or WORD, "maxItems": 50},
        "style": "form",
        "explode": True,
    }


def one(name: str, description: str, schema: dict | None = None, **more) -> dict:
    return {"name": name, "in": "query", "description": description, "schema": schema or WORD, **more}


SORTS = ["relevance", "date", "-date", "title", "newest"]
HAS = ["image", "scan", "transcription", "georeference"]
FLAG = {"type": "string", "enum": ["0", "1"]}
SEARCH_PARAMETERS = [
    LANG,
    one("q", "Words to find; empty lists everything.", {"type": "string", "maxLength": 500}),
    many("kind", "Kind of item.", KIND),
    one("from", "First year; at most `to`.", {"type": "integer", "minimum": -9999, "maximum": 9999}),
    one("to", "Last year.", {"type": "integer", "minimum": -9999, "maximum": 9999}),
    many("period", "Period."),
    many("place", "Key of a place."),
    many("holder", "Key of the holding institution."),
    many("agent", "Key of an agent."),
    many("language", "Language code (BCP 47)."),
    many("exhibit", "Exhibition."),
    many("original", "How the item is shown.", {"type": "string", "enum": list(SHOWN_AS)}),
    many("has", "What the item has.", {"type": "string", "enum": HAS}),
    one("bbox", "west,south,east,north in degrees; west > east crosses the antimeridian."),
    one("sort", "Order of the results.", {"type": "string", "enum": SORTS}),
    one("view", "list, grid, map or timeline.", {"type": "string", "enum": ["list", "grid", "map", "timeline"]}),
    one("literal", "1: as written, without folding diacritics or other readings.", FLAG),
    one("names", "0: without other names of places.", FLAG),
    one("dates", "0: years and reigns in the box are words.", FLAG),
    one("page", "Page of results, to the 10,000th result.", {"type": "integer", "minimum": 1, "maximum": 10_000}),
    one("page_size", "Results a page.", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}),
    one("after", "Opaque cursor from `next`."),
]
# As a router takes it: what isn't a slug is no item.
IDENTIFIER = {
    "name": "identifier",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{1,79}$"},
}


def answers(schema: str, *codes: int, kind: str = "application/json") -> dict:
    """Responses of an operation: 200 of a content type, 304, and errors."""
    words = {400: "A parameter can't be read.", 404: "Nothing public has this identifier.", 410: "Withdrawn."}
    words |= {429: "Asked too often; Retry-After says when to ask again.", 503: "The search is not ready."}
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    result = {
        "200": {
            "description": "As asked.",
            "headers": {"ETag": {"schema": STRING}},
            "content": {kind: {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
        },
        "304": {"description": "Not changed since the ETag of If-None-Match."},
    }
    result |= {str(code): {"description": words[code], "content": error} for code in codes}
    if 429 in codes:
        result["429"]["headers"] = {"Retry-After": {"description": "Seconds.", "schema": INTEGER}}
    return result


def operation(name: str, summary: str, parameters: list[dict], responses: dict) -> dict:
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": responses}}


PATHS = {
    "/api/v1/items/": operation(
        "listItems",
        "The public items, by identifier.",
        [
            LANG,
            one("page", "Page.", {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1}),
            one("page_size", "Items a page.", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}),
        ],
        answers("ItemList", 400),
    ),
    "/api/v1/items/{identifier}/": operation(
        "getItem", "One item: its whole edition document.", [IDENTIFIER, LANG], answers("Item", 400, 404, 410)
    ),
    "/api/v1/search/": operation(
        "search", "Search, with facets.", SEARCH_PARAMETERS, answers("SearchResults", 400, 429, 503)
    ),
    "/api/v1/suggest/": operation(
        "suggest",
        "Suggestions while typing: titles, places, agents.",
        [LANG, one("q", "What was typed.", {"type": "string", "maxLength": 500})],
        answers("Suggestions", 400, 429, 503),
    ),
    "/api/v1/suggest/opensearch/": operation(
        "suggestToBrowser",
        "The same as a browser's search box reads it (OpenSearch Suggestions).",
        [LANG, one("q", "What was typed.", {"type": "string", "maxLength": 500})],
        answers("OpenSearchSuggestions", 400, 429, 503, kind="application/x-suggestions+json"),
    ),
}


def openapi(base: str) -> dict:
    """In: PUBLIC_BASE_URL. Out: the document; a fresh copy at each call."""
    return deepcopy(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Cát Vàng",
                "version": "1",
                "description": "Public items of the archive: what was cleared for publication, and nothing else.",
            },
            "servers": [{"url": base}],
            "paths": PATHS,
            "components": {
                "schemas": {
                    "Error": ERROR,
                    "ItemBrief": BRIEF,
                    "ItemList": ITEM_LIST,
                    "Item": ITEM,
                    "SearchItem": SEARCH_ITEM,
                    "SearchResults": SEARCH_RESULTS,
                    "Suggestions": SUGGESTIONS,
                    "OpenSearchSuggestions": OPENSEARCH_SUGGESTIONS,
                }
            },
        }
    )
