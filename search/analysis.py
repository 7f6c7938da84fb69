"""Text into tokens, for index documents and queries alike. Pure.

Both engines get ready-made tokens between spaces and split at the spaces only, so that no difference
between their own analysers can make a difference between their answers.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from archive.folding import fold, nfc

from .reading import tones
from .reading.numbers import code, codes
from .reading.sounds import sound
from .reading.variants import canonical

# Scripts without spaces between words: each character is a token of its own (Hán, Nôm with the
# extensions of plane 2 and 3, kana), so one- and two-character queries find.
_SINGLE = "\u2e80-\u2fdf\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(f"[{_SINGLE}]|(?:(?![{_SINGLE}])[^\\W_])(?:(?![{_SINGLE}])[^\\W_]|[\u0300-\u036f])*")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
__all__ = ["Token", "code", "codes", "exact_part", "folded_part", "nfc", "sound_part", "tokens"]

LONGEST = 64  # characters; longer tokens are cut
GAP = "¶"  # stands between values, so that no phrase runs from one into the next


class Token(NamedTuple):
    """One word. `exact`: as written (NFC, lower case, one spelling of tones and of i/y); `folded`: without diacritics,
    a Hán character in its canonical form; `sound`: the key of what is confused with it; `start`, `end`: its place in
    the NFC text."""

    exact: str
    folded: str
    sound: str
    start: int
    end: int


@lru_cache(maxsize=100_000)
def _forms(word: str) -> tuple[str, str, str]:
    exact = nfc(word.lower())
    if _HAN.fullmatch(exact):
        form = canonical(exact)
        return exact, form, form
    exact = tones.spelled(exact)[:LONGEST]
    folded = tones.plain(fold(exact)[:LONGEST])
    if not _TOKEN.fullmatch(folded):  # "¼" would become two
        folded = exact
    return exact, folded, sound(folded)


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order. Each has all its forms, so exact and folded positions agree."""
    return [Token(*_forms(found.group()), *found.span()) for found in _TOKEN.finditer(nfc(text))]


def exact_part(values) -> str:
    """Tokens as written of several values, ready for the index."""
    return _part(values, 0)


def folded_part(values) -> str:
    """Folded tokens of several values, ready for the index."""
    return _part(values, 1)


def sound_part(values) -> str:
    """Keys of confusion of several values, ready for the index."""
    return _part(values, 2)


def _part(values, form: int) -> str:
    lists = (_all_forms(value) for value in values if value)
    return f" {GAP} ".join(" ".join([forms[form] for forms in words]) for words in lists if words)


@lru_cache(maxsize=256)
def _all_forms(text: str) -> list[tuple[str, str, str]]:
    """The forms of each word; kept for a while, since a record's texts go into several parts."""
    return [_forms(word) for word in _TOKEN.findall(nfc(text))]
