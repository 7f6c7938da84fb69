"""IIIF Content Search 1.0 within one edition document: what viewers ask that don't know 2.0 yet (Mirador 4). Pure.

Source: https://iiif.io/api/search/1.0/. It finds what 2.0 finds: archive.presentation.content_search.
"""

from ..addresses import Addresses
from .content_search import Hit, bodies, search

CONTEXTS = ["http://iiif.io/api/presentation/2/context.json", "http://iiif.io/api/search/1/context.json"]
IGNORABLE = ["date", "user"]
# What 1.0 calls painting are transcriptions.
MOTIVATIONS = {"painting": "supplementing", "non-painting": "identifying"}


def annotation_list(document: dict, query: str, base: str, motivation: str = "", ignored=()) -> dict:
    """A sc:AnnotationList of all hits. In as search_page()."""
    wanted = " ".join(MOTIVATIONS.get(one, one) for one in motivation.split())
    hits = search(document, query, base, wanted)
    layer = {"@type": "sc:Layer", "total": len(hits)}
    named = [name for name in IGNORABLE if name in ignored]
    return {
        "@context": CONTEXTS,
        "@id": Addresses(base).content_search_1(document["identifier"], query, motivation),
        "@type": "sc:AnnotationList",
        "within": layer | ({"ignored": named} if named else {}),
        "resources": [_resource(hit) for hit in hits],
        "hits": [_hit(hit) for hit in hits],
    }


def where(annotation: dict) -> str:
    """The canvas, with the region where there is one."""
    target = annotation["target"]
    return target if isinstance(target, str) else f"{target['source']['id']}#{target['selector']['value']}"


def _resource(hit: Hit) -> dict:
    text = " · ".join(dict.fromkeys(body["value"] for body in bodies(hit.annotation)))
    return {
        "@id": hit.annotation["id"],
        "@type": "oa:Annotation",
        "motivation": "sc:painting",  # as 1.0 says of transcriptions
        "resource": {"@type": "cnt:ContentAsText", "chars": text},
        "on": where(hit.annotation),
    }


def _hit(hit: Hit) -> dict:
    before, exact, after = hit.found[0] if hit.found else ("", "", "")
    return {
        "@type": "search:Hit",
        "annotations": [hit.annotation["id"]],
        "before": before,
        "match": exact,
        "after": after,
    }
