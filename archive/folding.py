"""Fold text so that it is found however it is typed: without diacritics, composed or decomposed, in any width. Pure."""

import re
import unicodedata

# Letters that Unicode doesn't decompose but people type plain.
PLAIN = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"})
DASHES = re.compile("[‐-―−﹘﹣－]")
APOSTROPHES = re.compile("[‘’ʼ`´＇]")


def nfc(text: str) -> str:
    """Composed form (NFC); what is stored and compared exactly."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case, no diacritics, đ → d, widths unified, dashes and apostrophes unified, spaces collapsed.

    Hán and Nôm characters stay as they are, Extension B too. Idempotent.
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    text = unicodedata.normalize("NFD", APOSTROPHES.sub("'", DASHES.sub("-", text)))
    text = "".join(char for char in text if not unicodedata.combining(char)).translate(PLAIN)
    return " ".join(unicodedata.normalize("NFC", text).split())
