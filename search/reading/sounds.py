"""A key under which words fall together that are confused in spelling because they sound alike somewhere. Pure.

s and x, ch and tr, d, gi and r at the beginning of a syllable; n and ng, t and c at its end; i and y as its vowel.
"""

import re

from .tones import plain

_LETTERS = re.compile("[a-z]+")
_BEGINNINGS = [
    (re.compile(r"s(?=[aeiouy])"), "x"),
    (re.compile(r"tr(?=[aeiouy])"), "ch"),
    (re.compile(r"gi(?=[aouy])"), "d"),  # gia, giữ; but giêng is gi + iêng
    (re.compile(r"gi"), "di"),
    (re.compile(r"r(?=[aeiouy])"), "d"),
]
_ENDINGS = [(re.compile(r"(?<=[aeiouy])ng$"), "n"), (re.compile(r"(?<=[aeiouy])c$"), "t")]


def sound(folded_token: str) -> str:
    """The key of a folded token: "trường" folded, "truong" → "chuon", as "chuong". Other scripts and numbers stay.

    Idempotent.
    """
    if not _LETTERS.fullmatch(folded_token):
        return folded_token
    word = plain(folded_token)
    for beginning, key in _BEGINNINGS:
        found = beginning.match(word)
        if found:
            word = key + word[found.end() :]
            break
    for ending, key in _ENDINGS:
        word = ending.sub(key, word)
    return plain(word)
