"""What a sheet's XML says beside its values, found in one pass that keeps no tree. Knows nothing of records."""

from dataclasses import dataclass, field
from xml.parsers import expat

from openpyxl.utils import range_boundaries

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
CELL, FORMULA, VALUE, ROW, MERGE = (MAIN + name for name in ("c", "f", "v", "row", "mergeCell"))
READ_AT_ONCE = 256 * 1024  # bytes
MERGED_LIMIT = 100_000  # rows that all merged ranges together may fill
CELLS_LIMIT = 16_384  # of a row, as Excel has them


class TooMerged(ValueError):
    """More merged cells than anybody means."""


@dataclass
class Layout:
    """fills: {(row, column): (row, column) of the merged range's first cell}; uncalculated: places of formulas
    without a result; hidden: how many rows with cells aren't shown; widest: the last column that has a cell; known:
    whether the sheet was looked at."""

    fills: dict = field(default_factory=dict)
    uncalculated: set = field(default_factory=set)
    hidden: int = 0
    widest: int = 0
    known: bool = False


def look_at(source, layout: Layout) -> None:
    """Fill `layout` from a worksheet's XML. Raises ExpatError, TooMerged, ValueError."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    looker = _Looker(parser, layout)
    parser.StartElementHandler, parser.EndElementHandler = looker.start, looker.end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    while chunk := source.read(READ_AT_ONCE):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    layout.known = True


def _refuse_doctype(*_names) -> None:
    raise ValueError("a worksheet has no document type")


class _Looker:
    def __init__(self, parser, layout: Layout):
        self.parser, self.layout = parser, layout
        self.cells, self.hidden = 0, False
        self.cell, self.formula, self.has_value = {}, False, False

    def start(self, name: str, attributes: dict) -> None:
        if name == CELL:
            self.cells += 1
            if self.cells > CELLS_LIMIT:
                raise ValueError("a row has too many cells")
            self.cell, self.formula, self.has_value = attributes, False, False
        elif name == FORMULA:
            self.formula = True
        elif name == VALUE and self.formula:
            self.parser.CharacterDataHandler = self.value
        elif name == ROW:
            self.cells, self.hidden = 0, attributes.get("hidden") in ("1", "true")
        elif name == MERGE:
            self.merge(attributes.get("ref", ""))

    def value(self, _text: str) -> None:
        self.has_value = True

    def end(self, name: str) -> None:
        if name == VALUE:
            self.parser.CharacterDataHandler = None
        elif name == CELL and self.formula and not self.has_value and self.cell.get("t") != "str":
            if self.cell.get("r"):
                column, row, _column, _row = range_boundaries(self.cell["r"])
                self.layout.uncalculated.add((row, column))
        elif name == ROW and self.cells:
            self.layout.hidden += self.hidden
            last = range_boundaries(self.cell["r"])[0] if self.cell.get("r") else self.cells
            self.layout.widest = max(self.layout.widest, last)

    def merge(self, reference: str) -> None:
        """A value merged over several rows is meant for each; one merged over columns belongs to the first."""
        column, first, _last_column, last = range_boundaries(reference)
        if len(self.layout.fills) + last - first > MERGED_LIMIT:
            raise TooMerged
        for row in range(first + 1, last + 1):
            self.layout.fills[(row, column)] = (first, column)
