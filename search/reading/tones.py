"""Tone marks and the letters i and y, brought to one spelling where Vietnamese allows two. Pure.

Two customs place the tone of an open oa, oe and uy: hòa, khỏe, thúy and hoà, khoẻ, thuý; old typewriters moved others
too (tòan, qúy). And i at the end of a syllable is written y as well after some onsets: Lí and Lý, Quí and Quý.
"""

import re
import unicodedata

from .syllables import STOPS, syllables

GRAVE, ACUTE, TILDE, HOOK, DOT = TONES = "\u0300\u0301\u0303\u0309\u0323"
_ANY_TONE = re.compile(f"[{TONES}]")
_ONSET = re.compile(r"qu(?=.)|gi(?=[aăâeêoôơuư])|[bcdđghklmnpqrstvx]*")
_MARKED = re.compile("[ăâêôơư]")
_VOWELS = re.compile("[aăâeêioôơuưy]+")
# y after these stands for i. After qu it is the other way round, so that "quy" begins "quyết" as typed.
_Y = re.compile(r"([hklmstv])y")
_QUI = re.compile(r"qui")


def split(word: str) -> tuple[str, str]:
    """(the word without its tone marks, the marks in order), NFC: "hoàng" → ("hoang", "\\u0300")."""
    apart = unicodedata.normalize("NFD", word)
    marks = "".join(_ANY_TONE.findall(apart))
    return unicodedata.normalize("NFC", _ANY_TONE.sub("", apart)), marks


def place(base: str, tone: str) -> str:
    """A syllable with its tone where the newer custom puts it: ("hoa", GRAVE) → "hoà"."""
    if not tone:
        return base
    onset = _ONSET.match(base).end()
    vowels = _VOWELS.search(base, onset)
    if vowels is None:  # "gi" alone
        at = len(base) - 1
    else:
        at = vowels.start() + _offset(vowels[0], closed=vowels.end() < len(base))
    return unicodedata.normalize("NFC", base[: at + 1] + tone + base[at + 1 :])


def _offset(vowels: str, closed: bool) -> int:
    """Which vowel bears the tone: the last that has a mark of its own, else by the shape of the rhyme."""
    marked = list(_MARKED.finditer(vowels))
    if marked:
        return marked[-1].start()
    if len(vowels) == 1:
        return 0
    return 1 if closed or len(vowels) > 2 or vowels in ("oa", "oe", "uy") else 0


def fits(base: str, tone: str) -> bool:
    """Whether a syllable may have this tone ("": none is marked): those that end in a stop have only sắc and nặng."""
    return base in syllables() and (not tone or not base.endswith(STOPS) or tone in (ACUTE, DOT))


def spelled(word: str) -> str:
    """One spelling for all the ways to write a syllable; other words stay as they are. In: NFC, lower case.

    "hòa" → "hoà", "qúy" → "quý", "lý" → "lí", "quí" → "quý". What sounds apart stays apart: thúy, thúi; tay, tai.
    """
    base, tones = split(word)
    if len(tones) > 1 or base not in syllables():
        return word
    return place(plain(base), tones)


def plain(folded: str) -> str:
    """The same of a word without tones: "ly" → "li", "qui" → "quy". Idempotent."""
    found = _Y.fullmatch(folded)
    if found:
        return f"{found[1]}i"
    return "quy" if _QUI.fullmatch(folded) else folded
