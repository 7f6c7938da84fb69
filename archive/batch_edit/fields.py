"""What can be changed of many records at once, and how. What each record must have of its own (identifier, titles,
dates), and what a person must say of each text (the declaration), can't."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models import Agent, Place, Record, RecordAgent, RecordPlace, RecordTag, Source, Tag
from ..models import Citation as RecordCitation

SET, CLEAR, REPLACE, ADD, REMOVE = "set", "clear", "replace", "add", "remove"
ACTS = {
    SET: _("đặt giá trị"),
    CLEAR: _("xoá giá trị"),
    REPLACE: _("tìm và thay trong lời"),
    ADD: _("thêm vào"),
    REMOVE: _("bỏ ra"),
}


@dataclass(frozen=True)
class Listed:
    """A list of a record: its rows' model, the field that names the authority, that authority's model."""

    row: type
    field: str
    authority: type


LISTS = {
    "tags": Listed(RecordTag, "tag", Tag),
    "places": Listed(RecordPlace, "place", Place),
    "agents": Listed(RecordAgent, "agent", Agent),
    "citations": Listed(RecordCitation, "source", Source),
}
LIST_NAMES = {"tags": _("từ khoá"), "places": _("địa danh"), "agents": _("tác nhân"), "citations": _("nguồn")}
CHOSEN = ["kind", "confidence", "shown_as", "rights_statement", "prime_meridian", "institution"]
WRITTEN = ["languages", "title_original_language", "scale_text", "shelfmarks", "internal_notes", "date_as_written"]
BOTH = ["description", "significance", "remarks", "provenance", "place_of_publication", "technique", "projection"]
BOTH += ["rights_note", "credit_line"]
COUNTED = ["sheets", "pages", "height_mm", "width_mm"]
TEXTS = [*WRITTEN, *(f"{name}_{lang}" for name in BOTH for lang in ("vi", "en"))]
ALL = [*CHOSEN, *TEXTS, *COUNTED, *LISTS]


def acts(field: str) -> list[str]:
    """The acts that a field allows."""
    if field in LISTS:
        return [ADD, REMOVE]
    if field == "kind":
        return [SET]
    return [SET, CLEAR, *([REPLACE] if field in TEXTS else [])]


def label(field: str) -> str:
    """The field's name as the editor has it."""
    if field in LISTS:
        return capfirst(LIST_NAMES[field])
    return capfirst(Record._meta.get_field(field).verbose_name)
