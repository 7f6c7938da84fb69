"""Facets for people: values with their labels, made from standing editions (their names stand in the index by value)
and from the vocabulary. Pure but for translated words."""

from django.utils.translation import gettext as _

from archive import display

from .documents import NAMED, read_label

MOST = 200  # values of a facet that are listed


def facets(counts: dict[str, dict[str, int]], choices: dict[str, tuple[str, ...]], lang: str) -> dict[str, list[dict]]:
    """{facet: [{"value", "label", "count", "selected"}]}, the most frequent first; centuries in their order."""
    return {name: _facet(name, found, choices.get(name, ()), lang) for name, found in counts.items()}


def _facet(name: str, counts: dict[str, int], chosen: tuple[str, ...], lang: str) -> list[dict]:
    if name in NAMED:
        merged = _merge(counts, lang)
    else:
        merged = {key: (label(name, key, lang), count) for key, count in counts.items()}
    entries = [
        {"value": value, "label": text, "count": count, "selected": value in chosen}
        for value, (text, count) in merged.items()
    ]
    if name == "period":
        entries.sort(key=lambda entry: int(entry["value"]))
    else:
        entries.sort(key=lambda entry: (-entry["count"], entry["label"], entry["value"]))
    kept = entries[:MOST]
    return kept + [entry for entry in entries[MOST:] if entry["selected"]]


def _merge(counts: dict[str, int], lang: str) -> dict[str, tuple[str, int]]:
    """A value may have two names while an authority's new name isn't cleared everywhere: the commoner shows."""
    merged: dict[str, tuple[str, int]] = {}
    for stored, count in sorted(counts.items(), key=lambda item: -item[1]):
        key, names = read_label(stored)
        text, before = merged.get(key, (display.both(names, lang) or key, 0))
        merged[key] = (text, before + count)
    return merged


def label(name: str, value: str, lang: str) -> str:
    """The word for a value of a facet without names of its own."""
    match name:
        case "kind":
            return display.kind(value, lang)
        case "language":
            text = display.language(value, lang)
            return text[:1].upper() + text[1:]
        case "original":
            return display.shown_as(value, lang)
        case "period":
            return century(int(value), lang)
        case "has":
            return has().get(value, value)
    return value


def has() -> dict[str, str]:
    return {
        "image": _("Có hình"),
        "scan": _("Có bản quét"),
        "transcription": _("Có bản phiên chép"),
        "georeference": _("Đã gắn toạ độ"),
    }


def century(number: int, lang: str) -> str:
    """17 → "Thế kỷ 17", "17th century"; -3 → "Thế kỷ 3 TCN", "3rd century BC"."""
    size = abs(number)
    if lang == "vi":
        return f"Thế kỷ {size}" + (" TCN" if number < 0 else "")
    ending = "th" if size % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(size % 10, "th")
    return f"{size}{ending} century" + (" BC" if number < 0 else "")
