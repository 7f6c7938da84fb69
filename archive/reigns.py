"""Reign eras: from "Minh Mạng năm thứ 19" or 明命十九年 to a year. Pure.

Source of the table: archive/data/reigns.json, with the pages it was compiled from.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive.folding import fold

TABLE = Path(__file__).parent / "data" / "reigns.json"
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


@cache
def eras() -> dict[str, Era]:
    """Eras by folded name, variant and Hán name."""
    found = {}
    for row in json.loads(TABLE.read_text(encoding="utf-8"))["eras"]:
        era = Era(row["name"], row["han"], row["first"], row["last"], tuple(row.get("also", ())))
        for name in (era.name, era.han, *era.also):
            found[fold(name)] = era
    return found


@cache
def pattern() -> str:
    """An expression for any era's name in folded text, the longer names first."""
    return "|".join(re.escape(name) for name in sorted(eras(), key=len, reverse=True))


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


def to_han(number: int) -> str:
    """19 → 十九, 1 → 元, for years of an era below 100."""
    if number == 1:
        return "元"
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else NUMERALS[tens]) + ("十" if tens else "") + (NUMERALS[ones] if ones else "")
