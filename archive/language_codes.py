"""Languages as curators type them: a BCP 47 code, or one of the words that the catalogue knows. Pure."""

import re

from .display import LANGUAGES, language
from .folding import fold

CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*")
EXAMPLES = "vi, vi-Hani, lzh, fr, la"


def read(text: str) -> str:
    """The code of a language: "LZH" → "lzh", "Hán văn" → "lzh", "tiếng Pháp" → "fr". Raises ValueError."""
    text = text.strip()
    words = {fold(word): code for code, pair in LANGUAGES.items() for word in pair.values()}
    short = {fold(word).removeprefix("tieng "): code for code, pair in LANGUAGES.items() for word in pair.values()}
    codes = {code.lower(): code for code in LANGUAGES}
    found = codes.get(text.lower()) or words.get(fold(text)) or short.get(fold(text))
    if found:
        return found
    if not CODE.fullmatch(text):
        raise ValueError(text)
    first, *rest = text.split("-")
    shapes = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(shapes.get(len(part), str.lower)(part) for part in rest)])


def offered(lang: str) -> list[tuple[str, str]]:
    """(code, words in "vi" or "en") of the languages that the catalogue knows."""
    return [(code, language(code, lang)) for code in LANGUAGES]
