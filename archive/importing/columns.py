"""The one table of columns: which heading is which field of a record. Pure."""

import re
import unicodedata
from dataclasses import dataclass

from ..folding import fold


@dataclass(frozen=True)
class Column:
    """field: its name here and in mapping files; vi, en: its headings when exported; also: others that are
    understood; kind: how a cell is read (archive.importing.values)."""

    field: str
    vi: str
    en: str
    kind: str = "line"
    also: tuple[str, ...] = ()


def pair(field: str, vi: str, en: str, kind: str, also_vi=(), also_en=()) -> list[Column]:
    """A field in both languages. A heading without a language belongs to its own."""
    return [
        Column(f"{field}_vi", f"{vi} (vi)", f"{en} (vi)", kind, (vi, f"{vi} tiếng Việt", f"{en} Vietnamese", *also_vi)),
        Column(f"{field}_en", f"{vi} (en)", f"{en} (en)", kind, (en, f"{vi} tiếng Anh", f"{en} English", *also_en)),
    ]


COLUMNS: list[Column] = [
    Column("identifier", "Số hiệu", "Identifier", "line", ("mã", "mã số", "mã hiệu", "id", "key", "ký mã hiệu")),
    Column("kind", "Loại hình", "Kind", "kind", ("loại", "loại hình tư liệu", "thể loại", "type")),
    *pair("title", "Nhan đề", "Title", "line", ("tiêu đề", "tên", "tên tư liệu", "tiêu đề vi"), ("tiêu đề en",)),
    Column(
        "title_original", "Nhan đề gốc", "Original title", "line", ("nguyên đề", "nhan đề nguyên văn", "title original")
    ),
    Column(
        "title_original_language",
        "Ngôn ngữ nhan đề gốc",
        "Original title language",
        "line",
        ("ngôn ngữ của nhan đề gốc", "title original language"),
    ),
    Column(
        "reading",
        "Âm Hán-Việt",
        "Reading",
        "line",
        ("phiên âm", "âm hán việt", "phiên âm hán việt", "sino-vietnamese reading"),
    ),
    Column("alternative_titles", "Nhan đề khác", "Alternative titles", "lines", ("tên khác", "other titles")),
    Column("date_text", "Niên đại", "Date", "date", ("năm", "thời gian", "ngày tháng", "year", "dating", "date edtf")),
    *pair("date_display", "Niên đại hiển thị", "Displayed date", "line", (), ("date display",)),
    Column(
        "date_as_written",
        "Niên hiệu như ghi",
        "Date as written",
        "line",
        ("niên hiệu", "niên hiệu như ghi trên tư liệu", "reign date"),
    ),
    *pair("description", "Mô tả", "Description", "text", ("mô tả nội dung", "nội dung")),
    *pair("significance", "Ý nghĩa", "Significance", "text"),
    *pair("remarks", "Điều cần lưu ý", "Remarks", "text", ("lưu ý",)),
    *pair("provenance", "Nguồn gốc", "Provenance", "text", ("lai lịch",)),
    Column("languages", "Ngôn ngữ", "Languages", "codes", ("language", "mã ngôn ngữ")),
    *pair("place_of_publication", "Nơi xuất bản", "Place of publication", "line"),
    Column(
        "institution",
        "Cơ quan lưu giữ",
        "Institution",
        "institution",
        ("nơi lưu giữ", "đơn vị lưu giữ", "holding institution", "holder", "repository"),
    ),
    Column("shelfmarks", "Ký hiệu kho", "Shelfmarks", "lines", ("ký hiệu", "shelfmark", "call number", "kí hiệu kho")),
    Column("sheets", "Số tờ", "Sheets", "count"),
    Column("pages", "Số trang", "Pages", "count"),
    Column("height_mm", "Cao (mm)", "Height (mm)", "count", ("cao", "chiều cao", "height")),
    Column("width_mm", "Rộng (mm)", "Width (mm)", "count", ("rộng", "chiều rộng", "width")),
    *pair("technique", "Kỹ thuật", "Technique", "line", ("kĩ thuật", "chất liệu"), ("material",)),
    Column("scale_text", "Tỷ lệ", "Scale", "line", ("tỉ lệ",)),
    *pair("projection", "Phép chiếu", "Projection", "line"),
    Column("prime_meridian", "Kinh tuyến gốc", "Prime meridian", "meridian"),
    Column(
        "legal_number", "Số, ký hiệu văn bản", "Legal number", "line", ("số văn bản", "số ký hiệu", "document number")
    ),
    Column("issued_on", "Ngày ban hành", "Date of issue", "day", ("issued",)),
    Column("in_force_from", "Có hiệu lực từ", "In force from", "day", ("ngày hiệu lực",)),
    Column("in_force_to", "Hết hiệu lực từ", "In force to", "day"),
    Column("articles", "Điều khoản", "Articles", "articles", ("các điều",)),
    Column("shown_as", "Hiện vật trưng bày", "Shown as", "shown_as", ("hình thức trưng bày",)),
    Column("agents", "Tác nhân", "Agents", "agents", ("tác giả", "agent", "creator", "author", "creators")),
    Column("places", "Địa danh", "Places", "places", ("nơi", "place", "địa điểm")),
    Column("west", "Kinh độ tây", "West", "lon", ("tây",)),
    Column("south", "Vĩ độ nam", "South", "lat", ("nam",)),
    Column("east", "Kinh độ đông", "East", "lon", ("đông",)),
    Column("north", "Vĩ độ bắc", "North", "lat", ("bắc",)),
    Column("extent_approximate", "Phạm vi ước lượng", "Approximate extent", "flag", ("extent approximate",)),
    Column("confidence", "Độ tin cậy", "Confidence", "confidence"),
    Column("rights_statement", "Quyền", "Rights", "rights", ("bản quyền", "rights statement", "quyền tác giả")),
    *pair("rights_note", "Ghi chú về quyền", "Rights note", "text", ("ghi chú quyền",)),
    *pair("credit_line", "Ghi công", "Credit line", "line", (), ("credit",)),
    Column("citations", "Nguồn", "Sources", "citations", ("nguồn tham khảo", "citations", "source", "references")),
    Column("tags", "Từ khoá", "Tags", "tags", ("từ khóa", "thẻ", "keywords")),
    Column("relations", "Tư liệu liên quan", "Related records", "relations", ("liên quan", "related")),
    Column(
        "scans",
        "Tệp quét",
        "Scans",
        "scans",
        ("bản quét", "tệp", "tên tệp", "tệp ảnh", "scan", "files", "file", "filename"),
    ),
    Column("scan_labels_vi", "Nhãn trang (vi)", "Scan labels (vi)", "slots", ("nhãn trang",)),
    Column("scan_labels_en", "Nhãn trang (en)", "Scan labels (en)", "slots", ("scan labels",)),
    Column("scan_notes_vi", "Chú thích ảnh (vi)", "Scan notes (vi)", "slots", ("chú thích ảnh",)),
    Column("scan_notes_en", "Chú thích ảnh (en)", "Scan notes (en)", "slots", ("scan notes",)),
    Column("scan_sides", "Mặt", "Sides", "sides", ("mặt giấy", "side")),
    Column("scan_transcriptions", "Nguyên văn", "Transcriptions", "texts", ("phiên chép", "transcription")),
    Column("scan_transcription_languages", "Ngôn ngữ nguyên văn", "Transcription languages", "slots"),
    Column("scan_translations_vi", "Bản dịch (vi)", "Translations (vi)", "texts", ("bản dịch",)),
    Column("scan_translations_en", "Bản dịch (en)", "Translations (en)", "texts", ("translations",)),
    Column("mentions", "Chỗ ghi địa danh", "Place mentions", "mentions", ("mentions",)),
    Column("scan_illustration", "Hình minh hoạ", "Illustration", "flags", ("hình minh họa",)),
    Column("scan_max_width", "Bề rộng công bố tối đa", "Largest public width", "widths", ("scan max width",)),
    Column(
        "declared_not_secret",
        "Không thuộc danh mục bí mật nhà nước",
        "Not a state secret",
        "flag",
        ("declared", "declared not secret", "cam kết không mật", "đã xác nhận không mật"),
    ),
    Column("declassification", "Số quyết định giải mật", "Declassification", "line"),
    Column("internal_notes", "Ghi chú nội bộ", "Internal notes", "text"),
]
BY_FIELD = {column.field: column for column in COLUMNS}


def heading_key(text: str) -> str:
    """A heading without case, diacritics, punctuation and marks of duty: "Nhan đề (VI) *" → "nhan de vi"."""
    return " ".join(re.findall(r"\w+", fold(unicodedata.normalize("NFC", text)).replace("_", " ")))


HEADINGS: dict[str, str] = {}
for _column in COLUMNS:
    for _text in (_column.vi, _column.en, _column.field, *_column.also):
        HEADINGS.setdefault(heading_key(_text), _column.field)


def field_of(heading: str, mapping: dict[str, str] | None = None) -> str | None:
    """The field that a heading names, by the mapping file first ("" where that passes it over), or None."""
    key = heading_key(heading)
    if not key:
        return None
    return mapping[key] if mapping and key in mapping else HEADINGS.get(key)
