"""Two languages as one text: which English was made from which Vietnamese. Pure.

Each row with translated fields keeps `translated_from`: {field: digest of the Vietnamese text that its English was made
from}. English that is written or changed is taken as made from the Vietnamese beside it; when only the Vietnamese
changes, the digest stays, no longer fits, and the English is stale until somebody rewrites or confirms it.

A writer calls `note_record` once before it writes the row; see also archive.completeness.
"""

import hashlib
import unicodedata

LANGUAGES = ("vi", "en")
# The translated fields, as archive.translation registers them (a test compares the two).
RECORD = (
    "title",
    "date_display",
    "description",
    "significance",
    "remarks",
    "provenance",
    "place_of_publication",
    "technique",
    "projection",
    "rights_note",
    "credit_line",
)
CHILDREN = {"scans": ("label", "note", "translation"), "articles": ("heading", "text")}


def digest(text: str | None) -> str:
    """Twelve hexadecimal digits of SHA-256 over the text, composed (NFC) and with its spaces collapsed; "" for none."""
    plain = " ".join(unicodedata.normalize("NFC", text or "").split())
    return hashlib.sha256(plain.encode()).hexdigest()[:12] if plain else ""


def text(row, field: str, lang: str) -> str:
    """A translated field in one language, without outer space; "" where there is none."""
    return (getattr(row, f"{field}_{lang}") or "").strip()


def note(row, fields, before: dict | None) -> None:
    """Bring `row.translated_from` up to date with its texts.

    before: the stored values {"title_vi", "title_en", …, "translated_from"}, or None for a new row. What differs from
    the stored `translated_from` was set on purpose (a confirmation, an old revision brought back) and is left.
    """
    kept = dict(row.translated_from or {})
    stored = (before or {}).get("translated_from") or {}
    for field in fields:
        now = digest(text(row, field, "vi"))
        if not text(row, field, "en"):
            kept.pop(field, None)
        elif before is None:
            kept.setdefault(field, now)
        elif kept.get(field) == stored.get(field):
            english = (before.get(f"{field}_en") or "").strip()
            if english != text(row, field, "en"):
                kept[field] = now
            elif field not in kept:  # stored before digests were kept
                kept[field] = digest(before.get(f"{field}_vi"))
        if kept.get(field) == "":  # English came first; the Vietnamese beside it is made from it
            kept[field] = now
    row.translated_from = kept


def note_record(record, before: dict | None) -> None:
    """`note` for a record and those of its children that are held in memory, without a query.

    before: `Record.stored_texts` of this record: its values, and below "scans" and "articles" {pk: values}.
    """
    note(record, RECORD, before)
    for relation, fields in CHILDREN.items():
        stored = (before or {}).get(relation, {})
        for child in changed_children(record, relation):
            note(child, fields, stored.get(child.pk))


def changed_children(record, relation: str) -> list:
    """A child list as it stands in memory; [] when nobody touched it."""
    return getattr(record, "_cluster_related_objects", {}).get(relation, [])


def is_stale(row, field: str) -> bool:
    """Whether the Vietnamese has changed since its English was made."""
    made_from = (row.translated_from or {}).get(field)
    if not made_from or not text(row, field, "en"):
        return False
    return made_from != digest(text(row, field, "vi"))


def stale(row, fields) -> list[str]:
    return [field for field in fields if is_stale(row, field)]


def confirm(row, field: str) -> None:
    """The English still says what the Vietnamese says."""
    if text(row, field, "en"):
        row.translated_from = {**(row.translated_from or {}), field: digest(text(row, field, "vi"))}


def half_missing(row, field: str) -> str:
    """ "vi" or "en" where only the other language is written, else ""."""
    written = [lang for lang in LANGUAGES if text(row, field, lang)]
    if len(written) != 1:
        return ""
    return "en" if written == ["vi"] else "vi"
