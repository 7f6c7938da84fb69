"""Sort keys as text, one pure function each, compared byte by byte by both engines. Pure.

Every key ends in the identifier, so no two are equal and an order has no ties. An engine that sorts numbers faster
than text takes `ordinals`, which sort as the keys do as far as they reach.
"""

import re
import unicodedata
from functools import lru_cache

from archive.folding import nfc

# The Vietnamese alphabet, with the letters it borrows in their Latin places.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTERS = {letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)}
# Level, grave, hook, tilde, acute, dot below: the order of dictionaries.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn belong to the letter
_WORD = re.compile(r"\d+|[^\W\d_]+")
_END = "\x1f"
LAST = "~"
LONGEST = 200


def alphabetical(text: str) -> str:
    """A key in Vietnamese alphabetical order: syllable by syllable, letters first, then the tone; numbers by value."""
    return " ".join(_syllable(word) for word in _WORD.findall(nfc(text).lower()))[:LONGEST]


@lru_cache(maxsize=50_000)
def _syllable(word: str) -> str:
    if word.isdigit():
        digits = word.lstrip("0") or "0"
        return f"0{min(len(digits), 99):02}{digits}"
    letters, tone = [], "0"
    for letter in word:
        base, *marks = unicodedata.normalize("NFD", letter)
        shape = "".join(mark for mark in marks if mark in _SHAPES)
        plain = unicodedata.normalize("NFC", base + shape)
        letters.append(_LETTERS.get(plain) or _LETTERS.get(base) or letter)
        tone = next((_TONES[mark] for mark in marks if mark in _TONES), tone)
    return "".join(letters) + tone


def title_key(title: str, identifier: str) -> str:
    return f"{alphabetical(title) or LAST}{_END}{identifier}"


def date_key(year_from: int | None, year_to: int | None, identifier: str) -> str:
    """Oldest first; the undated come last."""
    if year_from is None and year_to is None:
        return f"{LAST}{_END}{identifier}"
    first = year_from if year_from is not None else year_to
    last = year_to if year_to is not None else year_from
    return f"{first + 100_000:06}{last + 100_000:06}{_END}{identifier}"


def date_down_key(year_from: int | None, year_to: int | None, identifier: str) -> str:
    """Youngest first; the undated come last."""
    if year_from is None and year_to is None:
        return f"{LAST}{_END}{identifier}"
    first = year_from if year_from is not None else year_to
    last = year_to if year_to is not None else year_from
    return f"{900_000 - last:06}{900_000 - first:06}{_END}{identifier}"


def newest_key(cleared_at, identifier: str) -> str:
    """What was cleared last comes first. In: a datetime (or None: last)."""
    if cleared_at is None:
        return f"{LAST}{_END}{identifier}"
    return f"{9_999_999_999_999 - int(cleared_at.timestamp() * 1000):013}{_END}{identifier}"


# --- keys as numbers ------------------------------------------------------------------------------

# The characters of keys in their order, each a digit; 0 is the end, and what is none of these comes last.
_DIGITS = {letter: place for place, letter in enumerate(" -0123456789" + "".join(map(chr, range(65, 123))), start=1)}
_OTHER = len(_DIGITS) + 1
_BASE = _OTHER + 1
_LETTERS_A_NUMBER = 10  # _BASE ** 10 fits into 63 bits
_UNTOLD = 2**63 - 2  # after all that numbers tell
WORDS = {"by_title_vi": 4, "by_title_en": 4, "by_date": 0, "by_date_down": 0, "by_newest": 0}  # 0: a plain number
ID_ORDINALS = ("id_1", "id_2")


def ordinal_parts(order: str) -> tuple[str, ...]:
    """Names of the numbers of an order, the weightiest first."""
    own = tuple(f"{order}_{place}" for place in range(1, max(WORDS[order], 1) + 1))
    # A title may be longer than its numbers tell; those of the identifier then tell nothing, in that order alone.
    return (*own, *(f"{order}_{part}" if WORDS[order] else part for part in ID_ORDINALS))


def ordinals(order: str, key: str) -> tuple[int, ...]:
    """The numbers of a key: keys whose numbers differ are in the order of their numbers."""
    main, _, identifier = key.partition(_END)
    if WORDS[order]:
        digits = [_DIGITS.get(letter, _OTHER) for letter in main]
        reach = digits.index(_OTHER) + 1 if _OTHER in digits else WORDS[order] * _LETTERS_A_NUMBER
        numbers = _numbers(digits[:reach], WORDS[order])
        if _OTHER in digits or len(digits) > reach:  # the numbers tell its beginning only
            return (*numbers, *(_UNTOLD for _part in ID_ORDINALS))
    else:
        numbers = (int(main) if main != LAST else _UNTOLD,)
    return (*numbers, *_numbers([_DIGITS.get(letter, _OTHER) for letter in identifier], len(ID_ORDINALS)))


def _numbers(digits: list[int], count: int) -> tuple[int, ...]:
    digits = digits[: count * _LETTERS_A_NUMBER]
    digits = digits + [0] * (count * _LETTERS_A_NUMBER - len(digits))
    found = []
    for at in range(0, len(digits), _LETTERS_A_NUMBER):
        number = 0
        for digit in digits[at : at + _LETTERS_A_NUMBER]:
            number = number * _BASE + digit
        found.append(number)
    return tuple(found)
