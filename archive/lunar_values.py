"""From the pieces of a lunar date to its years and words; what disagrees is told with both sides. Pure."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from archive import lunar_dates, reigns, sexagenary
from archive.date_value import UNREADABLE, DateError, DateValue, value_of
from archive.edtf_text import LATEST, extent
from archive.lunar_dates import Found
from archive.written_dates import ordinal

NO_SUCH_NAME = noop("“%(text)s”: can và chi này không đi với nhau. Ví dụ: tháng 2 năm Ất Mùi; Giáp Ngọ, Minh Mạng 15.")
BEYOND_REIGN = _("Niên hiệu {era} chỉ có {count} năm (đến {last}); năm thứ {number} được tính tiếp thành {year}.")
NEXT_YEAR = _("Tháng {month} âm lịch có thể rơi sang năm dương lịch {year}.")
DISAGREES = _("Niên hiệu ứng với năm {year}, không khớp với năm {given} ghi trong ngoặc.")
OTHER_NAME = _("{reign} là năm {year} ({right}), không khớp với năm {wrong} ghi bên cạnh.")
OTHER_YEAR = _("Năm {year} là năm {right}, không khớp với năm {wrong} ghi bên cạnh.")
NOT_IN_ERA = _("Niên hiệu {era} là các năm {first}–{last}, không khớp với {given} ghi bên cạnh.")
NOT_THEN = _("Không có năm {name} nào trong khoảng {first}–{last}; được tính theo {first}–{last}.")
EVERY_SIXTY = _(
    "Năm {name} trở lại 60 năm một lần; ở đây kể các năm từ {first} đến {last}. Nếu biết, xin ghi thêm niên hiệu hoặc "
    "thế kỷ, ví dụ: {name}, Minh Mạng; {name}, thế kỷ 19."
)
LUNAR_DAY = _("Được hiểu là ngày tháng âm lịch nên chỉ tính năm {year}. Nếu là dương lịch, xin ghi kiểu 15/5/1939.")
THIRDS = {
    "thuong": ("thượng tuần", "first ten days"),
    "trung": ("trung tuần", "middle ten days"),
    "ha": ("hạ tuần", "last ten days"),
}
Read = Callable[[str, str], DateValue | None]


def read(plain: str, text: str, read_rest: Read) -> DateValue | None:
    """A date with an era, a year name or a lunar month, or None when it is none.

    plain: folded; read_rest: what reads the date of our calendar beside it. Raises DateError.
    """
    found = lunar_dates.find(plain, text)
    rest = None
    if found is None:
        found, others = lunar_dates.with_other_words(plain)
        if found is None:
            return None
        rest = read_rest(others, text)
        if rest is None:
            return None
    elif found.rest:
        rest = read_rest(found.rest, text)
    if not _possible(found):
        raise DateError(UNREADABLE, text=text)
    place = sexagenary.number(found.cycle) if found.cycle else None
    if found.cycle and place is None:
        raise DateError(NO_SUCH_NAME, text=text)
    return _value(found, place, rest, text)


def _possible(found: Found) -> bool:
    return (
        (found.month is None or 1 <= found.month <= 12)
        and (found.day is None or 1 <= found.day <= 30)
        and found.number != 0
        and (found.number is None or found.number < 100)
    )


def _value(found: Found, place: int | None, rest: DateValue | None, text: str) -> DateValue | None:
    if found.number is not None:
        edtf, warning = _of_reign(found, place, rest)
    elif rest is not None:
        edtf, warning = _beside(found, place, rest)
    elif place is not None:
        edtf, warning = _of_name(found, place)
    elif found.era:
        era = reigns.eras()[found.era]
        edtf, warning = _whole(era), ""
    else:
        return None
    shown = rest if rest is not None and edtf == rest.edtf else value_of(edtf, text)
    return value_of(edtf, text, _words(found, place, shown), warning)


def _whole(era: reigns.Era) -> str:
    if era.last is None:
        return f"{era.first:04d}/.."
    return f"{era.first:04d}/{era.last:04d}" if era.last > era.first else f"{era.first:04d}"


def _of_reign(found: Found, place: int | None, rest: DateValue | None) -> tuple[str, str | Promise]:
    """The year of an era rules; what stands beside it may make it a day of our calendar, or disagree."""
    era, number = reigns.eras()[found.era], found.number
    year, name = era.year(number), reigns.spelling(found.era)
    warning: str | Promise = ""
    edtf = f"{year:04d}"
    if rest is not None and _agrees(found, year, rest):
        edtf = rest.edtf
    elif found.month in (11, 12):
        warning = format_lazy(NEXT_YEAR, month=found.month, year=year + 1)
    if rest is not None and not _agrees(found, year, rest):
        warning = format_lazy(DISAGREES, year=year, given=rest.display_vi)
    if place is not None and place != sexagenary.of_year(year):
        right, wrong = sexagenary.name(sexagenary.of_year(year)), sexagenary.name(place)
        warning = format_lazy(OTHER_NAME, reign=f"{name} {number}", year=year, right=right, wrong=wrong)
    if not era.holds(number):
        count = era.last - era.first + 1
        warning = format_lazy(BEYOND_REIGN, era=name, count=count, last=era.last, number=number, year=year)
    return edtf, warning


def _agrees(found: Found, year: int, rest: DateValue) -> bool:
    """Whether a date of our calendar can lie in the lunar year that begins in `year`."""
    if rest.year_from <= year <= rest.year_to:
        return True
    if rest.year_from != rest.year_to or rest.year_from != year + 1:
        return False
    last_month = extent(rest.edtf)[0][1] if "-" in rest.edtf else 12
    return found.month in (11, 12) or (found.month is None and last_month <= 2)


def _beside(found: Found, place: int | None, rest: DateValue) -> tuple[str, str | Promise]:
    """A date of our calendar with an era, a year name or a lunar day beside it."""
    warning: str | Promise = ""
    edtf = rest.edtf
    if found.era:
        era = reigns.eras()[found.era]
        last = era.last or LATEST
        if rest.year_to < era.first or rest.year_from > last + 1:
            name = reigns.spelling(found.era)
            warning = format_lazy(NOT_IN_ERA, era=name, first=era.first, last=last, given=rest.display_vi)
    if place is None:
        if not found.era and found.few and "-" not in edtf:
            warning = format_lazy(LUNAR_DAY, year=rest.display_vi)
        return edtf, warning
    if any(_agrees(found, year, rest) for year in sexagenary.years(place, rest.year_from - 1, rest.year_to)):
        years = sexagenary.years(place, rest.year_from, rest.year_to)
        return (_one_of(years) if years and rest.year_from != rest.year_to else edtf), warning
    name = sexagenary.name(place)
    if rest.year_from == rest.year_to:
        right = sexagenary.name(sexagenary.of_year(rest.year_from))
        return edtf, warning or format_lazy(OTHER_YEAR, year=rest.year_from, right=right, wrong=name)
    return edtf, warning or format_lazy(NOT_THEN, name=name, first=rest.year_from, last=rest.year_to)


def _of_name(found: Found, place: int) -> tuple[str, str | Promise]:
    """A year name alone, or with an era that has it at most a few times."""
    name = sexagenary.name(place)
    if not found.era:
        years = sexagenary.years(place)
        first, last = sexagenary.FIRST, sexagenary.LAST
        return _one_of(years), format_lazy(EVERY_SIXTY, name=name, first=first, last=last)
    era = reigns.eras()[found.era]
    years = sexagenary.years(place, era.first, era.last or LATEST)
    if years:
        return _one_of(years), ""
    return _whole(era), format_lazy(NOT_THEN, name=name, first=era.first, last=era.last)


def _one_of(years: list[int]) -> str:
    texts = [f"{year:04d}" for year in years]
    return texts[0] if len(texts) == 1 else f"[{','.join(texts)}]"


# --- words ----------------------------------------------------------------------------------------


def _words(found: Found, place: int | None, shown: DateValue) -> tuple[str, str]:
    """The date as it was written, its years in brackets: "tháng 2 năm Ất Mùi (1835)"."""
    head_vi, head_en = _month_words(found)
    vi, en = [], []
    if place is not None:
        vi.append(f"năm {sexagenary.name(place)}")
        en.append(f"year {sexagenary.name(place)}")
    if found.era:
        reign_vi, reign_en = _reign_words(found, bool(head_vi) and not vi)
        vi.append(reign_vi)
        en.append(reign_en)
    if not found.era and place is None:
        if "-" in shown.edtf:
            return f"{head_vi} ({shown.display_vi})", f"{head_en} ({shown.display_en})"
        return f"{head_vi} năm {shown.display_vi} (âm lịch)", f"{head_en} of {shown.display_en}"
    text_vi = f"{head_vi} {', '.join(vi)}".strip()
    text_en = ", ".join([head_en, *en]) if head_en else ", ".join(en)
    han = f"{found.han}, " if found.han else ""
    return f"{text_vi} ({han}{shown.display_vi})", f"{text_en} ({han}{shown.display_en})"


def _reign_words(found: Found, after_month: bool) -> tuple[str, str]:
    name = reigns.spelling(found.era)
    if found.number is None:
        return (f"đời {name}" if after_month else f"niên hiệu {name}"), f"{name} era"
    which = "nhất" if found.number == 1 else found.number
    vi = f"năm {name} thứ {which}" if after_month else f"{name} năm thứ {which}"
    return vi, f"{ordinal(found.number)} year of {name}"


def _month_words(found: Found) -> tuple[str, str]:
    if found.month is None:
        return found.season or ("", "")
    leap_vi, leap_en = (" nhuận", "intercalary ") if found.leap else ("", "")
    vi = f"tháng {found.words or found.month}{leap_vi}"
    en = f"{leap_en}{ordinal(found.month)} lunar month"
    if found.third:
        words_vi, words_en = THIRDS[found.third]
        return f"{words_vi} {vi}", f"{words_en} of the {en}"
    if found.day is not None:
        day = "rằm" if found.few == "rằm" else f"{found.few or 'ngày'} {found.day}"
        return f"{day} {vi}", f"{ordinal(found.day)} day of the {en}"
    return vi, en
