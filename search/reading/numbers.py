"""Numbers of decrees, shelfmarks, pages, volumes and scales as whole keys. Pure.

A key is what one number is, however it is written: 143/NV and 143-NV; A.2499 and A 2499; 1:10.000, 1:10,000 and
1/10 000; tr. 23 and trang 23; tờ 40 and folio 40; quyển 10, q.10 and vol. X. A decree's number has shorter keys too,
since nobody types the whole of 65/2007/NĐ-CP.
"""

import re

from archive.folding import fold, nfc
from archive.reigns import han_number
from archive.scale import denominator
from archive.written_dates import from_roman

from ..keeping import kept_when_short

LONGEST = 64  # characters of a key
LEAST_SCALE = 100  # 1:50 is no scale of a map
PAGE, FOLIO, VOLUME = "tr", "to", "q"
_UNITS = {
    **dict.fromkeys(("trang", "tr", "page", "pages", "pp", "p."), PAGE),
    **dict.fromkeys(("tờ", "folio", "fol", "f."), FOLIO),
    **dict.fromkeys(("quyển", "quyen", "q", "tập", "tap", "volume", "vol", "tome", "t.", "卷", "卷之"), VOLUME),
}
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_HAN_NUMBER = "[一二三四五六七八九十廿]{1,3}"
_COUNTED = re.compile(
    rf"(?<!\w)(?P<unit>{_UNIT})\.? ?(?:thứ |thu )?(?:(?P<first>\d{{1,4}}[abrv]?|[ivx]{{1,6}}|{_HAN_NUMBER})(?!\w)"
    r"(?: ?[-–] ?(?P<last>\d{1,4})(?!\w))?)",
    re.IGNORECASE,
)
_SCALE = re.compile(r"(?<![\w/:.,-])1\s?[:/∶]\s?(?:\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+|\d+)(?![\d/:-]|[.,]\d)")
_CODE = re.compile(r"[^\W_]+(?:[-–/.:][^\W_]+)+")
_NOT_CODE = re.compile(r"[\W_]+")
_DECREE = re.compile(r"(\d{1,4})-([12]\d{3})-([a-z]+)((?:-[a-z]+\d*)*)")
_OFFICE = re.compile(r"(\d{1,4})-([a-z]{1,6}(?:-[a-z]{1,6})*)")
_DIGIT = re.compile(r"\d")
_MAY_HOLD = re.compile(r"\d|\b[IVXivx]{1,6}\b|卷")
# What stands before the digits of a shelfmark typed with a space: A 2499, HM 2197, VHv 1230.
_MARK = re.compile(r"[A-ZĐ]{1,4}|[A-ZĐ]{2,3}[a-z]|[a-z]|[bcdfghjklmnpqrstvxzđ]{2,4}")
_GLUED = re.compile(r"([A-Za-zĐđ]{1,4}) ?(\d{2,6})")  # A2499, HM 2197
_ROMAN = re.compile(r"[IVXivx]+")
# Said before a decree's number and no part of it: "số", and the kind in short, which records write out.
LEADING = frozenset("số so no no. n° nº № nđ nd qđ qd sl nq tt cv cđ".split())
NOT_MARKS = ("vn", "hs", "ts", "tq", "or", "tk")  # abbreviations of names, beside which a year is a year


def code(text: str) -> str:
    """A number or shelfmark as one key: "143/NV", "143-NV" → "143-nv"; "1:10.000" → "1-10000"; "trang 23" → "tr-23"."""
    text = nfc(text).strip()
    found = _SCALE.fullmatch(text)
    if found and (key := _scale(found[0])):
        return key
    found = _COUNTED.fullmatch(text)
    if found and (counted := _counted(found)):
        return max(counted, key=len) if not found["last"] else _key(text)
    glued = _GLUED.fullmatch(text)
    return _key(f"{glued[1]}-{glued[2]}" if glued else text)


def _key(text: str) -> str:
    return _NOT_CODE.sub("-", fold(text)).strip("-")[:LONGEST]


@kept_when_short(10_000, 100)  # names come again in record after record
def codes(text: str) -> frozenset[str]:
    """Keys of the numbers in a text: words with a digit and inner punctuation, scales, page and volume numbers."""
    return frozenset(key for _start, _end, some in spans(text) for key in some)


def spans(text: str) -> list[tuple[int, int, set[str]]]:
    """(start, end, keys) of each number in a text, places in its NFC form. A scale is no other number besides."""
    text = nfc(text)
    if not _MAY_HOLD.search(text):
        return []
    found = [(*match.span(), {key}) for match in _SCALE.finditer(text) if (key := _scale(match[0]))]
    scales = [(start, end) for start, end, _keys in found]
    found += [(*match.span(), some) for match in _COUNTED.finditer(text) if (some := _counted(match))]
    for match in _CODE.finditer(text):
        within = any(start <= match.start() < end for start, end in scales)
        if not within and _DIGIT.search(match[0]):
            found.append((*match.span(), keys(match[0])))
    return found


def keys(number: str) -> set[str]:
    """The key of one number with those of its shorter forms: "65/2007/NĐ-CP" → 65-2007-nd-cp, 65-2007, nd-65-2007, …"""
    key = code(number)
    found = {key}
    decree, office = _DECREE.fullmatch(key), _OFFICE.fullmatch(key)
    if decree:
        written, year, kind, body = decree.groups()
        for digits in {written, written.lstrip("0") or written}:
            found |= {
                f"{digits}-{year}",
                f"{digits}-{year}-{kind}",
                f"{kind}-{digits}-{year}",
                f"{digits}-{kind}{body}",
                f"{digits}-{year}-{kind}{body}",
            }
    elif office:
        found.add(f"{office[2]}-{office[1]}")
    return found - {""}


def _scale(text: str) -> str:
    number = denominator(text)
    return f"1-{number}" if number and number >= LEAST_SCALE else ""


def _counted(match: re.Match) -> set[str]:
    """The keys of a page or volume number; both ends of "tr. 23-25"."""
    unit, first = _UNITS[match["unit"].lower()], match["first"].lower()
    number = int(first.rstrip("abrv")) if first[0].isdecimal() else from_roman(first) or han_number(first)
    if not number:
        return set()
    found = {f"{unit}-{number}"}
    if first[0].isdecimal() and first[-1].isalpha():  # the front or back of a leaf
        found.add(f"{unit}-{number}{first[-1]}")
    return found | ({f"{unit}-{int(match['last'])}"} if match["last"] else set())


# --- in the box ---------------------------------------------------------------------------------------


def joined(words: list[str]) -> tuple[int, str]:
    """(how many of the first words are one number typed with spaces, that number): "A 2499", "tr. 23", "1/10 000",
    "số 143/NV"; (1, the first word) where it isn't one."""
    if len(words) > 1 and words[0].lower() in LEADING and _CODE.fullmatch(words[1]) and _DIGIT.search(words[1]):
        return 2, words[1]
    for size in (4, 3, 2):
        text = " ".join(words[:size])
        if len(words) >= size and (_SCALE.fullmatch(text) and _scale(text) or _COUNTED.fullmatch(text)):
            return size, text
    # "qd 193 hdbt": a kind of decree in short before its number is no mark of a shelf.
    a_mark = is_mark(words[0]) and words[0].lower() not in LEADING
    if len(words) > 1 and a_mark and re.fullmatch(r"\d{2,6}", words[1]):
        return 2, " ".join(words[:2])
    return 1, words[0]


def is_number(word: str) -> bool:
    """Whether a word is more than a plain number or word: 143/NV, q.10, A2499."""
    return bool(_DIGIT.search(word) and (_CODE.search(word) or _COUNTED.fullmatch(word) or _GLUED.fullmatch(word)))


def is_mark(word: str) -> bool:
    """Whether a word looks like the letters of a shelfmark or the kind of a decree, so that digits behind it are no
    year: "A", "HM", "NĐ"; not "XVII", "VN"."""
    word = word.rstrip(".")
    return bool(_MARK.fullmatch(word)) and not _ROMAN.fullmatch(word) and word.lower() not in NOT_MARKS
