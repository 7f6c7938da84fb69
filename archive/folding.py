"""Fold text so that it is found however it is typed: without diacritics, composed or decomposed, in any width. Pure."""

import re
import unicodedata

# Letters that Unicode doesn't decompose but people type plain.
PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ħ": "h", "ŧ": "t"}
)
DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
APOSTROPHES = re.compile("[\u2018\u2019\u02bc`\u00b4\uff07]")
# Diacritics; characters without a width that pasted text brings along; variation selectors.
DROPPED = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u00ad\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)


def nfc(text: str) -> str:
    """Composed form (NFC); what is stored and compared exactly."""
    return unicodedata.normalize("NFC", text)


def _plain(text: str) -> str:
    return nfc(text).replace("\r\n", "\n").replace("\0", "")


def composed(data):
    """What a form posted, as imports store it: text composed (NFC), lines ended by a line feed alone.

    Some keyboards send letters and accents apart, browsers end lines with two characters, and text pasted from some
    programs holds NUL, which nobody sees and no database keeps. None stays None.
    """
    if not hasattr(data, "setlist"):
        return data
    copy = data.copy()
    for name, values in data.lists():
        copy.setlist(name, [_plain(value) if isinstance(value, str) else value for value in values])
    return copy


def fold(text: str) -> str:
    """Lower case, no diacritics, đ → d, widths unified, dashes and apostrophes unified, spaces collapsed.

    Hán and Nôm characters stay as they are, Extension B too. Idempotent.
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    text = unicodedata.normalize("NFD", APOSTROPHES.sub("'", DASHES.sub("-", text)))
    text = DROPPED.sub("", text).translate(PLAIN)
    return " ".join(unicodedata.normalize("NFC", text).split())
