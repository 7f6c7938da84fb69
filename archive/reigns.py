"""Reign eras: from "Minh Mạng năm thứ 19" or 明命十九年 to a year. Pure.

Source of the table: archive/data/reigns.json, with the pages it was compiled from.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive.folding import fold, nfc

TABLE = Path(__file__).parent / "data" / "reigns.json"
HAN = "[\u3400-\u4dbf\u4e00-\u9fff〇]"  # a character of dates
NUMERALS = "〇一二三四五六七八九"
DIGITS = {char: value for value, char in enumerate(NUMERALS)} | {"零": 0, "兩": 2, "两": 2}
TENS = {"十": 10, "廿": 20, "卄": 20, "卅": 30, "卌": 40}


@dataclass(frozen=True)
class Era:
    """first, last: Gregorian years of the first and last lunar year; last is None while no end is set."""

    name: str
    han: str
    first: int
    last: int | None
    also: tuple[str, ...] = ()

    def year(self, number: int) -> int:
        """The Gregorian year in which the lunar year `number` (1 = nguyên niên) begins."""
        return self.first + number - 1

    def holds(self, number: int) -> bool:
        return self.last is None or self.year(number) <= self.last


@dataclass(frozen=True)
class Period:
    """A dynasty, or the rule of a king or a lord; spans: first and last years, more than one for who ruled twice."""

    name_vi: str
    name_en: str
    spans: tuple[tuple[int, int], ...]
    also: tuple[str, ...] = ()


@cache
def _table() -> dict:
    return json.loads(TABLE.read_text(encoding="utf-8"))


@cache
def eras() -> dict[str, Era]:
    """Eras by folded name, variant and Hán name."""
    found = {}
    for row in _table()["eras"]:
        era = Era(row["name"], row["han"], row["first"], row["last"], tuple(row.get("also", ())))
        for name in (era.name, era.han, *era.also):
            found[fold(name)] = era
    return found


def spelling(folded: str) -> str:
    """A folded name as it is spelled: "minh menh" → "Minh Mệnh"; the main name of a Hán one."""
    era = eras()[folded]
    return next((name for name in era.also if fold(name) == folded), era.name)


@cache
def periods() -> dict[str, list[Period]]:
    """Dynasties, lords and kings by folded name; kings are those of the eras' table.

    Some are one when folded: Lê Hiến Tông and Lê Hiển Tông.
    """
    rules: dict[str, list] = {}
    for row in _table()["eras"]:
        if row["last"]:
            king = re.sub(r" ?\(.*\)", "", row.get("monarch", ""))
            rules.setdefault(king, []).append((row["first"], row["last"]))
    rules.pop("", None)
    listed = [
        Period(row["name"], row["en"], ((row["first"], row["last"]),), (row["name"], *row.get("also", ())))
        for row in _table()["periods"]
    ] + [Period(f"vua {king}", f"reign of {king}", _joined(sorted(spans)), (king,)) for king, spans in rules.items()]
    found: dict[str, list[Period]] = {}
    for period in listed:
        for name in period.also:
            found.setdefault(fold(name), []).append(period)
    return found


def period(folded: str, text: str) -> Period | None:
    """The period of a folded name; of several, the one that text (as written) spells with its tones, or None."""
    several = periods()[folded]
    if len(several) > 1:
        written = nfc(text).casefold()
        several = [one for one in several if any(nfc(name).casefold() in written for name in one.also)]
    return several[0] if len(several) == 1 else None


def _joined(spans: list) -> tuple:
    """Spans that follow each other become one."""
    whole = spans[:1]
    for first, last in spans[1:]:
        if first <= whole[-1][1] + 1:
            whole[-1] = (whole[-1][0], max(last, whole[-1][1]))
        else:
            whole.append((first, last))
    return tuple(whole)


def _any_of(names) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@cache
def pattern() -> str:
    """An expression for any era's name in folded text, the longer names first."""
    return _any_of(eras())


@cache
def period_pattern(alone: bool = False) -> str:
    """The same for the names of periods. alone: those that need no word such as "đời" before them."""
    return _any_of(name for name in periods() if not alone or name.startswith(("chua ", "cac chua ", "viet nam ")))


def han_number(text: str) -> int | None:
    """十九 → 19, 元 → 1, 廿一 → 21, 一九 → 19; None when it isn't a number below 100."""
    if text == "元":
        return 1
    if text and all(char in DIGITS for char in text):
        number = int("".join(str(DIGITS[char]) for char in text))
        return number if 0 < number < 100 else None
    found = re.fullmatch(r"([一二三四五六七八九]?)([十廿卄卅卌])([一二三四五六七八九]?)", text)
    if not found or (found[1] and found[2] != "十"):
        return None
    return TENS[found[2]] * DIGITS.get(found[1], 1) + DIGITS.get(found[3], 0)


# Folded words of numbers, Vietnamese ("mười chín") and as Hán is read aloud ("thập cửu").
UNITS = {
    "mot": 1, "nhat": 1, "hai": 2, "nhi": 2, "ba": 3, "tam": 3, "tu": 4, "bon": 4, "nam": 5, "lam": 5, "ngu": 5,
    "sau": 6, "luc": 6, "bay": 7, "that": 7, "bat": 8, "chin": 9, "cuu": 9,
}  # fmt: skip
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
TENS_SPOKEN = rf"(?:(?:{_UNIT}) )?muoi(?: (?:{_UNIT}))?(?![a-z])"  # "muoi chin", "hai muoi mot"
SPOKEN = rf"(?:(?:{_UNIT}) )?(?:muoi|thap)(?: (?:{_UNIT}))?(?![a-z])|(?:{_UNIT})(?![a-z])"


def spoken_number(text: str) -> int | None:
    """Folded words to a number below 100: "muoi chin" → 19, "thap cuu" → 19, "nhi thap" → 20; None for others.

    "tam" is three as Hán is read and eight in Vietnamese; beside "thap" it is three, beside "muoi" eight.
    """
    if not re.fullmatch(SPOKEN, text):
        return None
    words = text.split()
    units = UNITS if "thap" in words else UNITS | {"tam": 8}
    if not set(words) & {"muoi", "thap"}:
        return units[text]
    tens = units[words[0]] if words[0] in units else 1
    return tens * 10 + units.get(words[-1], 0)


def to_han(number: int) -> str:
    """19 → 十九, 1 → 元, for years of an era below 100."""
    if number == 1:
        return "元"
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else NUMERALS[tens]) + ("十" if tens else "") + (NUMERALS[ones] if ones else "")
