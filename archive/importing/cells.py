"""What a cell holds, as text: numbers as people write them, no control characters. Pure."""

import datetime
import math
import re
import unicodedata

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ud800-\udfff\ufffe\uffff]")
# What a spreadsheet program would take for a formula; an export writes an apostrophe before it.
FORMULA = re.compile(r"[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?\Z")
ERRORS = {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"}


class Faulty(str):
    """A cell's text that can't be taken as it is: `reason`, with `values` for its %(name)s, says why and what to do."""

    def __new__(cls, text: str, reason: str, /, **values):
        cell = super().__new__(cls, text)
        cell.reason, cell.values = reason, values
        return cell


def text_of(value) -> str:
    """In: what a reader gives (None, str, bool, number, date). Out: NFC text; "" for nothing."""
    return clean(plain(value))


def plain(value) -> str:
    """The text of a value as it stands in the file; a string stays what it is."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "seconds")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)


def clean(text: str) -> str:
    """NFC, without control characters, blanks around it and the apostrophe that makes a formula harmless."""
    text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text).strip(" \t\u00a0\u3000")
    return text[1:] if text[:1] == "'" and FORMULA.match(text[1:2]) else text


def _number(value: float) -> str:
    if math.isnan(value) or math.isinf(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def harmless(text: str) -> str:
    """Text for an exported cell that no spreadsheet program runs; text_of takes the apostrophe off again."""
    if FORMULA.match(text[:1]) and not NUMBER.match(text):
        return "'" + text
    return text
