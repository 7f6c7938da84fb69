"""Text into tokens, for index documents and queries alike. Pure.

Both engines get ready-made tokens between spaces and split at the spaces only, so that no difference
between their own analysers can make a difference between their answers.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.folding import fold, nfc

# Scripts without spaces between words: each character is a token of its own (Hán, Nôm with the
# extensions of plane 2 and 3, kana), so one- and two-character queries find.
_SINGLE = "\u2e80-\u2fdf\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(f"[{_SINGLE}]|(?:(?![{_SINGLE}])[^\\W_])(?:(?![{_SINGLE}])[^\\W_]|[\u0300-\u036f])*")
_CODE = re.compile(r"[^\W_]+(?:[-–/.:][^\W_]+)+")
_NOT_CODE = re.compile(r"[\W_]+")
LONGEST = 64  # characters; longer tokens are cut
GAP = "¶"  # stands between values, so that no phrase runs from one into the next


@dataclass(frozen=True)
class Token:
    """`exact` as written (NFC, lower case), `folded` without diacritics; `start` and `end` in the NFC text."""

    exact: str
    folded: str
    start: int
    end: int


@lru_cache(maxsize=50_000)
def _forms(word: str) -> tuple[str, str]:
    exact = nfc(word.lower())
    folded = "".join(fold(exact).split())
    return exact[:LONGEST], (folded or exact)[:LONGEST]


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order. Each has both forms, so exact and folded positions agree."""
    return [Token(*_forms(found.group()), *found.span()) for found in _TOKEN.finditer(nfc(text))]


def exact_part(values) -> str:
    """Tokens as written of several values, ready for the index."""
    return _part(values, lambda token: token.exact)


def folded_part(values) -> str:
    """Folded tokens of several values, ready for the index."""
    return _part(values, lambda token: token.folded)


def _part(values, form) -> str:
    lists = ([form(token) for token in tokens(value)] for value in values if value)
    return f" {GAP} ".join(" ".join(words) for words in lists if words)


def code(text: str) -> str:
    """A number or shelfmark as one key: "143/NV", "143-NV" → "143-nv"; "A.2499" → "a-2499"."""
    return _NOT_CODE.sub("-", fold(text)).strip("-")[:LONGEST]


def codes(text: str) -> set[str]:
    """Keys of the numbers in a text: words with a digit and inner punctuation, such as 65/2007/NĐ-CP or 1:10.000."""
    found = (match.group() for match in _CODE.finditer(nfc(text)))
    return {code(word) for word in found if any(char.isdigit() for char in word)}
