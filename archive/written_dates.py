"""How dates are written for readers, in Vietnamese and English. Pure."""

import re

from archive.edtf_text import EARLIEST, LATEST, POINT, NotEdtf, bounds, is_open, mark_of, members

__all__ = ["EARLIEST", "LATEST", "NotWritten", "bounds", "both"]

NotWritten = NotEdtf  # EDTF text of a form that isn't used here, or none at all
MONTHS = "January February March April May June July August September October November December".split()
ROMAN = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
# code: before the year in Vietnamese, in English
SEASONS = {
    21: ("mùa xuân", "spring"),
    22: ("mùa hạ", "summer"),
    23: ("mùa thu", "autumn"),
    24: ("mùa đông", "winter"),
    33: ("quý I năm", "first quarter of"),
    34: ("quý II năm", "second quarter of"),
    35: ("quý III năm", "third quarter of"),
    36: ("quý IV năm", "fourth quarter of"),
    37: ("bốn tháng đầu năm", "first four months of"),
    38: ("bốn tháng giữa năm", "middle four months of"),
    39: ("bốn tháng cuối năm", "last four months of"),
    40: ("nửa đầu năm", "first half of"),
    41: ("nửa cuối năm", "second half of"),
}
HEMISPHERES = {25: ("Bắc bán cầu", "northern hemisphere"), 29: ("Nam bán cầu", "southern hemisphere")}
NEEDS_THE = re.compile(
    r"(?:early |late |mid-)?(?:\d+(?:st|nd|rd|th|s)\b|\S+ (?:\S+ )?dynasty\b|rule of|reign of)|(?:first|second|last) "
)


def both(edtf: str) -> tuple[str, str]:
    """EDTF text for readers, in Vietnamese and English. Raises NotWritten for forms that aren't used here."""
    return _written(edtf, "vi"), _written(edtf, "en")


def _written(edtf: str, lang: str) -> str:
    if edtf[0] in "[{":
        return _set(edtf, lang)
    first, slash, last = edtf.partition("/")
    return _interval(first, last, lang) if slash else _point(edtf, lang)


def _set(edtf: str, lang: str) -> str:
    words = [_point(a, lang) if a == b else _interval(a, b, lang) for a, b in members(edtf)]
    return joined(words, "or" if edtf[0] == "[" else "and", lang)


def joined(words: list[str], with_: str, lang: str) -> str:
    """with_: "or", "and". ["1838", "1839"] → "1838 hoặc 1839", "1838 or 1839"."""
    if len(words) == 1:
        return words[0]
    word = {"or": {"vi": "hoặc", "en": "or"}, "and": {"vi": "và", "en": "and"}}[with_][lang]
    return f"{', '.join(words[:-1])} {word} {words[-1]}"


def _interval(first: str, last: str, lang: str) -> str:
    if is_open(first):
        return until(_point(last, lang), lang)
    if is_open(last):
        return since(_point(first, lang), lang)
    if first == last:
        return _point(first, lang)
    if first[-1] == last[-1] == "~" and mark_of(first) == mark_of(last) == "~":
        return f"{'khoảng' if lang == 'vi' else 'about'} {_span(first[:-1], last[:-1], lang)}"
    return _span(first, last, lang)


def until(text: str, lang: str) -> str:
    return f"đến {text}" if lang == "vi" else f"until {text}"


def since(text: str, lang: str) -> str:
    return f"từ {text}" if lang == "vi" else f"from {text}"


def _span(first: str, last: str, lang: str) -> str:
    return spanned(_point(first, lang), _point(last, lang))


def spanned(first: str, last: str) -> str:
    """ "1776–1784", but "tháng 2 năm 1838 – tháng 5 năm 1838"."""
    return f"{first}{'–' if first.isdecimal() and last.isdecimal() else ' – '}{last}"


def _point(point: str, lang: str) -> str:
    found = POINT.fullmatch(point)
    if not found:
        raise NotWritten(point)
    text = _year(found["year"], lang)
    month, day = found["month"], found["day"]
    if month and month.isdecimal() and int(month) > 12:
        text = _season(int(month), text, lang)
    elif month and month != "XX":
        text = _month(int(month), text, lang)
        if day and day != "XX":
            text = f"ngày {int(day)} {text}" if lang == "vi" else f"{int(day)} {text}"
    elif day and day != "XX":
        text = f"ngày {int(day)}, không rõ tháng, năm {text}" if lang == "vi" else f"day {int(day)}, {text}"
    return with_mark(text, mark_of(point), lang)


def _year(year: str, lang: str) -> str:
    sign, digits = ("-", year[1:]) if year.startswith("-") else ("", year)
    if digits.endswith("XXX"):
        number = int(digits[0]) + 1
        text = f"thiên niên kỷ {to_roman(number)}" if lang == "vi" else f"{ordinal(number)} millennium"
        return era_of(text, bool(sign), lang)
    if digits.endswith("XX"):
        return century(-int(digits[:2]) - 1 if sign else int(digits[:2]) + 1)[lang == "en"]
    if digits.endswith("X"):
        text = f"thập niên {int(digits[:3] + '0')}" if lang == "vi" else f"{int(digits[:3] + '0')}s"
        return era_of(text, bool(sign), lang)
    if "S" in digits:
        text = f"khoảng {int(digits[:4])}" if lang == "vi" else f"about {int(digits[:4])}"
        return era_of(text, bool(sign), lang)
    return year_words(bounds(year)[0], lang)


def year_words(year: int, lang: str) -> str:
    """1838 → "1838"; -110 → "111 TCN", "111 BC"."""
    return str(year) if year > 0 else era_of(str(1 - year), True, lang)


def era_of(text: str, before: bool, lang: str) -> str:
    return f"{text} {'TCN' if lang == 'vi' else 'BC'}" if before else text


def _season(code: int, year: str, lang: str) -> str:
    if 25 <= code <= 32:
        where = HEMISPHERES[25 if code < 29 else 29][lang == "en"]
        return f"{_season((code - 25) % 4 + 21, year, lang)} ({where})"
    if code not in SEASONS:
        raise NotWritten(str(code))
    return f"{SEASONS[code][lang == 'en']} {year}"


def _month(month: int, year: str, lang: str) -> str:
    if not 1 <= month <= 12:
        raise NotWritten(str(month))
    return f"tháng {month} năm {year}" if lang == "vi" else f"{MONTHS[month - 1]} {year}"


def with_mark(text: str, mark: str, lang: str) -> str:
    """mark: "~" → "khoảng 1834", "?" → "1834 (chưa chắc chắn)", "%" → both."""
    if mark in ("~", "%"):
        text = f"khoảng {text}" if lang == "vi" else f"about {the(text)}"
    if mark in ("?", "%"):
        text += " (chưa chắc chắn)" if lang == "vi" else " (uncertain)"
    return text


def the(text: str) -> str:
    """English text as it stands after a preposition: "the 17th century", "the 1930s", but "1838"."""
    return f"the {text}" if NEEDS_THE.match(text) else text


def century(number: int) -> tuple[str, str]:
    """17 → ("thế kỷ XVII", "17th century"); -2 → ("thế kỷ II TCN", "2nd century BC")."""
    vi, en = f"thế kỷ {to_roman(abs(number))}", f"{ordinal(abs(number))} century"
    return era_of(vi, number < 0, "vi"), era_of(en, number < 0, "en")


def centuries(first: int, last: int) -> tuple[str, str]:
    vi = f"thế kỷ {to_roman(first)}–{to_roman(last)}"
    return vi, f"{ordinal(first)}–{ordinal(last)} century"


def ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def to_roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text.upper()


def from_roman(text: str) -> int | None:
    """Roman "xvii" → 17, for numbers up to 39; None when it is not written so."""
    text = text.lower()
    if not re.fullmatch("[ivx]+", text):
        return None
    return next((number for number in range(1, 40) if to_roman(number).lower() == text), None)
