"""A mapping file (TOML) for sheets with headings of their own. Pure.

sheet = "Danh mục"            # which sheet, when not the first with headings
[columns]                     # their heading = our field (archive.importing.columns)
"Tên bản đồ" = "title_vi"
[values.kind]                 # their value = ours
"Carte" = "map"
[defaults]                    # for cells that are empty or missing
kind = "map"
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext_noop as noop

from .cells import text_of
from .columns import BY_FIELD, heading_key
from .xlsx import SheetError

NOT_TOML = noop("Tệp ánh xạ không đúng TOML: %(reason)s")
NO_FIELD = noop("Tệp ánh xạ nhắc tới cột “%(name)s” không có. Các cột có: %(fields)s.")
NO_SECTION = noop("Tệp ánh xạ có mục “%(name)s” lạ; chỉ nhận sheet, columns, values, defaults.")


@dataclass(frozen=True)
class Mapping:
    """columns: {heading_key: field}; values: {field: {heading_key of theirs: ours}}; defaults: {field: text}."""

    sheet: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)

    def apply(self, cells: dict[str, str]) -> dict[str, str]:
        """A row's cells with values exchanged and gaps filled."""
        result = dict(cells)
        for name, exchanges in self.values.items():
            if name in result:
                result[name] = exchanges.get(heading_key(result[name]), result[name])
        for name, text in self.defaults.items():
            if not result.get(name):
                result[name] = text
        return result


def load(path: Path | None) -> Mapping:
    """Raises SheetError; without a file, the mapping that changes nothing."""
    if path is None:
        return Mapping()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise SheetError(NOT_TOML, reason=str(error)) from error
    return build(content)


def build(content: dict) -> Mapping:
    for name in content:
        if name not in ("sheet", "columns", "values", "defaults"):
            raise SheetError(NO_SECTION, name=name)
    columns, values, defaults = (_section(content, name) for name in ("columns", "values", "defaults"))
    for name in [*columns.values(), *values, *defaults]:
        if name not in BY_FIELD:
            raise SheetError(NO_FIELD, name=str(name), fields=", ".join(BY_FIELD))
    return Mapping(
        sheet=str(content.get("sheet", "")),
        columns={heading_key(theirs): ours for theirs, ours in columns.items()},
        values={
            name: {heading_key(theirs): text_of(ours) for theirs, ours in _section(values, name).items()}
            for name in values
        },
        defaults={name: text_of(value) for name, value in defaults.items()},
    )


def _section(content: dict, name: str) -> dict:
    section = content.get(name, {})
    if not isinstance(section, dict):
        raise SheetError(NO_SECTION, name=name)
    return section
