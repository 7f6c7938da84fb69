"""Text into tokens, for index documents and queries alike. Pure.

Both engines get ready-made tokens between spaces and split at the spaces only, so that no difference
between their own analysers can make a difference between their answers.
"""

import re
from typing import NamedTuple

from archive.folding import fold, nfc

from .keeping import kept_when_short
from .reading import tones
from .reading.numbers import code, codes
from .reading.sounds import sound
from .reading.variants import canonical

# Scripts without spaces between words: each character is a token of its own (Hán, Nôm with the
# extensions of plane 2 and 3, kana), so one- and two-character queries find.
_SINGLE = "\u2e80-\u2fdf\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(f"[{_SINGLE}]|(?:(?![{_SINGLE}])[^\\W_])(?:(?![{_SINGLE}])[^\\W_]|[\u0300-\u036f])*")
# A text without them is cut by a quicker expression, with the same outcome.
_SPECIAL = re.compile(f"[{_SINGLE}\u0300-\u036f]")
_PLAIN = re.compile(r"[^\W_]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
__all__ = ["Parts", "Token", "code", "codes", "exact_part", "folded_part", "forms", "nfc", "pair", "parts", "places"]
__all__ += ["tokens"]

LONGEST = 64  # characters; longer tokens are cut
KEPT = 100_000  # words whose forms a process keeps
GAP = "¶"  # stands between values, so that no phrase runs from one into the next
_BETWEEN = f" {GAP} "
_BOND = "_"  # of pairs; no token holds it


class Token(NamedTuple):
    """One word. `exact`: as written (NFC, lower case, one spelling of tones and of i/y); `folded`: without diacritics,
    a Hán character in its canonical form; `sound`: the key of what is confused with it; `start`, `end`: its place in
    the NFC text."""

    exact: str
    folded: str
    sound: str
    start: int
    end: int


class _Known(dict):
    """{word: its forms}, made when first asked for; quicker than a cache that counts. Begun anew when it is full."""

    def __missing__(self, word: str) -> tuple[str, str, str]:
        if len(self) >= KEPT:
            self.clear()
        found = self[word] = _forms(word)
        return found


_known = _Known()


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
    text = nfc(text)
    return [Token(*_known[found[0]], *found.span()) for found in _cut(text).finditer(text)]


def forms(text: str) -> list[tuple[str, str, str]]:
    """(exact, folded, sound) of each token, in order: quicker than `tokens` where their places don't matter."""
    text = nfc(text)
    return list(map(_known.__getitem__, _cut(text).findall(text)))


def places(text: str) -> list[tuple[int, int]]:
    """(start, end) in the NFC text of each token, in order."""
    text = nfc(text)
    return [found.span() for found in _cut(text).finditer(text)]


def _cut(text: str) -> re.Pattern:
    return _TOKEN if _SPECIAL.search(text) else _PLAIN


class Parts(NamedTuple):
    """Several values ready for the index, in each form of their tokens. `pairs_x`, `pairs_f`: neighbours, each pair as
    one word (`pair`), none from one value into the next."""

    exact: str
    folded: str
    sounds: str
    pairs_x: str
    pairs_f: str


def parts(values) -> Parts:
    """In: texts; empty ones are passed over."""
    pieces = [piece for value in values if value and (piece := _piece(value)).exact]
    if len(pieces) == 1:
        return pieces[0]
    exact, folded, sounds, pairs_x, pairs_f = zip(*pieces, strict=True) if pieces else [()] * 5
    pairs = (" ".join(filter(None, form)) for form in (pairs_x, pairs_f))
    return Parts(*map(_BETWEEN.join, (exact, folded, sounds)), *pairs)


@kept_when_short(10_000, 100)  # names come again in record after record
def _piece(text: str) -> Parts:
    words = forms(text)
    exact, folded, sounds = zip(*words, strict=True) if words else [()] * 3
    pairs = (" ".join(map(_BOND.join, zip(form, form[1:], strict=False))) for form in (exact, folded))
    return Parts(*map(" ".join, (exact, folded, sounds)), *pairs)


def pair(first: str, second: str) -> str:
    """Two neighbours as one word."""
    return f"{first}{_BOND}{second}"


def exact_part(values) -> str:
    """Tokens as written of several values, ready for the index."""
    return parts(values).exact


def folded_part(values) -> str:
    """Folded tokens of several values, ready for the index."""
    return parts(values).folded
