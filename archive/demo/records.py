"""From an item's facts to a record, not yet saved."""

from archive.demo.drawings import NOTE
from archive.models import (
    Agent,
    Citation,
    Institution,
    Place,
    Record,
    RecordAgent,
    RecordPlace,
    RecordRelation,
    RecordScan,
    RecordTag,
    Source,
    Tag,
)
from media.models import Scan

CREDIT = {
    "map": {
        "vi": "Hình minh hoạ: Cát Vàng; đường bờ: Natural Earth (thuộc về công chúng)",
        "en": "Illustration: Cát Vàng; coast: Natural Earth (public domain)",
    },
    "plate": {"vi": "Hình minh hoạ: Cát Vàng", "en": "Illustration: Cát Vàng"},
}
EVIDENCE = {
    "named": "Được nêu tên trong một đợt của chuỗi triển lãm (báo chí hoặc ban tổ chức).",
    "related": "Được nêu trong triển lãm khác, bảo tàng hoặc tập tư liệu chính thức.",
    "unconfirmed": "Chưa thấy nguồn nói đã trưng bày.",
}
PAIRS = ("description", "remarks", "place_of_publication")


def build(item: dict, scan: Scan) -> Record:
    """A record with its scan, agents, places and citations. The authorities must be there."""
    record = Record(
        identifier=item["identifier"],
        kind=item["kind"],
        title_vi=item["title"]["vi"],
        title_en=item["title"]["en"],
        title_original=item.get("title_original", {}).get("text", ""),
        title_original_language=item.get("title_original", {}).get("lang", ""),
        reading=item.get("reading", ""),
        alternative_titles="\n".join(item.get("alternative_titles", [])),
        languages=" ".join(item.get("languages", [])),
        shelfmarks="\n".join(item.get("shelfmarks", [])),
        shown_as=item.get("shown_as", ""),
        confidence=item["confidence"],
        declared_not_secret=True,
        internal_notes=_notes(item),
        scale_text=item.get("scale", ""),
        legal_number=item.get("legal", {}).get("number", ""),
        issued_on=item.get("legal", {}).get("issued"),
        **_date(item["date"]),
        **_extent(item.get("extent")),
        **_rights(item),
        **{f"{name}_{lang}": item.get(name, {}).get(lang, "") for name in PAIRS for lang in ("vi", "en")},
    )
    if "institution" in item:
        record.institution = Institution.objects.get(key=item["institution"])
    _relate(record, item, scan)
    return record


def _date(date: dict) -> dict:
    shown = date.get("display", {})
    return {
        "date_text": date["text"],
        "date_display_vi": shown.get("vi", ""),
        "date_display_en": shown.get("en", ""),
        "date_as_written": date.get("as_written", ""),
    }


def _extent(extent: dict | None) -> dict:
    if not extent:
        return {}
    corners = zip(("west", "south", "east", "north"), extent["bbox"], strict=True)
    return dict(corners) | {"extent_approximate": extent["approximate"]}


def _rights(item: dict) -> dict:
    credit = CREDIT["map" if item["kind"] in ("map", "atlas_sheet") else "plate"]
    return {
        "rights_statement": item["rights"]["statement"],
        "rights_note_vi": item["rights"]["note"]["vi"],
        "rights_note_en": item["rights"]["note"]["en"],
        "credit_line_vi": credit["vi"],
        "credit_line_en": credit["en"],
    }


def _notes(item: dict) -> str:
    notes = [EVIDENCE[item["shown_evidence"]]]
    if "extent" in item:
        notes.append(f"Phạm vi: {item['extent']['basis']}.")
    if item.get("other_names"):
        notes.append(f"Địa danh chưa có trong danh mục: {', '.join(item['other_names'])}.")
    return "\n".join(notes)


def _relate(record: Record, item: dict, scan: Scan) -> None:
    record.scans = [
        RecordScan(scan=scan, sort_order=0, note_vi=NOTE["vi"], note_en=NOTE["en"], is_illustration=True),
    ]
    agents = {agent.key: agent for agent in Agent.objects.filter(key__in=[a["key"] for a in item.get("agents", [])])}
    record.agents = [
        RecordAgent(agent=agents[row["key"]], role=row["role"], sort_order=order)
        for order, row in enumerate(item.get("agents", []))
    ]
    tags = {tag.key: tag for tag in Tag.objects.filter(key__in=item.get("tags", []))}
    record.tags = [RecordTag(tag=tags[key], sort_order=order) for order, key in enumerate(item.get("tags", []))]
    named = item.get("relations", [])
    there = {
        other.identifier: other for other in Record.objects.filter(identifier__in=[row["identifier"] for row in named])
    }
    record.relations = [
        RecordRelation(kind=row["kind"], related=there[row["identifier"]], sort_order=order)
        for order, row in enumerate(named)
        if row["identifier"] in there  # a part of the collection may be loaded alone
    ]
    keys = [row["key"] for row in item.get("places", [])]
    places = {place.key: place for place in Place.objects.filter(key__in=keys)}
    record.places = [RecordPlace(place=places[key], sort_order=order) for order, key in enumerate(keys)]
    sources = {source.key: source for source in Source.objects.filter(key__in=item["citations"])}
    record.citations = [Citation(source=sources[key], sort_order=order) for order, key in enumerate(item["citations"])]
