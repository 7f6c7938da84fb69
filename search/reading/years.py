"""Words of the box that say a time: 1838, 1776-1784, thế kỷ 17, Minh Mạng 19, 明命十九年. Pure.

What is a date and which years it means is read by archive.dates alone. Here stands only which runs of words are worth
asking about, and which dates of a catalogue are words in a search box (a reign without a year, a day, a month).
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from archive import dates, lunar_dates, reigns, sexagenary
from archive.folding import fold, nfc
from archive.solar_dates import ORDINALS

from . import year_sets
from .numbers import is_mark
from .year_sets import Range, range_of

LONGEST = 9  # words of one date
MOST = 40  # words of a box that are looked at
TRIES = 80  # runs of words that are read, in one box
FIRST, LAST = 1000, 2100  # a bare number outside isn't a year
# Words that dates are made of, folded; numbers and names of eras beside them. "do", "ca" and "thang" aren't among them:
# "ban do 1838" has no "độ", and days and months stay words.
WORDS = frozenset(
    """
    nam thu the ky ki tk thap nien nguyen dau giua cuoi nua nhung cac truoc sau tu den toi tro di ve nay khoang
    in of from the to and between early mid late first half second before after since until till about around circa
    century centuries cent year years reign ad bc
    siecle s siecles du de au en le l'an annee annees avant apres depuis entre et a vers debut fin milieu
    trong vao hoi cua va tcn cong trieu doi nha thoi vua le minh thanh tay son mac hieu gian giai doan period
    hoac hay or ou cac
    """.split()
)
SPOKEN = frozenset([*reigns.UNITS, "muoi", *ORDINALS])
ABOUT = ("c.", "ca.")  # with the dot alone: "ca" is a word
# Words before a date that say no more than that it is one.
LINKS = (
    "trong giai doan",
    "giai doan",
    "thoi ky",
    "thoi ki",
    "trong cac nam",
    "cac nam",
    "period",
    "in the",
    "of the",
    "from the",
    "in",
    "of",
    "from",
    "du",
    "de",
    "au",
    "en",
    "cua",
    "trong",
    "vao",
    "hoi",
)
# A first word with other marks than these is another word: "dầu 1838", "tự 1838"; "thu 1838" may be "thư 1838", and
# "den" and "toi" without marks are too many words to begin a date.
MARKED = {fold(word): word for word in "từ đến tới đầu cuối giữa trước sau năm thế kỷ của vào hồi thứ".split()}
ONLY_MARKED = ("den", "toi", "thu")
_NUMBER = re.compile(
    r"\d{1,4}|\d{1,2}([-/.])\d{1,2}\1\d{4}|\d{4}-\d{2}-\d{2}|\d{3,4}[-/]\d{2,4}|\d{4}(?:[,;]\d{4})+|\d{1,2}[-/]\d{1,2}|\d{2,3}0'?s|\d{1,2}(?:st|nd|rd|th|e|er|eme|ieme)"
    r"|[ivx]{1,6}(?:e|eme|ieme)?|[ivx]{1,6}-[ivx]{1,6}|(?:mid-|early-|late-)?\d{1,2}(?:st|nd|rd|th)(?:-century)?|tk\.?(?:\d{1,2}|[ivx]{1,6})"
)
_HAN = re.compile("[\u3400-\u9fff〇]+")
_HAN_NUMBER = re.compile("[年世〇元一二三四五六七八九十廿]")
# Behind these stands a date that is one only there: 10/1956 alone may be the number of a decree.
_LED = {"ngay": re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{4}"), "thang": re.compile(r"\d{1,2}[-/.]\d{4}")}
# "Những năm 30" are of the last century, where none is named.
_SHORT_DECADE = re.compile(rf"\b({year_sets.DECADES}) (?=\d0(?!\d)(?!.*\b(?:thế k|the k|tk)))", re.IGNORECASE)
_BACKWARDS = re.compile(r"(.*?)(\d{3,4})(\s*[-–—]\s*|\s+(?:đến|den|tới|toi|to)\s+)(\d{3,4})")
_EDGES = " ,;:.?!()[]"
_BARE = re.compile(r"\d+")
_FULL = re.compile(r"\d{3,4}")
# Behind these a number is no year, nor before these.
NUMBERED = frozenset("số so no n° nº nr № tr trang p page ms".split())
COUNTED = frozenset("năm km m người hải years sheets trang pages".split())
# Before "Nam" it is a name: Việt Nam 1838.
BEFORE_SOUTH = frozenset("viet dai an hai mien phuong quang dong tay ha bac phia vung vn cuc hoa ba".split())


@dataclass(frozen=True)
class Years:
    """Words `first` to `last` (excluded) of a box; ranges: of years, None is open, any of which will do; label:
    {"vi", "en"}; said: how a record may say the same year of a reign."""

    first: int
    last: int
    ranges: tuple[Range, ...]
    label: dict[str, str]
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Read:
    ranges: tuple[Range, ...]
    words: tuple[str, str]
    said: tuple[str, ...]


def of_words(text: str) -> Years | None:
    """A text that is one date, or None."""
    found = _read(text)
    return found and _years(found, 0, len(text.split()))


def _years(found: _Read, first: int, last: int) -> Years:
    label = dict(zip(("vi", "en"), found.words, strict=True))
    return Years(first, last, found.ranges, label, found.said)


@lru_cache(maxsize=4_000)
def _read(text: str) -> _Read | None:
    text = text.strip(_EDGES) if "(" not in text[1:] else text.strip(" ,;:.?!")
    text = _SHORT_DECADE.sub(r"\1 19", text)
    several = year_sets.read(text)
    if several and year_sets.is_plain(text, several):
        return _any_of(several)
    try:
        value = dates.parse(text)
    except dates.DateError:
        return _any_of(several) or _turned(text)
    if value.edtf[0] in "[{":  # a list, or a year name without its reign
        return _any_of(several)
    reign = _of_reign(text)
    if reign and not reign[0].holds(reign[1]):  # Minh Mạng 99: it had no such year
        return None
    return _Read((range_of(value),), (value.display_vi, value.display_en), _said(text))


def _turned(text: str) -> _Read | None:
    """ "1840-1830" as "1830-1840"."""
    found = _BACKWARDS.fullmatch(text)
    if not found or int(found[2]) <= int(found[4]):
        return None
    return _read(f"{found[1]}{found[4]}{found[3]}{found[2]}")


def _any_of(found: list[tuple] | None) -> _Read | None:
    """In: [(words, what they mean)], see year_sets.read."""
    if not found:
        return None
    unique: dict[Range, tuple] = {}
    for words, value in found:
        unique.setdefault(range_of(value), (words, value))
    values = [value for _words, value in unique.values()]
    said = tuple(way for words, _value in unique.values() for way in _said(words))
    label = year_sets.label(values) if len(values) > 1 else (values[0].display_vi, values[0].display_en)
    return _Read(tuple(unique), label, said)


def _of_reign(text: str) -> tuple[reigns.Era, int] | None:
    """The era of a text that is a year of a reign, and the year's number in it."""
    found = lunar_dates.find(fold(text), text)
    return (reigns.eras()[found.era], found.number) if found and found.era and found.number else None


def _said(text: str) -> tuple[str, ...]:
    """The year of a reign as records write it, by each name of the era; nothing for other dates."""
    reign = _of_reign(text)
    if not reign:
        return ()
    era, number = reign
    names = [name for name in dict.fromkeys((era.name, *era.also)) if not _HAN.search(name)]
    said = [f"{name} {words}{number}" for name in names for words in ("", "thứ ", "năm thứ ", "năm ")]
    return (*said, f"{era.han}{reigns.to_han(number)}年") if number < 100 else tuple(said)


def find(words: list[str]) -> list[Years]:
    """The dates among the words of a box, in order, the longest first where several begin together."""
    words = words[:MOST]
    folded = [fold(word).strip(_EDGES) for word in words]
    found, at, tries = [], 0, 0
    while at < len(folded) and tries < TRIES:
        end = at
        while end < len(folded) and end - at < LONGEST and _may_be_of_date(words[end], folded[end]):
            end += 1
        years = _led(words, folded, at)
        while end > at and years is None:
            years = _date(words, folded, at, end)
            end, tries = end - 1, tries + 1
        if years:
            found.append(years)
        at = years.last if years else at + 1
    return found


def _led(words: list[str], folded: list[str], at: int) -> Years | None:
    """ "ngày 22/10/1956", "tháng 10/1956"."""
    expression = _LED.get(folded[at]) if at + 1 < len(folded) else None
    value = _read(f"{words[at]} {words[at + 1]}") if expression and expression.fullmatch(folded[at + 1]) else None
    return value and _years(value, at, at + 2)


def meet(found: list[Years]) -> bool:
    """Whether some year lies in all of them; "1974 1988" asks for no time at all, and its words stay words."""
    common: list[Range] = [(None, None)]
    for years in found:
        both = [_overlap(one, other) for one in common for other in years.ranges]
        common = [span for span in both if None in span or span[0] <= span[1]]
    return bool(common)


def _overlap(one: Range, other: Range) -> Range:
    firsts = [span[0] for span in (one, other) if span[0] is not None]
    lasts = [span[1] for span in (one, other) if span[1] is not None]
    return max(firsts, default=None), min(lasts, default=None)


@cache
def _names() -> frozenset[str]:
    """Words of the names of eras and of the sixty years."""
    cycle = [*sexagenary.STEMS, *sexagenary.BRANCHES]
    return frozenset(word for name in [*reigns.eras(), *map(fold, cycle)] for word in name.split())


def _may_be_of_date(word: str, folded: str) -> bool:
    if word.startswith("-") and len(word) > 1:
        return False
    if not folded:  # a dash, a bracket
        return word.strip(_EDGES) == ""
    if folded in WORDS or folded == "-" or _NUMBER.fullmatch(folded) or folded in _names() or folded in SPOKEN:
        return True
    return word.lower() in ABOUT or bool(_HAN.search(folded) and _HAN_NUMBER.search(folded))


def _date(words: list[str], folded: list[str], first: int, last: int) -> Years | None:
    some = folded[first:last]
    if not _says_when(some) or _is_number(words, folded, first, last) or _is_other(words, folded, first):
        return None
    value = next((value for text in _ways(words[first:last], some) if (value := _read(text))), None)
    return _years(value, first, last) if value and _in_range(value, some) else None


def _ways(words: list[str], some: list[str]):
    """What to ask for: without a link before it first, since "maps from the 17th century" isn't "from then on"."""
    plain = " ".join(some)
    link = next((link for link in LINKS if plain.startswith(f"{link} ")), "")
    if link:
        yield " ".join(words[link.count(" ") + 1 :])
    yield " ".join(words)
    if some[0] == "tu" and some[-1] == "nay":  # từ 1838 đến nay
        yield " ".join(words[1:])


def _says_when(some: list[str]) -> bool:
    """Whether a number, a Hán year or a spoken one is among the words; an era beside a full year stays a word."""
    numbers = [word for word in some if _NUMBER.fullmatch(word) or _HAN_NUMBER.search(word) or word in ORDINALS]
    text = f" {' '.join(some)} "
    spoken = bool({"nien", "thu", "muoi"} & set(some)) or " nam dau " in text
    if not numbers or spoken:
        return spoken
    eras = any(f" {name} " in text for name in _latin_eras() if name.split()[0] in some)
    return not eras or any(not _FULL.search(word) for word in numbers)


@cache
def _latin_eras() -> tuple[str, ...]:
    return tuple(name for name in reigns.eras() if not _HAN.search(name))


def _is_number(words: list[str], folded: list[str], first: int, last: int) -> bool:
    """Whether a number that stands alone counts something else: A 2499, số 1838, tr. 1838, 1000 năm."""
    if not _BARE.fullmatch(folded[first]):
        return False
    before = words[first - 1] if first else ""
    after = words[last].lower().strip(_EDGES) if last < len(words) else ""
    if before and (before.lower().strip(_EDGES) in NUMBERED or is_mark(before)):
        return True
    if last > first + 1:
        return folded[first + 1] == "nam"
    thousands = folded[first].endswith("000") and after == "nam"
    return after in COUNTED or thousands or len(folded[first]) < 4


def _is_other(words: list[str], folded: list[str], first: int) -> bool:
    """Whether the first word is another one that folds so: "nam" in Việt Nam 1838, "dầu" for "đầu"."""
    word, plain = nfc(words[first]).strip(_EDGES), folded[first]
    right = MARKED.get(plain)
    if right is None or word.lower() == right or _begins_era(folded, first):
        return False
    if word.lower() != plain or plain in ONLY_MARKED:
        return True
    return plain == "nam" and (word == "Nam" or first > 0 and folded[first - 1] in BEFORE_SOUTH)


def _begins_era(folded: list[str], first: int) -> bool:
    """ "Tự Đức"."""
    text = " ".join(folded[first : first + 3]) + " "
    return any(text.startswith(f"{name} ") for name in _latin_eras())


def _in_range(value: _Read, some: list[str]) -> bool:
    if (None, None) in value.ranges:
        return False
    if any(word in ("tcn", "bc", "nam", "year") for word in some):
        return True
    return all(year is None or FIRST <= year <= LAST for span in value.ranges for year in span)
