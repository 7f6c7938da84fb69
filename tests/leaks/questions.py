"""What is asked of a route beside its bare address: queries that search, filter, export and page."""

from urllib.parse import quote

from .arguments import Arguments

OAI = (
    "verb=Identify",
    "verb=ListMetadataFormats",
    "verb=ListSets",
    "verb=ListIdentifiers&metadataPrefix=oai_dc",
    "verb=ListRecords&metadataPrefix=oai_dc",
)
LISTS = ("", "q=zq", "export=csv", "export=xlsx")
BRIEF = ("", "q=zq")
OURS = ("archive", "media", "scan", "record", "wagtailsnippets", "wagtailadmin_reports", "wagtailadmin_pages")


def of(route, values: Arguments) -> list[str]:
    """Query strings for a route, "" among them."""
    asked = ASKED.get(route.label)
    if asked:
        return asked(values)
    if not route.parameters and route.pattern.startswith("admin/"):
        return list(LISTS if route.label.startswith(OURS) else BRIEF)
    return [""]


def words(values, *places) -> list[str]:
    """The planted words of the actor's states in these fields."""
    known = values.world.words
    return [word for word, place in known.places.items() if place in places and known.states[word] in values.states]


def search_page(values) -> list[str]:
    asked = ["", *[f"view={view}" for view in ("grid", "map", "timeline")], "sort=newest", "page_size=100"]
    asked += [f"q={word}" for word in words(values, "Record.title_vi", "Agent.name_vi", "Place.name_vi")]
    asked += [f"place={word}" for word in words(values, "Place.key")]
    return [*asked, *[f"agent={word}" for word in words(values, "Agent.key")]]


def explanation(values) -> list[str]:
    named = words(values, "Record.title_vi", "Place.name_vi")
    return [*BRIEF, *[f"q={word}&id={quote(record.identifier)}" for word in named[:4] for record in values.records]]


def suggest(values) -> list[str]:
    codes = sorted({word[:4] for word in words(values, "Record.title_vi")})
    names = words(values, "Record.title_vi", "Place.name_vi", "Agent.name_en", "PlaceName.text")
    return ["", "q=zq", *[f"q={start}" for start in (*codes, *names)], *[f"q={name[:-1]}" for name in names]]


def oai(values) -> list[str]:
    base = "verb=GetRecord&metadataPrefix=oai_dc&identifier="
    return [*OAI, *[f"{base}{quote('oai:testserver:' + record.identifier)}" for record in values.records]]


def picked(values) -> list[str]:
    """Choosers of several and bulk actions: by key and by identifier."""
    keys = [one.pk for one in (*values.records, *values.scans, *values.pages)]
    return ["&".join(f"id={key}" for key in keys), f"id={keys[0]}"] if keys else [""]


def page_chooser(values) -> list[str]:
    kinds = ("", "page_type=exhibits.exhibitionpage", "page_type=exhibits.articlepage")
    return [*kinds, *[f"q={word}" for word in words(values, "ArticlePage.title")]]


def found_by_title(values) -> list[str]:
    return [*LISTS, *[f"q={word}" for word in words(values, "Record.title_vi", "Record.identifier")]]


def pages_by_title(values) -> list[str]:
    return [*LISTS, *[f"q={word}" for word in words(values, "ArticlePage.title", "SectionPage.title")]]


def files_by_name(values) -> list[str]:
    return [*LISTS, *[f"q={word}" for word in words(values, "Scan.original_name")]]


def within(values) -> list[str]:
    found = [f"q={word}" for word in words(values, "RecordScan.transcription", "PlaceMention.name")]
    return ["", "q=zq", "motivation=supplementing", *found]


def together(values) -> list[str]:
    """All records of the actor's states in one collection, each alone, and each beside what everybody may see."""
    base = values.world.records["base"].identifier
    names = [record.identifier for record in values.records]
    return ["", f"items={','.join(names)}", *[f"items={name}" for name in names], f"items={base},{','.join(names)}"]


def by_unapi(values) -> list[str]:
    names = [record.identifier for record in values.records]
    return ["", *[f"id={name}{form}" for name in names for form in ("", "&format=ris", "&format=bibtex")]]


def liked(values) -> list[str]:
    """Led here by the likeness of each record."""
    return [f"like={record.identifier}" for record in values.records]


def pairs(values) -> list[str]:
    """Each record alone and beside the one that everybody may see, in both ways of looking at two."""
    base = values.world.records["base"].identifier
    names = [record.identifier for record in values.records]
    beside = [f"a={base}&b={name}{mode}" for name in names for mode in ("", "&mode=overlay")]
    return ["", *[f"a={name}" for name in names], *beside]


ASKED = {
    "archive_pages:compare": pairs,
    "archive_pages:my_collection": together,
    "archive_pages:my_collection_export": together,
    "archive:unapi": by_unapi,
    "search:opensearch_suggestions": suggest,
    "search_pages:search": search_page,
    "search:suggest": suggest,
    "search_admin:explain": explanation,
    "search:api": lambda values: ["", "page_size=100", "view=map", "view=timeline"],
    "exhibits:kiosk_search": lambda values: ["", "q=", *[f"q={word}" for word in words(values, "Record.title_vi")]],
    "exhibits:kiosk_place": lambda values: ["", "page=2"],
    "exhibits:kiosk_item": lambda values: ["", "section=1", "maps=1", *liked(values)],
    "archive:oai": oai,
    "archive:api_items": lambda values: ["", "page_size=100", "format=csv", "format=xml"],
    "archive:content_search": within,
    "archive:content_search_1": within,
    "wagtailsnippets_archive_record:list": found_by_title,
    "wagtailsnippets_archive_record:list_results": found_by_title,
    "record_link_chooser:choose": found_by_title,
    "record_link_chooser:choose_results": found_by_title,
    "record_link_chooser:chosen_multiple": picked,
    "archive_worklist:list": lambda values: ["status=held", *found_by_title(values)],
    "archive_review:queue": lambda values: ["", "q=zq", *[f"q={word}" for word in words(values, "Record.title_vi")]],
    "archive_batch:index": lambda values: ["", "field=title_vi", "field=agents"],
    "archive_read_date": lambda values: ["", "text=1838"],
    "record_chooser:choose": found_by_title,
    "record_chooser:choose_results": found_by_title,
    "record_chooser:chosen_multiple": picked,
    "scan_chooser:chosen_multiple": picked,
    "scan_chooser:choose_results": files_by_name,
    "media_scans:index": files_by_name,
    "media_scans:index_results": files_by_name,
    "media_scans:state": picked,
    "wagtailadmin_pages:search": pages_by_title,
    "wagtailadmin_pages:search_results": pages_by_title,
    "wagtailadmin_choose_page": page_chooser,
    "wagtailadmin_choose_page_search": page_chooser,
    "wagtailadmin_choose_page_chosen_multiple": picked,
    "wagtail_bulk_action": picked,
    "wagtailadmin_tag_model_autocomplete": lambda values: ["term=zq"],
    "wagtailadmin_tag_autocomplete": lambda values: ["term=zq"],
    "wagtailadmin_explore": lambda values: ["", "export=csv", "q=zq"],
    "wagtailadmin_api:pages:listing": lambda values: [
        "", "fields=*", "for_explorer=1&fields=*", *[f"search={word}" for word in words(values, "ArticlePage.title")]
    ],
}  # fmt: skip
