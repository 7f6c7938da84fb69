"""From a cell's text to a field's value. Pure: raises Bad with a sentence for whoever fills in the sheet."""

import datetime
import re
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext_noop as noop

from media.sentences import Sentence

from .. import coordinates
from ..dates import DateError, parse
from ..folding import fold
from ..vocabulary import CONFIDENCE, KINDS, PRIME_MERIDIANS, RIGHTS, ROLES, SHOWN_AS, SIDES
from . import lists

UNKNOWN = noop("“%(text)s” không thuộc danh mục. Nhận: %(choices)s.")
NOT_FLAG = noop("“%(text)s” không rõ là có hay không. Ghi “có” hoặc “không”.")
NOT_COUNT = noop("“%(text)s” không phải là số nguyên từ 0 trở lên. Ví dụ: 12.")
NOT_DAY = noop("“%(text)s” không phải là một ngày. Ví dụ: 22/10/1956 hoặc 1956-10-22.")
NOT_WIDTH = noop("“%(text)s” không phải là số điểm ảnh. Ví dụ: 2000; 0 là không giới hạn.")

YES = {"co", "x", "1", "true", "yes", "y", "dung", "da xac nhan", "✓", "v"}
NO = {"khong", "0", "false", "no", "n", "sai", ""}
WHOLE = re.compile(r"([+-]?\d+)[.,]0+\Z")
LARGEST_WIDTH = 200_000  # pixels


class Bad(Sentence, ValueError):
    """A cell that can't be read."""


class Names:
    """A vocabulary's names in the language that is active when they are read."""

    def __init__(self, vocabulary: dict[str, dict]):
        self.vocabulary = vocabulary

    def __str__(self):
        lang = "en" if (get_language() or "vi").startswith("en") else "vi"
        return "; ".join(names[lang] for names in self.vocabulary.values())


class OwnSentence(Bad):
    """What archive.dates or archive.coordinates can't read: its own sentence, in the active language."""

    def __init__(self, error: Exception):
        super().__init__("")
        self.error = error

    def __str__(self):
        return str(self.error)


def line(text: str) -> str:
    return " ".join(text.split())


def text(given: str) -> str:
    return given.strip()


def split(text: str) -> list[str]:
    """Parts of a list, by lines where there are several, else by semicolons."""
    return [part.strip() for part in slots(text) if part.strip()]


def slots(text: str) -> list[str]:
    """Like split, but empty parts stay, for lists that run beside another; a last empty one doesn't."""
    parts = text.split("\n") if "\n" in text else text.split(";")
    parts = [line(part) for part in parts]
    while parts and not parts[-1]:
        parts.pop()
    return parts


def lines(text: str) -> str:
    return "\n".join(split(text))


def codes(text: str) -> str:
    """Language codes, however they are separated: "lzh; vi-Hani" → "lzh vi-Hani"."""
    return " ".join(re.split(r"[\s,;]+", text.strip())).strip()


def date(text: str) -> str:
    """The text of a date, after reading it; "1838.0" is what a program made of the number 1838."""
    text = line(text)
    found = WHOLE.match(text)
    if found:
        text = found[1]
    if text:
        try:
            _parsed(text)
        except DateError as error:
            raise OwnSentence(error) from error
    return text


def date_warning(text: str):
    """What the curator should look at in a date that could be read: a (lazy) sentence, or ""."""
    return _parsed(text).warning if text else ""


_parsed = lru_cache(maxsize=2000)(parse)  # a sheet has few dates for its rows


def degrees(text: str, axis: str, lang: str = "") -> float | None:
    """Decimal degrees, or degrees, minutes and seconds; axis: "lat" or "lon"; lang: of a lone N (coordinates.parse)."""
    if not line(text):
        return None
    try:
        return coordinates.parse(line(text), axis, lang)
    except coordinates.CoordinateError as error:
        raise OwnSentence(error) from error


def lat(text: str) -> float | None:
    return degrees(text, "lat")


def lon(text: str) -> float | None:
    return degrees(text, "lon")


def count(text: str) -> int | None:
    """A whole number; "12.0" is what a program made of 12, and points may group thousands."""
    digits = WHOLE.sub(r"\1", line(text)).replace(" ", "")
    if not digits:
        return None
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits, re.ASCII):
        digits = re.sub(r"[.,]", "", digits)
    if not re.fullmatch(r"\d{1,9}", digits, re.ASCII):
        raise Bad(NOT_COUNT, text=line(text))
    return int(digits)


def day(text: str) -> datetime.date | None:
    """A day as people write it."""
    text = line(text)
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(parse(text).edtf)
    except (DateError, ValueError) as error:
        raise Bad(NOT_DAY, text=text) from error


def texts(text: str) -> list[str]:
    """Long texts beside the list of scans."""
    return lists.read_texts(text)


def meridian(text: str) -> str:
    return choice(text, PRIME_MERIDIANS)


def sides(text: str) -> list[str]:
    return [choice(part, SIDES) for part in slots(text)]


def flag(text: str) -> bool:
    word = fold(line(text))
    if word not in YES | NO:
        raise Bad(NOT_FLAG, text=line(text))
    return word in YES


def flags(text: str) -> list[bool]:
    return [flag(part) for part in slots(text)]


def widths(text: str) -> list[int]:
    return [_width(part) for part in slots(text)]


def _width(text: str) -> int:
    text = WHOLE.sub(r"\1", text) or "0"
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or int(text) > LARGEST_WIDTH:
        raise Bad(NOT_WIDTH, text=text)
    return int(text)


def choice(text: str, vocabulary: dict[str, dict]) -> str:
    """A key of `vocabulary`, given as the key or as one of its names."""
    word = fold(line(text)).replace("_", " ")
    if not word:
        return ""
    for key, names in vocabulary.items():
        if word in {fold(name).replace("_", " ") for name in (key, *names.values())}:
            return key
    raise Bad(UNKNOWN, text=line(text), choices=Names(vocabulary))


def kind(text: str) -> str:
    return choice(text, KINDS)


def shown_as(text: str) -> str:
    return choice(text, SHOWN_AS)


def confidence(text: str) -> str:
    return choice(text, CONFIDENCE)


def role(text: str) -> str:
    return choice(text, ROLES)


def rights(text: str) -> str:
    """A statement's URI (http or https, with or without the last slash), short name or label."""
    bare = line(text).removeprefix("https://").removeprefix("http://").rstrip("/")
    for uri in RIGHTS:
        if bare.lower() == uri.split("://")[1].rstrip("/").lower():
            return uri
    return choice(text, RIGHTS)


READERS = {
    reader.__name__: reader
    for reader in (
        line,
        text,
        lines,
        codes,
        date,
        lat,
        lon,
        count,
        day,
        texts,
        meridian,
        sides,
        flag,
        flags,
        slots,
        widths,
        kind,
        shown_as,
        confidence,
        rights,
    )
}
