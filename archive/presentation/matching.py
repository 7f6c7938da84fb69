"""Where the words of a query stand in a text, folded as the site's search folds (archive.folding). Pure.

A word of letters matches whole words; one with Hán or Nôm matches anywhere, since nothing parts words there.
"""

import re
from functools import lru_cache

from ..folding import fold
from ..han import IDEOGRAPH

_PIECE = re.compile(r"\w+")
_folded = lru_cache(maxsize=4096)(fold)


def terms(query: str) -> list[str]:
    """The folded words of a query, each once, in order."""
    return list(dict.fromkeys(_PIECE.findall(fold(query))))


def places(text: str, term: str) -> list[tuple[int, int]]:
    """Where a folded term stands in `text`: (start, end) in its own characters."""
    folded, origins = _traced(text)
    pattern = re.escape(term) if IDEOGRAPH.search(term) else rf"(?<!\w){re.escape(term)}(?!\w)"
    return [
        (origins[found.start()], _end(text, origins[found.end() - 1] + 1)) for found in re.finditer(pattern, folded)
    ]


def _traced(text: str) -> tuple[str, list[int]]:
    """The text folded character by character, and for each folded one the index of what it comes from."""
    folded, origins = [], []
    for index, character in enumerate(text):
        piece = " " if character.isspace() else _folded(character)
        folded.append(piece)
        origins += [index] * len(piece)
    return "".join(folded), origins


def _end(text: str, end: int) -> int:
    """Takes in the diacritics that stand as characters of their own."""
    while end < len(text) and not text[end].isspace() and not _folded(text[end]):
        end += 1
    return end
