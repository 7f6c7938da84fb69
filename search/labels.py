"""Facets for people: values with their labels, made from standing editions (their names stand in the index by value)
and from the vocabulary. Pure but for translated words."""

from functools import lru_cache

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
        key, name = named(stored, lang)
        text, before = merged.get(key, (name, 0))
        merged[key] = (text, before + count)
    return merged


@lru_cache(maxsize=20_000)
def named(stored: str, lang: str) -> tuple[str, str]:
    """(key, name) of a value of a facet with names."""
    key, names = read_label(stored)
    return key, display.both(names, lang) or key


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


# --- explanations ------------------------------------------------------------------------------------------


def tier(name: str) -> str:
    """A tier of search.tiers, or a degree of search.extents, in words."""
    return {
        "number": _("đúng số hiệu"),
        "exact phrase in title": _("đúng nguyên cụm từ, có dấu, trong nhan đề"),
        "exact phrase": _("đúng nguyên cụm từ, có dấu"),
        "exact compounds": _("đúng các từ ghép, có dấu"),
        "exact words in title": _("đúng mọi chữ, có dấu, trong nhan đề"),
        "exact words": _("đúng mọi chữ, có dấu"),
        "exact words on sheets": _("đúng mọi chữ, có dấu, kể cả chữ trên bản quét"),
        "phrase in title": _("nguyên cụm từ, không kể dấu, trong nhan đề"),
        "phrase": _("nguyên cụm từ, không kể dấu"),
        "compounds in title": _("các từ ghép, không kể dấu, trong nhan đề"),
        "compounds": _("các từ ghép, không kể dấu"),
        "words in title": _("mọi chữ, không kể dấu, trong nhan đề"),
        "words": _("mọi chữ, không kể dấu"),
        "reading": _("mọi chữ, kể cả âm đọc chữ Hán"),
        "phrase on sheets": _("nguyên cụm từ trên bản quét"),
        "words on sheets": _("mọi chữ, kể cả chữ trên bản quét"),
        "gazetteer": _("tên gọi khác của địa danh, từ đồng nghĩa"),
        "beginning": _("chữ bắt đầu như thế"),
        "telex": _("đọc như phím Telex hoặc VNI"),
        "telex, other names": _("tên gọi khác của địa danh đọc như phím Telex hoặc VNI"),
        "spelling, as a phrase": _("nguyên cụm từ, kể cả chữ dễ viết lẫn"),
        "spelling": _("chữ dễ viết lẫn"),
        "covers the box, far larger": _("trùm cả khung, rộng hơn nhiều"),
        "covers most of the box": _("trùm phần lớn khung"),
        "touches the box": _("chạm khung"),
    }.get(name) or _("trùm cả khung, rộng tới %(times)s lần") % {"times": "".join(filter(str.isdigit, name))}


def place(name: str) -> str:
    """Where in a record words are found."""
    return {
        "title": _("nhan đề"),
        "text": _("mô tả, nội dung"),
        "place": _("địa danh"),
        "agent": _("tác giả, cơ quan"),
        "holder": _("nơi lưu giữ"),
        "sheets": _("chữ trên bản quét"),
        "number": _("số hiệu, ký hiệu"),
    }[name]


def filter_name(name: str) -> str:
    return {
        "kind": _("bộ lọc loại"),
        "period": _("bộ lọc thế kỷ"),
        "place": _("bộ lọc địa danh"),
        "holder": _("bộ lọc nơi lưu giữ"),
        "agent": _("bộ lọc tác giả, cơ quan"),
        "language": _("bộ lọc ngôn ngữ"),
        "exhibit": _("bộ lọc triển lãm"),
        "original": _("bộ lọc bản gốc"),
        "has": _("bộ lọc hình và bản phiên chép"),
        "years": _("khoảng năm"),
        "bbox": _("khung bản đồ"),
    }[name]


def verdict(sought: dict) -> str:
    """What became of a record that somebody asked about; see search.explaining."""
    return {
        "shown": _("có trong trang kết quả này."),
        "further": _("có trong kết quả, nhưng ở trang sau."),
        "withdrawn": _("đã rút, không còn bản công bố."),
        "not_standing": _("không có bản công bố nào mang số hiệu này."),
        "behind": _("vừa thay đổi, chỉ mục chưa kịp cập nhật."),
        "filtered": _("không hợp với:"),
        "words": _("không có chữ:"),
        "unknown": _("có từng chữ, nhưng không hợp với cả ô tìm kiếm."),
    }[sought["state"]]
