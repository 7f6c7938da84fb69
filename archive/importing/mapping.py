"""A mapping file (TOML), so that a sheet with headings of its own comes in as it is. docs/import.md describes it."""

import re
import tomllib
from pathlib import Path

from django.utils.functional import lazy
from django.utils.translation import gettext_noop as noop

from media.sentences import say

from . import legacy, reading, values
from .cells import text_of
from .columns import BY_FIELD, heading_key
from .mapped import SOURCE, Join, Mapping
from .values import Bad
from .xlsx import SheetError

POLICIES = (*legacy.NAMES, reading.AUTO, reading.NONE)
SECTIONS = ("columns", "join", "split", "values", "constants", "defaults")
SETTINGS = ("sheet", "header_row", "skip_rows", "skip_without", "legacy")

NOT_READ = noop("Không đọc được tệp ánh xạ: tệp phải là chữ UTF-8.")
NOT_TOML = noop("Tệp ánh xạ không đúng cú pháp TOML (%(place)s). Tên cột và chữ phải đứng trong ngoặc kép.")
PLACE = noop("dòng %(line)s, ký tự %(column)s")
AT_END = noop("ở cuối tệp")
NO_FIELD = noop("Tệp ánh xạ%(place)s nhắc tới cột “%(name)s” không có. Các cột có: %(fields)s.")
NO_SECTION = noop("Tệp ánh xạ%(place)s có mục “%(name)s” lạ; chỉ nhận %(names)s.")
WRONG = noop("Tệp ánh xạ%(place)s: “%(name)s” viết sai. %(form)s")
BAD_VALUE = noop("Tệp ánh xạ%(place)s, “%(name)s”: %(reason)s")
LINE = noop(", dòng %(line)s")
FORMS = {
    "sheet": noop('Viết tên trang tính, ví dụ sheet = "Danh mục".'),
    "header_row": noop("Viết số dòng của tiêu đề cột, ví dụ header_row = 3."),
    "skip_rows": noop("Viết danh sách số dòng, ví dụ skip_rows = [4, 5]."),
    "skip_without": noop('Viết tên một cột, ví dụ skip_without = "identifier".'),
    "legacy": noop("Nhận: tcvn3, vni, viscii, cp1258, utf8, auto, none."),
    "columns": noop('Viết "Cột của bảng" = "trường"; trường để trống thì bỏ cột đó.'),
    "join": noop('Viết [join.trường] với columns = ["Cột 1", "Cột 2"]; có thể thêm separator, prefix, suffix.'),
    "split": noop('Viết trường = "dấu tách", hoặc "Cột của bảng" = {at = "dấu tách", into = ["trường", "trường"]}.'),
    "values": noop('Viết [values.trường], mỗi dòng "giá trị của bảng" = "giá trị ở đây".'),
    "constants": noop('Viết trường = "giá trị".'),
    "defaults": noop('Viết trường = "giá trị".'),
}
later = lazy(say, str)


def load(path: Path | None) -> Mapping:
    """Raises SheetError; without a file, the mapping that changes nothing."""
    if path is None:
        return Mapping()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise SheetError(NOT_READ) from error
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        place = later(PLACE, {"line": at[1], "column": at[2]}) if at else later(AT_END, {})
        raise SheetError(NOT_TOML, place=place) from error
    return build(content, text)


def build(content: dict, text: str = "") -> Mapping:
    """content: what the TOML says; text: the file itself, to name lines. Raises SheetError."""
    return _Builder(content, text).build()


class _Builder:
    def __init__(self, content: dict, text: str):
        self.content, self.text = content, text

    def build(self) -> Mapping:
        for name in self.content:
            if name not in SECTIONS + SETTINGS:
                names = ", ".join(SETTINGS + SECTIONS)
                raise SheetError(NO_SECTION, place=self._line(name), name=name, names=names)
        columns = {heading_key(theirs): self._column(theirs, ours) for theirs, ours in self._section("columns").items()}
        joins = {self._field("join", name): self._join(name, given) for name, given in self._section("join").items()}
        parts, separators = self._splits()
        for source in [source for join in joins.values() for source in join.sources] + list(parts):
            columns[source.removeprefix(SOURCE)] = source
        return Mapping(
            **self._settings(),
            columns=columns,
            joins=joins,
            parts=parts,
            separators=separators,
            values={self._field("values", name): self._exchanges(name) for name in self._section("values")},
            constants=self._fixed("constants"),
            defaults=self._fixed("defaults"),
        )

    def _settings(self) -> dict:
        given = {name: self.content[name] for name in SETTINGS if name in self.content}
        for name, value in given.items():
            right = {
                "header_row": _is_row(value),
                "skip_rows": isinstance(value, list) and all(map(_is_row, value)),
                "legacy": value in POLICIES if isinstance(value, str) else False,
            }.get(name, isinstance(value, str))
            if not right:
                raise self._wrong(name, name)
        if "skip_rows" in given:
            given["skip_rows"] = frozenset(given["skip_rows"])
        if given.get("skip_without"):
            self._field("", given["skip_without"], "skip_without")
        return given

    def _column(self, theirs: str, ours) -> str:
        if not isinstance(ours, str):
            raise self._wrong("columns", theirs)
        return self._field("columns", ours, theirs) if ours else ""

    def _join(self, name: str, given) -> Join:
        texts = {key: value for key, value in given.items() if key != "columns"} if isinstance(given, dict) else {}
        sources = given.get("columns") if isinstance(given, dict) else None
        known = set(texts) <= {"separator", "prefix", "suffix"} and all(isinstance(t, str) for t in texts.values())
        if not known or not sources or not _are_texts(sources):
            raise self._wrong("join", name)
        return Join(tuple(SOURCE + heading_key(source) for source in sources), **texts)

    def _splits(self) -> tuple[dict, dict]:
        parts, separators = {}, {}
        for name, given in self._section("split").items():
            if isinstance(given, str) and given:
                separators[self._field("split", name)] = given
            elif isinstance(given, dict) and set(given) == {"at", "into"} and given["at"] and _are_texts(given["into"]):
                into = tuple(self._field("split", field, name) for field in given["into"])
                parts[SOURCE + heading_key(name)] = (str(given["at"]), into)
            else:
                raise self._wrong("split", name)
        return parts, separators

    def _exchanges(self, name: str) -> dict[str, str]:
        given = self._section("values")[name]
        if not isinstance(given, dict):
            raise self._wrong("values", name)
        return {heading_key(theirs): self._value(name, ours, theirs) for theirs, ours in given.items()}

    def _fixed(self, section: str) -> dict[str, str]:
        return {
            self._field(section, name): self._value(name, value, name) for name, value in self._section(section).items()
        }

    # --- checks ---------------------------------------------------------------------------------------

    def _section(self, name: str) -> dict:
        section = self.content.get(name, {})
        if not isinstance(section, dict):
            raise self._wrong(name, name)
        return section

    def _field(self, section: str, name, beside: str | None = None) -> str:
        if name not in BY_FIELD:
            place = self._line(beside or name, section)
            raise SheetError(NO_FIELD, place=place, name=str(name), fields=", ".join(BY_FIELD))
        return name

    def _value(self, field: str, given, beside: str) -> str:
        """A value of ours, checked as a cell would be."""
        if isinstance(given, (dict, list)):
            raise self._wrong("values", beside)
        text = text_of(given)
        try:
            if BY_FIELD[field].kind in values.READERS:
                values.READERS[BY_FIELD[field].kind](text)
        except Bad as error:
            raise SheetError(BAD_VALUE, place=self._line(beside), name=beside, reason=error) from error
        return text

    def _wrong(self, section: str, name: str) -> SheetError:
        return SheetError(WRONG, place=self._line(name, section), name=name, form=later(FORMS[section], {}))

    def _line(self, key, section: str = ""):
        """ ", dòng 3" of the line that writes this key, as nearly as a look at the text can tell."""
        inside, found = not section, 0
        for number, line in enumerate(self.text.splitlines(), start=1):
            if line.lstrip().startswith("["):
                inside = not section or bool(re.match(rf"\s*\[+\s*{re.escape(section)}\b", line))
            names = re.match(rf"\s*(\[.*)?[\"']?{re.escape(str(key))}[\"']?\s*[]=.]", line)
            if names and (inside or not found):
                found = number
                if inside:
                    break
        return later(LINE, {"line": str(found)}) if found else ""


def _is_row(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _are_texts(value) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one for one in value)
