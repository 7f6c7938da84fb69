"""Single dates of our calendar as people write them, in Vietnamese, English and French: days to centuries. Pure.

Text comes in folded (archive.folding.fold). What is an interval in EDTF ("cuối thế kỷ 17") is one date here too.
"""

import re
from collections.abc import Callable

from django.utils.translation import gettext_noop as noop

from archive import reigns, sexagenary, written_dates
from archive.date_value import NO_SUCH_DAY, DateError, DateValue, value_of
from archive.edtf_text import EARLIEST, LATEST, days_in, extent, year_text

NO_SUCH_CENTURY = noop("“%(text)s” không phải là một thế kỷ. Ví dụ: thế kỷ 17 hoặc cuối thế kỷ XVII.")

# folded words: the part of ten, of a hundred and so on as fractions; Vietnamese, what stands before the English
THIRDS = {"dau": (0, 1, 3, "đầu", "early "), "giua": (1, 2, 3, "giữa", "mid-"), "cuoi": (2, 3, 3, "cuối", "late ")}
HALVES = {
    "nua dau": (0, 1, 2, "nửa đầu", "first half of the "),
    "nua cuoi": (1, 2, 2, "nửa cuối", "second half of the "),
    "nua sau": (1, 2, 2, "nửa sau", "second half of the "),
}
QUARTERS = {
    f"phan tu {word}": (part, part + 1, 4, f"phần tư {vi}", f"{en} quarter of the ")
    for word, part, vi, en in [
        ("dau", 0, "đầu", "first"),
        ("thu nhat", 0, "thứ nhất", "first"),
        ("thu hai", 1, "thứ hai", "second"),
        ("thu ba", 2, "thứ ba", "third"),
        ("thu tu", 3, "thứ tư", "last"),
        ("cuoi", 3, "cuối", "last"),
    ]
}
PARTS = THIRDS | HALVES | QUARTERS
SAME_PARTS = {
    "nhung nam dau": "dau", "early": "dau", "debut": "dau", "debut du": "dau", "beginning of the": "dau",
    "mid": "giua", "middle of the": "giua", "milieu du": "giua",
    "nhung nam cuoi": "cuoi", "late": "cuoi", "fin": "cuoi", "fin du": "cuoi", "end of the": "cuoi",
    "first half of the": "nua dau", "1st half of the": "nua dau", "first half of": "nua dau",
    "second half of the": "nua cuoi", "2nd half of the": "nua cuoi", "second half of": "nua cuoi",
    "premiere moitie du": "nua dau", "1ere moitie du": "nua dau",
    "seconde moitie du": "nua cuoi", "deuxieme moitie du": "nua cuoi", "2e moitie du": "nua cuoi",
    "first quarter of the": "phan tu dau", "second quarter of the": "phan tu thu hai",
    "third quarter of the": "phan tu thu ba", "last quarter of the": "phan tu cuoi",
}  # fmt: skip
MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan janvier janv", "february feb fevrier fevr fev", "march mar mars", "april apr avril avr",
            "may mai", "june jun juin", "july jul juillet juil", "august aug aout", "september sept sep septembre",
            "october oct octobre", "november nov novembre", "december dec decembre",
        ],
        1,
    )
    for name in names.split()
}  # fmt: skip
WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip
SEASONS = {
    "xuan": 21, "ha": 22, "he": 22, "thu": 23, "dong": 24, "spring": 21, "summer": 22, "autumn": 23, "fall": 23,
    "winter": 24, "printemps": 21, "ete": 22, "automne": 23, "hiver": 24,
}  # fmt: skip
ORDINALS = {"sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20}


def any_of(words) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


D = r"(?P<d>\d{1,2})"
M = rf"(?P<m>\d{{1,2}}|{any_of(WORDS)})"
N = rf"(?P<n>{any_of(MONTHS)})\.?"
Y = r"(?P<y>\d{4})"
DOT = r"(?: ?[/.-] ?)"
WEEKDAY = r"(?:(?:thu (?:hai|ba|tu|nam|sau|bay)|chu nhat|[a-z]+day),? )?"
TH = r"(?:st|nd|rd|th|er)?"
BC = r"(?P<bc>,? (?:tcn|truoc cong nguyen|b\.?c\.?(?:e\.?)?|av\.? ?j\.?-?c\.?))"
AD = r"(?:,? (?:scn|cn|sau cong nguyen|cong nguyen|ad|a\.d\.|ce|apr\.? ?j\.?-?c\.?))"
PART = rf"(?P<part>{any_of([*PARTS, *SAME_PARTS])})[ -]"
CENTURY = rf"(?:the k[yi]|tk\.?)(?: thu)? ?(?P<c>\d{{1,2}}|[ivx]+|{reigns.TENS_SPOKEN})"
CENTURY_ABROAD = (
    rf"(?:the )?(?:(?P<c>\d{{1,2}})(?:st|nd|rd|th)|(?P<w>{any_of(ORDINALS)}))[ -](?:century|cent\.?|c\.?)"
    r"|(?:le )?(?P<f>\d{1,2}|[ivx]+?)(?:eme|ieme|e) s(?:iecle|\.)|(?P<h>\d{1,2}|[一二三四五六七八九十]{1,3}) ?世紀"
)
DECADE = r"(?:thap nien|thap ky|thap ki|nhung nam|cac nam|annees|the) (?P<x>\d{2,3}0)'?s?|(?P<s>\d{2,3}0)'?s"
DECADE_OF = rf"(?:thap nien|thap ky|thap ki|nhung nam|cac nam) (?P<x>\d0)(?: cua)? {CENTURY}"
YEAR = (
    rf"(?:(?:trong )?nam |(?:in |en )?(?:the year |l'an |annee )?|ad |a\.d\. |cop\. ?|©)?(?P<y>\d{{3,4}})(?:{AD}| ?年)?"
    rf"|(?:nam )?(?P<e>\d{{1,2}}){AD}"
)


def read(plain: str, text: str) -> DateValue | None:
    """One date from folded text, or None. text: what was written, for errors. Raises DateError for impossible ones."""
    for expression, reader in READERS:
        found = expression.fullmatch(plain)
        if found:
            return reader(found.groupdict(), text)
    return None


def _day(part: dict, text: str) -> DateValue | None:
    """mồng (mùng) is said of lunar days, and of ours since papers are dated by our calendar."""
    year, month, day = int(part["y"]), month_number(part), int(part["d"])
    if part.get("few") and year < sexagenary.LAST:
        return None
    if not (1 <= month <= 12 and 1 <= day <= days_in(year, month)):
        raise DateError(NO_SUCH_DAY, text=text)
    return value_of(f"{year:04d}-{month:02d}-{day:02d}", text)


def _month(part: dict, text: str) -> DateValue:
    month = month_number(part)
    if not 1 <= month <= 12:
        raise DateError(NO_SUCH_DAY, text=text)
    return value_of(f"{int(part['y']):04d}-{month:02d}", text)


def month_number(part: dict) -> int:
    """The month of an expression's groups: "n" a foreign name, "m" a number or a Vietnamese word."""
    if part.get("n"):
        return MONTHS[part["n"]]
    return int(part["m"]) if part["m"].isdecimal() else WORDS[part["m"]]


def _year(part: dict, text: str) -> DateValue:
    year = int(part["y"] or part["e"])
    return value_of(f"{year:04d}", text)


def _year_before_christ(part: dict, text: str) -> DateValue:
    if not int(part["y"]):
        return value_of("", text)
    return value_of(year_text(1 - int(part["y"])), text)


def _season(part: dict, text: str) -> DateValue:
    return value_of(f"{int(part['y']):04d}-{SEASONS[part['season']]}", text)


def _quarter(part: dict, text: str) -> DateValue:
    """As months: a code of EDTF's level 2 says the same to fewer programs."""
    number = int(part["q"]) if part["q"].isdecimal() else written_dates.from_roman(part["q"])
    year, roman = int(part["y"]), written_dates.to_roman(number)
    edtf = f"{year:04d}-{number * 3 - 2:02d}/{year:04d}-{number * 3:02d}"
    return value_of(edtf, text, (f"quý {roman} năm {year}", f"{written_dates.ordinal(number)} quarter of {year}"))


def _decade(part: dict, text: str) -> DateValue:
    first = int(part.get("x") or part["s"])
    return value_of(f"{first // 10:03d}X", text)


def _decade_of_century(part: dict, text: str) -> DateValue:
    return value_of(f"{_century_number(part['c'], text) - 1:02d}{part['x'][0]}X", text)


def _century(part: dict, text: str) -> DateValue:
    number = ORDINALS.get(part.get("w") or "")
    number = number or _century_number(part.get("c") or part.get("f") or part["h"], text)
    return value_of(f"{'-' if part.get('bc') else ''}{number - 1:02d}XX", text)


def _century_number(text: str, whole: str) -> int:
    if text.isdecimal():
        number = int(text)
    else:
        number = written_dates.from_roman(text) or reigns.han_number(text) or reigns.spoken_number(text)
    if not number or not 1 <= number <= LATEST // 100 + 1:
        raise DateError(NO_SUCH_CENTURY, text=whole)
    return number


def _isbd(part: dict, text: str) -> DateValue:
    """[17--], [191-?]: a century or a decade as ISBD and French catalogues write it."""
    digits = part["y"]
    return value_of(digits + "X" * (4 - len(digits)) + ("?" if part["unsure"] else ""), text)


def _part(part: dict, text: str) -> DateValue | None:
    """The early, middle or late part of a century, decade, year or month, with soft edges."""
    name = SAME_PARTS.get(part["part"], part["part"])
    whole = read(part["whole"], text)
    if whole is None or "/" in whole.edtf or whole.edtf[0] in "-[{Y" or not re.fullmatch(r"[\dX-]+", whole.edtf):
        return None
    numerator, end, size, vi, en = PARTS[name]
    edges = _edges(whole.edtf, numerator / size, end / size)
    if not edges:
        return None
    if en.endswith("the ") and whole.edtf[-1] != "X":
        en = en.removesuffix("the ")
    # "thế kỷ 17" has a number in English, "tháng 3" none: late March 1838
    words = (f"{vi} {_named(whole.display_vi)}", f"{en}{whole.display_en}")
    return value_of("/".join(f"{edge}~" for edge in edges), text, words)


def _named(text: str) -> str:
    return f"năm {text}" if text.isdecimal() else text


def _edges(edtf: str, first: float, last: float) -> tuple[str, str] | None:
    """The first and last year, month or day of a part of one century or decade, year or month."""
    (year, month, _day), (end_year, _month, longest) = extent(edtf)
    if edtf.endswith("X"):
        base, size = int(edtf.replace("X", "0")), end_year - int(edtf.replace("X", "0")) + 1
        years = base + _slot(first, size), base + _slot(last, size) - 1
        return year_text(max(years[0], EARLIEST)), year_text(years[1])
    if len(edtf) == 4:
        return f"{edtf}-{_slot(first, 12) + 1:02d}", f"{edtf}-{_slot(last, 12):02d}"
    if len(edtf) == 7 and month == int(edtf[-2:]):
        return f"{edtf}-{_slot(first, 30) + 1:02d}", f"{edtf}-{longest if last == 1 else _slot(last, 30):02d}"
    return None


def _slot(fraction: float, size: int) -> int:
    """Where a fraction of so many falls: a third of a century is 34 years, two thirds are 67."""
    return min(size, int(fraction * size + 0.999))


def _period(part: dict, text: str) -> DateValue | None:
    """đời Lê, nhà Nguyễn, chúa Nguyễn Phúc Khoát: the years that the table gives."""
    period = reigns.period(part["period"] or part["alone"] or part["english"], text)
    if period is None:
        return None
    spans = period.spans
    years = ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in spans)
    vi, en = f"thời {period.name_vi} ({years})", f"{period.name_en} ({years})"
    if len(spans) > 1:
        return value_of(f"[{','.join(f'{first:04d}..{last:04d}' for first, last in spans)}]", text, (vi, en))
    (first, last), name = spans[0], SAME_PARTS.get(part.get("part") or "", part.get("part"))
    if name:
        numerator, end, size, words_vi, words_en = PARTS[name]
        first, last = first + (last + 1 - first) * numerator // size, first + (last + 1 - first) * end // size - 1
        return value_of(f"{first:04d}~/{last:04d}~", text, (f"{words_vi} {vi}", f"{words_en}{en}"))
    return value_of(f"{first:04d}/{last:04d}" if last > first else f"{first:04d}", text, (vi, en))


LED = r"(?:doi|thoi ky|thoi ki|thoi|trieu dai|trieu|nha|vua)(?: nha| vua| cac| thoi)*"
PERIOD = (
    rf"(?:{PART})?(?:{LED} (?P<period>{reigns.period_pattern()})(?: \(trung quoc\))?"
    rf"|(?P<alone>{reigns.period_pattern(alone=True)})"
    rf"|(?:the )?(?:reign of )?(?P<english>{reigns.period_pattern()}) (?:dynasty|lords|period|era|reign))"
)

FORMS: list[tuple[str, Callable[[dict, str], DateValue | None]]] = [
    (rf"{WEEKDAY}(?:ngay |le |the )?(?P<few>mong |mung )?{D}(?: thang |{DOT}){M}(?:,? nam |, ?|{DOT}| ){Y}", _day),
    (rf"{WEEKDAY}(?:le |the |ngay )?{D}{TH}(?: of)?[ -]{N},?[ -]{Y}", _day),
    (rf"{WEEKDAY}{N} {D}{TH},? {Y}", _day),
    (rf"{Y}{DOT}{M}{DOT}{D}", _day),
    (rf"(?:nam )?{Y},? thang {M},? ngay {D}", _day),
    (rf"{Y} ?年 ?{M} ?月 ?{D} ?日", _day),
    (rf"thang {M}(?:,? nam |, ?|{DOT}| ){Y}", _month),
    (rf"{M}{DOT}{Y}", _month),
    (rf"(?:thang )?{N},?(?: nam| of)?[ -]{Y}", _month),
    (rf"(?:nam )?{Y},? thang {M}", _month),
    (rf"{Y} ?年 ?{M} ?月", _month),
    (YEAR, _year),
    (rf"(?:nam )?(?P<y>\d{{1,5}}){BC}", _year_before_christ),
    (rf"(?:mua |the )?(?P<season>{any_of(SEASONS)})(?: nam| of)? {Y}", _season),
    (rf"(?:quy|q) ?(?P<q>[1-4]|iv|i{{1,3}})(?:,? nam |{DOT}| ){Y}", _quarter),
    (DECADE, _decade),
    (DECADE_OF, _decade_of_century),
    (rf"{CENTURY}(?:{BC})?{AD}?", _century),
    (rf"(?:{CENTURY_ABROAD})(?:{BC})?", _century),
    (r"(?P<y>\d{2})(?:--|\.\.|\?\?|__)(?P<unsure>\??)", _isbd),
    (r"(?P<y>\d{3})[-_](?P<unsure>\??)", _isbd),
    (PERIOD, _period),
    (rf"{PART}(?P<whole>.+)", _part),
]
_PERIOD = re.compile(PERIOD)


def is_period(plain: str) -> bool:
    """Whether folded text is a dynasty, a king or a lord, early or late in it."""
    return bool(_PERIOD.fullmatch(plain))


READERS = [(re.compile(expression), reader) for expression, reader in FORMS]
