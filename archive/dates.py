"""Read dates as curators write them: years, spans, centuries, days, reign years, EDTF. Pure.

`parse` gives an EDTF value (ISO 8601-2, https://www.loc.gov/standards/datetime/), a range of whole years and the text
for readers in both languages. What it can't read it says in a sentence with an example.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from archive import reigns, written_dates
from archive.folding import fold, nfc
from archive.written_dates import EARLIEST, LATEST
from media.sentences import Sentence

UNREADABLE = noop(
    "Chưa đọc được niên đại “%(text)s”. Ví dụ: 1838; khoảng 1834; 1776-1784; thế kỷ 17; 15/5/2017; Minh Mạng 19."
)
NO_SUCH_DAY = noop("“%(text)s” không phải là một ngày có thật. Ví dụ: 15/5/2017 hoặc ngày 15 tháng 5 năm 2017.")
BACKWARDS = noop("Niên đại “%(text)s” kết thúc trước khi bắt đầu. Ví dụ: 1776-1784.")
OUT_OF_RANGE = noop("Năm trong “%(text)s” phải từ 1 đến %(latest)s. Ví dụ: 1838.")
NO_SUCH_CENTURY = noop("“%(text)s” không phải là một thế kỷ. Ví dụ: thế kỷ 17 hoặc cuối thế kỷ XVII.")
BEYOND_REIGN = _("Niên hiệu {era} chỉ có {count} năm (đến {last}); năm thứ {number} được tính tiếp thành {year}.")
NEXT_YEAR = _("Tháng {month} âm lịch có thể rơi sang năm dương lịch {year}.")
DISAGREES = _("Niên hiệu ứng với năm {year}, không khớp với năm {given} ghi trong ngoặc.")

LONGEST = 200  # characters
ABOUT = r"(?:(khoang|chung|ca\.?|c\.|circa)(?: nam)? )?"
YEAR = r"(?:nam )?(\d{3,4})"
TO = r" ?(?:-|/|den) ?"
MARK = r"(\??)"


class DateError(Sentence, ValueError):
    """A date that can't be read; str() is a sentence with an example, in the active language."""


@dataclass(frozen=True)
class DateValue:
    """edtf: EDTF text; year_from, year_to: whole years, both included (an open end is EARLIEST or LATEST);
    display_vi, display_en: for readers; warning: a (lazy) sentence for the curator, or ""."""

    edtf: str
    year_from: int
    year_to: int
    display_vi: str
    display_en: str
    warning: str | Promise = ""


def parse(text: str) -> DateValue:
    """Read one date. Raises DateError."""
    text = " ".join(nfc(text).split())
    if not text or len(text) > LONGEST:
        raise DateError(UNREADABLE, text=text[:LONGEST])
    plain = fold(text).rstrip(".")
    for expression, read in READERS:
        found = re.fullmatch(expression, plain)
        if found:
            return _checked(read(text, found), text)
    return _checked(_read_edtf(text), text)


def _checked(value: DateValue, text: str) -> DateValue:
    if value.year_from > value.year_to:
        raise DateError(BACKWARDS, text=text)
    if value.year_from < EARLIEST or value.year_to > LATEST:
        raise DateError(OUT_OF_RANGE, text=text, latest=str(LATEST))
    return value


# --- years and spans ------------------------------------------------------------------------------


def _year(text: str, found: re.Match) -> DateValue:
    about, year, unsure = found.groups()
    mark = ("~" if about else "") + ("?" if unsure else "")
    return _edtf_value(f"{int(year):04d}{'%' if mark == '~?' else mark}", text)


def _span(text: str, found: re.Match) -> DateValue:
    about, first, last = found.groups()
    mark = "~" if about else ""
    return _edtf_value(f"{int(first):04d}{mark}/{int(last):04d}{mark}", text)


def _before(text: str, found: re.Match) -> DateValue:
    year = int(found[1])
    return DateValue(f"../{year - 1:04d}", EARLIEST, year - 1, f"trước năm {year}", f"before {year}")


def _after(text: str, found: re.Match) -> DateValue:
    year = int(found[1])
    return DateValue(f"{year + 1:04d}/..", year + 1, LATEST, f"sau năm {year}", f"after {year}")


def _decade(text: str, found: re.Match) -> DateValue:
    first = int(found[1] or found[2])
    return DateValue(f"{first // 10:03d}X", first, first + 9, f"thập niên {first}", f"{first}s")


# --- centuries ------------------------------------------------------------------------------------


def _century(text: str, found: re.Match) -> DateValue:
    about, part, number = found.groups()
    century = _century_number(number, text)
    first = (century - 1) * 100
    vi, en = written_dates.century(century)
    if about:
        return DateValue(f"{century - 1:02d}XX~", first, first + 99, f"khoảng {vi}", f"about the {en}")
    if not part:
        return DateValue(f"{century - 1:02d}XX", max(first, EARLIEST), first + 99, vi, en)
    begin, end, words_vi, words_en = written_dates.PARTS[part]
    begin, end = max(first + begin, EARLIEST), first + end
    return DateValue(f"{begin:04d}~/{end:04d}~", begin, end, f"{words_vi} {vi}", f"{words_en}{en}")


def _centuries(text: str, found: re.Match) -> DateValue:
    first, last = (_century_number(number, text) for number in found.groups())
    begin, end = max((first - 1) * 100, EARLIEST), (last - 1) * 100 + 99
    vi, en = written_dates.centuries(first, last)
    return DateValue(f"{first - 1:02d}XX/{last - 1:02d}XX", begin, end, vi, en)


def _century_number(text: str, whole: str) -> int:
    number = int(text) if text.isdecimal() else written_dates.from_roman(text)
    if not number or not 1 <= number <= LATEST // 100 + 1:
        raise DateError(NO_SUCH_CENTURY, text=whole)
    return number


# --- days and months ------------------------------------------------------------------------------


def _day(text: str, found: re.Match) -> DateValue:
    day, month, year = (int(part) for part in found.groups())
    try:
        return _edtf_value(date(year, month, day).isoformat(), text)
    except ValueError as error:
        raise DateError(NO_SUCH_DAY, text=text) from error


def _month(text: str, found: re.Match) -> DateValue:
    month, year = (int(part) for part in found.groups())
    if not 1 <= month <= 12:
        raise DateError(NO_SUCH_DAY, text=text)
    return _edtf_value(f"{year:04d}-{month:02d}", text)


# --- reigns ---------------------------------------------------------------------------------------


def _reign_year(text: str, found: re.Match) -> DateValue:
    """A year of an era, whatever lunar day is written before it; in brackets perhaps the Gregorian year."""
    part = found.groupdict()
    era = reigns.eras()[part["era"]]
    number = _reign_number(part["number"] or part.get("early") or "")
    if number is None:
        raise DateError(UNREADABLE, text=text)
    year = era.year(number)
    warning = ""
    month = {"chap": "12", "gieng": "1"}.get(part.get("month"), part.get("month"))
    if month in ("11", "12"):
        warning = format_lazy(NEXT_YEAR, month=month, year=year + 1)
    if part.get("given") and int(part["given"]) != year:
        warning = format_lazy(DISAGREES, year=year, given=part["given"])
    if not era.holds(number):
        count = era.last - era.first + 1
        warning = format_lazy(BEYOND_REIGN, era=era.name, count=count, last=era.last, number=number, year=year)
    vi, en = written_dates.reign(era.name, number, year)
    return DateValue(f"{year:04d}", year, year, vi, en, warning)


def _reign_number(text: str) -> int | None:
    if text.isdecimal():
        return int(text) or None
    return 1 if text in FIRST else reigns.han_number(text)


def _whole_reign(text: str, found: re.Match) -> DateValue:
    era = reigns.eras()[found["era"]]
    if era.last is None:
        return DateValue(f"{era.first:04d}/..", era.first, LATEST, f"niên hiệu {era.name}", f"{era.name} era")
    years = f"{era.first}–{era.last}" if era.last > era.first else str(era.first)
    vi, en = f"niên hiệu {era.name} ({years})", f"{era.name} era ({years})"
    return DateValue(f"{era.first:04d}/{era.last:04d}", era.first, era.last, vi, en)


def _two_reigns(text: str, found: re.Match) -> DateValue:
    """Two eras that name one year ("Cảnh Hưng 47 / Thái Đức 9"), or the years from one to the other."""
    first, last = parse(found["first"]), parse(found["last"])
    vi, en = f"{first.display_vi} / {last.display_vi}", f"{first.display_en} / {last.display_en}"
    warning = first.warning or last.warning
    if first.edtf == last.edtf:
        return replace(first, display_vi=vi, display_en=en, warning=warning)
    return DateValue(f"{first.edtf}/{last.edtf}", first.year_from, last.year_to, vi, en, warning)


# --- EDTF -----------------------------------------------------------------------------------------


def _read_edtf(text: str) -> DateValue:
    return _edtf_value(text.upper().replace("–", "-").replace("U", "X"), text)


def _edtf_value(edtf: str, text: str) -> DateValue:
    """A DateValue of EDTF text; `text` is what the curator wrote. Years of an open or unknown end are the limits."""
    try:
        first, last = written_dates.bounds(edtf)
        vi, en = written_dates.both(edtf)
    except written_dates.NotWritten as error:
        raise DateError(UNREADABLE, text=text) from error
    return DateValue(edtf, first, last, vi, en)


ERA = rf"(?P<era>{reigns.pattern()})"
FIRST = ("nguyen nien", "nam dau", "nhat")
DAY_BEFORE = r"(?:(?:ngay |mong |mung )?\d{1,2}(?:/| thang )(?P<month>\d{1,2}|gieng|chap)(?: nhuan)?,? )?(?:nam )?"
GIVEN = r"(?: \((?:nam )?(?P<given>\d{3,4})\))?"
NUMBER = r"(?:(?:nam )?(?:thu )?(?P<number>\d{1,2}|nhat|元)|(?P<early>nguyen nien|nam dau))"
HAN_YEAR = r"(?P<number>[〇零一二三四五六七八九十廿卄卅卌兩两元]{1,3}|\d{1,2}) ?年?"
CENTURY = r"(?:the k[yi]|tk\.?)(?: thu)?"

READERS: list[tuple[str, Callable[[str, re.Match], DateValue]]] = [
    (rf"{ABOUT}{YEAR} ?\(?{MARK}\)?", _year),
    (rf"{ABOUT}(?:tu )?(?:nam )?(\d{{3,4}}){TO}(?:nam )?(\d{{3,4}})", _span),
    (rf"truoc {YEAR}", _before),
    (rf"sau {YEAR}", _after),
    (r"(?:thap nien|thap ky|thap ki|nhung nam) (\d{2,3}0)|(\d{2,3}0)s", _decade),
    (rf"{ABOUT}(?:({'|'.join(written_dates.PARTS)}) )?{CENTURY} ?(\d{{1,2}}|[ivx]+)", _century),
    (rf"{CENTURY} ?(\d{{1,2}}|[ivx]+){TO}(?:{CENTURY} ?)?(\d{{1,2}}|[ivx]+)", _centuries),
    (r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})", _day),
    (r"(?:ngay )?(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})", _day),
    (r"(?:thang )?(\d{1,2}) ?/ ?(\d{4})", _month),
    (r"thang (\d{1,2}),? nam (\d{4})", _month),
    (rf"{DAY_BEFORE}{ERA},? {NUMBER}{GIVEN}", _reign_year),
    (rf"nam thu (?P<number>\d{{1,2}}|nhat),? (?:(?:doi|trieu|nien hieu)(?: vua)? )?{ERA}{GIVEN}", _reign_year),
    (rf"{ERA} ?{HAN_YEAR}{GIVEN}", _reign_year),
    (rf"(?:(?:doi|trieu|thoi|nien hieu)(?: vua)? )?{ERA}(?: nien gian|年間)?", _whole_reign),
    (rf"(?P<first>(?:{reigns.pattern()}) [^/;]+?) ?[/;] ?(?P<last>(?:{reigns.pattern()}) .+)", _two_reigns),
]
