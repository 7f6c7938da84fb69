"""What each column of a sheet is, in both languages, with an example: the template's guide. Pure."""

import json
from pathlib import Path

from .columns import COLUMNS, Column

DATA = json.loads((Path(__file__).parents[1] / "data" / "import_guide.json").read_text(encoding="utf-8"))
HOW = DATA["how"]  # {kind of column: how a cell of it is written}
WHAT = DATA["columns"]  # {field without its language: what it is, with an example}


def bare(field: str) -> str:
    """A field without its language: "title_vi" → "title"."""
    stem, _line, lang = field.rpartition("_")
    return stem if lang in ("vi", "en") and stem in WHAT else field


def what(column: Column, lang: str) -> str:
    """What the column is."""
    sentence = WHAT[bare(column.field)][lang]
    if column.field.endswith("_en") and bare(column.field) != column.field:
        return sentence + (" (bằng tiếng Anh)" if lang == "vi" else " (in English)")
    return sentence


def how(column: Column, lang: str) -> str:
    return HOW[column.kind][lang]


def example(column: Column) -> str:
    name = bare(column.field)
    if name != column.field and column.field.endswith("_en"):
        return WHAT[name].get("example_en", "")
    return WHAT[name]["example"]


def _row(**cells: str) -> dict[str, str]:
    return {column.field: cells.get(column.field, "") for column in COLUMNS}


# Three records that a sheet may hold. They name no place, scan or other record, which must be there beforehand.
EXAMPLES = [
    _row(
        **{
            column.field: example(column)
            for column in COLUMNS
            if column.kind not in ("places", "mentions", "relations", "scans", "articles", "day")
            and not column.field.startswith("scan_")
            and column.field not in ("legal_number", "pages")
        }
    ),
    _row(
        identifier="vd-chau-ban-1835",
        kind="Văn bản hành chính",
        title_vi="Châu bản triều Nguyễn về việc đi Hoàng Sa",
        title_en="Vermilion record of the Nguyễn dynasty on a voyage to Hoàng Sa",
        date_text="khoảng 1835",
        languages="lzh",
        pages="4",
        shown_as="Bản sao nguyên dạng",
        confidence="Nguồn tương đối",
        rights_statement="Thuộc về công chúng",
        agents="Bộ Công | Cơ quan ban hành; Nội các | Nơi nhận",
        declared_not_secret="có",
    ),
    _row(
        identifier="vd-sac-lenh-1961",
        kind="Văn bản pháp lý",
        title_vi="Sắc lệnh về một đơn vị hành chính",
        title_en="Decree on an administrative unit",
        date_text="13/7/1961",
        languages="vi",
        legal_number="174-NV",
        issued_on="13/7/1961",
        articles="Điều 1 | Đơn vị hành chính | Administrative unit\nĐiều 2 | Thi hành | Execution",
        shown_as="Phiên bản",
        declared_not_secret="có",
    ),
]
