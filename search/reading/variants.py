"""Traditional, simplified and Japanese forms of a Hán character, and its common variants, as one. Pure.

The tables are OpenCC's (https://github.com/BYVoid/OpenCC), read character by character: Japanese forms to traditional
ones, those and their variants to simplified ones. The canonical form is a key for comparing, never shown. A variant
that its tables don't know stays itself; so do most Nôm characters.
"""

from functools import cache, lru_cache

_STEPS = ("jp2t", "t2s")
_MOST = 4  # rounds until nothing changes: a simplified form may be a Japanese form of another character


@cache
def _converters():
    """Loaded with the first Hán character met: the tables cost a process a tenth of a second."""
    from opencc import OpenCC

    return tuple(OpenCC(step) for step in _STEPS)


@lru_cache(maxsize=30_000)
def canonical(character: str) -> str:
    """The form that stands for a character and its variants: 黃, 黄 → 黄; 圖, 図, 图 → 图. One in, one out."""
    found = character
    for _round in range(_MOST):
        before = found
        for converter in _converters():
            changed = converter.convert(found)
            found = changed if len(changed) == 1 else found
        if found == before:
            break
    return found
