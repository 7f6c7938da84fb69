"""How complete a record is, and what is missing, by kind. Pure; docs/two-languages.md has the reasons.

Each need weighs 3 (a reader can't do without it), 2 (it describes) or 1 (it refines). Completeness is the weight met
in percent of the weight that counts for this record, rounded down, so that 100 means that nothing is missing. What is
missing is kept as codes in one text, " title_en stale:description scans ", for lists to filter by.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive import two_languages
from archive.han import IDEOGRAPH

MAPS = {"map", "atlas_sheet"}
TEXTS = {"manuscript", "official_document", "legal_text"}
PAPERS = TEXTS | {"book", "press_item"}


@dataclass(frozen=True)
class Need:
    """code: in `gaps`; field: the form field or child list where it is mended; kinds: empty for all."""

    code: str
    weight: int
    words: object  # lazy text: what is missing
    field: str
    met: Callable
    kinds: frozenset = frozenset()

    def counts_for(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


def _written(field: str) -> Callable:
    return lambda record: bool((getattr(record, field) or "").strip())


def _given(field: str) -> Callable:
    return lambda record: getattr(record, field) is not None


def _some(relation: str) -> Callable:
    return lambda record: bool(list(getattr(record, relation).all()))


def _role(role: str) -> Callable:
    return lambda record: any(use.role == role for use in record.agents.all())


def _transcribed(record) -> bool:
    return any(use.transcription.strip() for use in record.scans.all())


def _mapped(record) -> bool:
    return bool(record.scale_text.strip()) or record.west is not None


def _sized(record) -> bool:
    return bool(record.height_mm and record.width_mm)


def _counted(record) -> bool:
    return bool(record.sheets or record.pages)


def _read(record) -> bool:
    return bool(record.reading) or not IDEOGRAPH.search(record.title_original)


def _need(code, weight, words, met, kinds=(), field="") -> Need:
    return Need(code, weight, words, field or code, met, frozenset(kinds))


NEEDS = [
    _need("title_vi", 3, _("nhan đề tiếng Việt"), _written("title_vi")),
    _need("title_en", 3, _("nhan đề tiếng Anh"), _written("title_en")),
    _need("description_vi", 3, _("mô tả tiếng Việt"), _written("description_vi")),
    _need("description_en", 3, _("mô tả tiếng Anh"), _written("description_en")),
    _need("date", 2, _("niên đại"), _written("date_text"), field="date_text"),
    _need("scans", 3, _("bản quét"), _some("scans")),
    _need("institution", 2, _("cơ quan lưu giữ"), _given("institution_id"), field="institution"),
    _need("languages", 1, _("ngôn ngữ của tư liệu"), _written("languages"), MAPS | PAPERS),
    _need("places", 1, pgettext_lazy("mục còn thiếu", "địa danh"), _some("places")),
    _need("citations", 1, _("nguồn tham khảo"), _some("citations")),
    _need("rights", 2, _("tuyên bố quyền"), _written("rights_statement"), field="rights_statement"),
    _need(
        "declaration",
        3,
        _("xác nhận không thuộc danh mục bí mật nhà nước"),
        lambda record: record.declared_not_secret,
        field="declared_not_secret",
    ),
    _need("cartography", 2, _("tỷ lệ hoặc phạm vi bản đồ"), _mapped, MAPS, field="scale_text"),
    _need("size", 2, _("kích thước"), _sized, MAPS | {"object"}, field="height_mm"),
    _need("agents", 1, _("tác giả, người làm ra"), _some("agents"), MAPS | {"book", "photograph", "press_item"}),
    _need("pages", 1, _("số tờ hoặc số trang"), _counted, {"manuscript", "book"}, field="pages"),
    _need("transcription", 2, _("nguyên văn trên bản quét"), _transcribed, TEXTS, field="scans"),
    _need("legal_number", 2, _("số, ký hiệu văn bản"), _written("legal_number"), {"legal_text"}),
    _need("issued_on", 2, _("ngày ban hành"), _given("issued_on"), {"legal_text"}),
    _need("issuer", 2, _("cơ quan ban hành"), _role("issuer"), {"legal_text", "official_document"}, field="agents"),
    _need("signatory", 1, _("người ký"), _role("signatory"), {"legal_text"}, field="agents"),
    _need("articles", 1, _("các điều của văn bản"), _some("articles"), {"legal_text"}),
    _need("credit_line", 2, _("ghi công"), _written("credit_line_vi"), {"photograph"}, field="credit_line_vi"),
    _need("technique", 1, _("kỹ thuật"), _written("technique_vi"), {"object"}, field="technique_vi"),
    _need(
        "title_original_language",
        1,
        _("ngôn ngữ của nhan đề gốc"),
        lambda record: bool(record.title_original_language) or not record.title_original,
    ),
    _need(
        "reading",
        1,
        _("âm Hán-Việt"),
        lambda record: bool(record.reading) or not IDEOGRAPH.search(record.title_original),
    ),
]
BY_CODE = {need.code: need for need in NEEDS}
# Always counted by needs of their own; the other pairs count when one half of them is written.
REQUIRED_PAIRS = {"title", "description"}
HALF, STALE = 1, 2  # weights
NAMES = {
    "title": _("nhan đề"),
    "date_display": _("niên đại hiển thị"),
    "description": _("mô tả"),
    "significance": _("ý nghĩa"),
    "remarks": _("điều cần lưu ý"),
    "provenance": _("nguồn gốc"),
    "place_of_publication": _("nơi xuất bản"),
    "technique": _("kỹ thuật"),
    "projection": _("phép chiếu"),
    "rights_note": _("ghi chú về quyền"),
    "credit_line": _("ghi công"),
    "scans": _("chữ kèm bản quét"),
    "articles": _("các điều của văn bản"),
}


def measure(record) -> tuple[int, str]:
    """(completeness in percent, gaps as " code code ") of a record and its child lists, in memory or stored."""
    total, missing, codes = 0, 0, []
    for code, weight, gap in [*_needs(record), *_pairs(record), *_children(record)]:
        total += weight
        if gap:
            missing += weight
            codes.append(code)
    return 100 * (total - missing) // total, f" {' '.join(codes)} " if codes else ""


def _needs(record):
    for need in NEEDS:
        if need.counts_for(record.kind):
            yield need.code, need.weight, not need.met(record)


def _pairs(record):
    """The halves of pairs, and each English text that may be older than its Vietnamese."""
    for field in two_languages.RECORD:
        lang = two_languages.half_missing(record, field)
        code = f"{field}_{lang}"
        if lang and field not in REQUIRED_PAIRS and code not in BY_CODE:
            yield code, HALF, True
        if two_languages.text(record, field, "en"):
            yield f"stale:{field}", STALE, two_languages.is_stale(record, field)


def _children(record):
    for relation, fields in two_languages.CHILDREN.items():
        rows = list(getattr(record, relation).all())
        halves = {two_languages.half_missing(row, field) for row in rows for field in fields}
        for lang in sorted(halves - {""}):
            yield f"{relation}_{lang}", HALF, True
        if any(two_languages.stale(row, fields) for row in rows):
            yield f"stale:{relation}", STALE, True


def codes(gaps: str) -> list[str]:
    return gaps.split()


def all_codes() -> list[str]:
    """Every code that `measure` can give, in the order in which lists show them."""
    halves = [f"{field}_{lang}" for field in two_languages.RECORD for lang in two_languages.LANGUAGES]
    children = [f"{relation}_{lang}" for relation in two_languages.CHILDREN for lang in two_languages.LANGUAGES]
    stale = [f"stale:{name}" for name in (*two_languages.RECORD, *two_languages.CHILDREN)]
    return list(dict.fromkeys([*BY_CODE, *stale, *halves, *children]))


def words(code: str):
    """What a gap is called, in the active language (lazy text). Unknown codes stand for themselves."""
    if code in BY_CODE:
        return BY_CODE[code].words
    prefix, _colon, name = code.rpartition(":")
    if prefix == "stale" and name in NAMES:
        return format_lazy(_("{field}: tiếng Anh cũ hơn tiếng Việt"), field=NAMES[name])
    name, _underline, lang = code.rpartition("_")
    if name in NAMES:
        pattern = _("{field}: thiếu tiếng Anh") if lang == "en" else _("{field}: thiếu tiếng Việt")
        return format_lazy(pattern, field=NAMES[name])
    return code


def field_of(code: str) -> str:
    """The form field ("title_en") or child list ("scans") where a gap is mended."""
    if code in BY_CODE:
        return BY_CODE[code].field
    if code.startswith("stale:"):
        name = code.removeprefix("stale:")
        return name if name in two_languages.CHILDREN else f"{name}_en"
    name = code.rpartition("_")[0]
    return name if name in two_languages.CHILDREN else code
