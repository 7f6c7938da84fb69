"""What a mapping file makes of a foreign sheet's row: its cells as fields of ours. Pure."""

from dataclasses import dataclass, field

from .cells import Faulty
from .columns import heading_key

SOURCE = "="  # before the name of a column of theirs that is no field by itself


@dataclass(frozen=True)
class Join:
    """sources: names of columns as Table gives them."""

    sources: tuple[str, ...]
    separator: str = " "
    prefix: str = ""
    suffix: str = ""

    def of(self, cells: dict[str, str]) -> str:
        parts = [cells.get(source, "") for source in self.sources]
        faulty = next((part for part in parts if isinstance(part, Faulty)), None)
        text = self.separator.join(part for part in parts if part)
        return faulty or (f"{self.prefix}{text}{self.suffix}" if text else "")


@dataclass(frozen=True)
class Mapping:
    """columns: {heading_key: field, "" for a heading to pass over, or "=…" for a source}; joins: {field: Join};
    parts: {source: (separator, fields)}; separators: {field: separator of its list in the sheet};
    values: {field: {heading_key of theirs: ours}}; constants, defaults: {field: text}."""

    sheet: str = ""
    header_row: int = 0
    skip_rows: frozenset[int] = frozenset()
    skip_without: str = ""
    legacy: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    joins: dict[str, Join] = field(default_factory=dict)
    parts: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    separators: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)

    def provided(self, found: set[str]) -> set[str]:
        """The fields that come of these columns (fields and sources)."""
        made = {name for name, join in self.joins.items() if found.intersection(join.sources)}
        cut = {name for source, (_at, into) in self.parts.items() if source in found for name in into}
        return {name for name in found if not name.startswith(SOURCE)} | made | cut | set(self.constants)

    def made_of(self, found) -> list[tuple[str, str]]:
        """(field, the first of the sources found that it comes of)."""
        pairs = [(name, source) for name, join in self.joins.items() for source in join.sources]
        pairs += [(name, source) for source, (_at, into) in self.parts.items() for name in into]
        return [(name, source) for name, source in pairs if source in found]

    def apply(self, cells: dict[str, str]) -> dict[str, str]:
        """A row's cells as fields: columns cut and joined, lists parted, values exchanged, gaps filled."""
        result = {name: text for name, text in cells.items() if not name.startswith(SOURCE)}
        for source, (at, into) in self.parts.items():
            if source in cells:
                result |= _cut(cells[source], at, into)
        for name, join in self.joins.items():
            if any(source in cells for source in join.sources):
                result[name] = join.of(cells)
        for name, separator in self.separators.items():
            if separator in result.get(name, "") and not isinstance(result[name], Faulty):
                result[name] = _listed(result[name].split(separator))
        for name, exchanges in self.values.items():
            if name in result and not isinstance(result[name], Faulty):
                result[name] = _exchanged(result[name], exchanges)
        for name, text in self.defaults.items():
            if not result.get(name):
                result[name] = text
        return result | self.constants

    def left_out(self, number: int, cells: dict[str, str]) -> bool:
        if number in self.skip_rows or not self.skip_without:
            return number in self.skip_rows
        sources = [source for name, source in self.made_of(cells) if name == self.skip_without]
        return not any(cells.get(source, "").strip() for source in (*sources, self.skip_without))


def _cut(text: str, at: str, into: tuple[str, ...]) -> dict[str, str]:
    if isinstance(text, Faulty):
        return {into[0]: text}
    pieces = [piece.strip() for piece in text.split(at, len(into) - 1)]
    return dict(zip(into, pieces + [""] * (len(into) - len(pieces)), strict=True))


def _listed(parts: list[str]) -> str:
    """Parts as the import reads a list: by semicolons, or by lines where a part holds one itself."""
    parts = [part.strip() for part in parts if part.strip()]
    return ("\n" if any(";" in part for part in parts) else "; ").join(parts)


def _exchanged(text: str, exchanges: dict[str, str]) -> str:
    """The whole cell exchanged, else each part of its list."""
    found = exchanges.get(heading_key(text))
    mark = "\n" if "\n" in text else ";"
    if found is not None or mark not in text:
        return text if found is None else found
    return _listed([exchanges.get(heading_key(part), part) for part in text.split(mark)])
