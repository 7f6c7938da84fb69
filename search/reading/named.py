"""The names that may stand before a colon in the box, in Vietnamese and English, and the values of filters. Pure."""

from archive.display import LANGUAGES
from archive.folding import fold
from archive.vocabulary import KINDS, SHOWN_AS

# Where words are looked for.
FIELDS = ("title", "agent", "place", "number", "holder", "text")
HAS = ("image", "scan", "transcription", "georeference")
_SPELLED = {
    "title": "title nhande tieude ten",
    "agent": "agent author person tacgia nguoi coquan",
    "place": "place diadanh noi",
    "number": "number no shelfmark sohieu kyhieu so",
    "holder": "holder noigiu noiluugiu luutru",
    "text": "text noidung toanvan vanban",
    "kind": "kind type loai theloai",
    "language": "language lang ngonngu tieng",
    "original": "original bangoc",
    "has": "has co",
    "year": "year date nam niendai",
}
NAMES = {name: field for field, names in _SPELLED.items() for name in names.split()}
LABELS = {
    "title": ("Nhan đề", "Title"),
    "agent": ("Tác giả", "Author"),
    "place": ("Địa danh", "Place"),
    "number": ("Số hiệu", "Number"),
    "holder": ("Nơi giữ", "Holder"),
    "text": ("Nội dung", "Text"),
    "kind": ("Loại", "Kind"),
    "language": ("Ngôn ngữ", "Language"),
    "original": ("Bản gốc", "Original"),
    "has": ("Có", "Has"),
}
_HAS = {
    "image": {"vi": "hình ảnh", "en": "image"},
    "scan": {"vi": "bản quét", "en": "scan"},
    "transcription": {"vi": "bản phiên âm", "en": "transcription"},
    "georeference": {"vi": "đã định vị", "en": "georeference"},
}
_VALUES = {"kind": KINDS, "language": LANGUAGES, "original": SHOWN_AS, "has": _HAS}


def named(word: str) -> str:
    """What a name before a colon means, however it is written ("Tác giả", "tacgia", "tac-gia"); "" for others."""
    return NAMES.get("".join(char for char in fold(word) if char.isalpha()), "")


def is_filter(field: str) -> bool:
    return field in _VALUES


def value_of(field: str, text: str) -> str:
    """The value of a filter from its key or its words in either language: ("kind", "bản đồ") → "map". "" for none.

    A part of the words is enough where only one value has it: "kind:atlas", "ngonngu:phap".
    """
    values, asked = _VALUES[field], " ".join(fold(text).replace("_", " ").split())
    if not asked:
        return ""
    spelled = {key: [fold(key).replace("_", " "), *map(fold, words.values())] for key, words in values.items()}
    whole = next((key for key, names in spelled.items() if asked in names), "")
    several = [key for key, names in spelled.items() if any(f" {asked} " in f" {name} " for name in names)]
    return whole or (several[0] if len(several) == 1 else "")


def label(field: str, value: str, shown: str) -> dict[str, str]:
    """A condition for readers in both languages. value: a filter's value, or "" where `shown` are words."""
    vi, en = LABELS[field]
    words = _VALUES[field][value] if value else {"vi": shown, "en": shown}
    return {"vi": f"{vi}: {words['vi']}", "en": f"{en}: {words['en']}"}


def barred_label(field: str, value: str) -> dict[str, str]:
    """A value of a filter that is kept out, for readers in both languages."""
    words = _VALUES[field][value]
    return {"vi": f"không gồm: {words['vi']}", "en": f"not: {words['en']}"}
