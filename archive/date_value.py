"""What reading a date gives: a value, or a sentence with an example. Pure."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_noop as noop

from archive import written_dates
from archive.edtf_text import LATEST, LONGEST, OLDEST, NotEdtf, extent
from media.sentences import Sentence

UNREADABLE = noop(
    "Chưa đọc được niên đại “%(text)s”. Ví dụ: 1838; khoảng 1834; 1776-1784; thế kỷ 17; 15/5/2017; Minh Mạng 19; "
    "tháng 2 năm Ất Mùi."
)
NO_SUCH_DAY = noop("“%(text)s” không phải là một ngày có thật. Ví dụ: 15/5/2017 hoặc ngày 15 tháng 5 năm 2017.")
BACKWARDS = noop("Niên đại “%(text)s” kết thúc trước khi bắt đầu. Ví dụ: 1776-1784.")
OUT_OF_RANGE = noop("Năm trong “%(text)s” phải từ %(oldest)s TCN đến %(latest)s. Ví dụ: 1838.")
TOO_LONG = noop("Niên đại “%(text)s” dài quá, xin ghi gọn lại. Ví dụ: 1838, 1840, 1845 ghi thành 1838-1845.")


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


def value_of(edtf: str, text: str, words: tuple[str, str] | None = None, warning: str | Promise = "") -> DateValue:
    """The value of EDTF text.

    text: what the curator wrote, for the error; words: Vietnamese and English when they say more than EDTF does.
    """
    try:
        first, last = extent(edtf)
        vi, en = words or written_dates.both(edtf)
    except NotEdtf as error:
        raise DateError(UNREADABLE, text=text) from error
    return DateValue(edtf, first[0], last[0], vi, en, warning)


def checked(value: DateValue, text: str) -> DateValue:
    """The same value. Raises DateError when it ends before it begins, lies out of range or is too long to keep."""
    first, last = extent(value.edtf)
    if first > last:
        raise DateError(BACKWARDS, text=text)
    if value.year_from < OLDEST or value.year_to > LATEST:
        raise DateError(OUT_OF_RANGE, text=text, oldest=str(-OLDEST), latest=str(LATEST))
    if len(value.edtf) > LONGEST:
        raise DateError(TOO_LONG, text=text)
    return value
