"""The cycle of sixty years: Giáp Tý (甲子) to Quý Hợi (癸亥). Pure.

Year 4 was Giáp Tý, and so each year n with (n - 4) divisible by 60. The names are of lunar years, which begin in
January or February of the year whose number they get here.
"""

import re

from archive.folding import fold

STEMS = "Giáp Ất Bính Đinh Mậu Kỷ Canh Tân Nhâm Quý".split()
BRANCHES = "Tý Sửu Dần Mão Thìn Tỵ Ngọ Mùi Thân Dậu Tuất Hợi".split()
HAN_STEMS, HAN_BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
OTHER_STEMS = {"ki": 5, "qui": 9, "dinh": 3}
OTHER_BRANCHES = {"ti": 0, "meo": 3, "vi": 7, "tuat": 10}
# A year name alone is taken for one of these years: a decision, told in docs/dates.md. Until 1945 papers were dated so;
# before 1700 few are, and a century or an era written beside the name reaches them.
FIRST, LAST = 1700, 1945

_STEM_NUMBERS = {fold(name): number for number, name in enumerate(STEMS)} | OTHER_STEMS
_BRANCH_NUMBERS = {fold(name): number for number, name in enumerate(BRANCHES)} | OTHER_BRANCHES
PATTERN = rf"(?:{'|'.join(_STEM_NUMBERS)}) (?:{'|'.join(_BRANCH_NUMBERS)})|[{HAN_STEMS}][{HAN_BRANCHES}]"


def number(text: str) -> int | None:
    """The place (0 to 59) in the cycle of a folded name or a Hán one; None when there is no such year.

    Tý (鼠) and Tỵ (蛇) are one word without their tones: only one of them goes with each stem.
    """
    if re.fullmatch(f"[{HAN_STEMS}][{HAN_BRANCHES}]", text):
        stem, branch = HAN_STEMS.index(text[0]), HAN_BRANCHES.index(text[1])
    else:
        first, second = text.split()
        stem, branch = _STEM_NUMBERS[first], _BRANCH_NUMBERS[second]
        if second in ("ty", "ti"):
            branch = 0 if stem % 2 == 0 else 5
    return next((n for n in range(60) if n % 10 == stem and n % 12 == branch), None)


def of_year(year: int) -> int:
    """The place in the cycle of a year: 1838 → 34 (Mậu Tuất)."""
    return (year - 4) % 60


def name(place: int) -> str:
    """31 → "Ất Mùi"."""
    return f"{STEMS[place % 10]} {BRANCHES[place % 12]}"


def years(place: int, first: int = FIRST, last: int = LAST) -> list[int]:
    """The years of that name from first to last, both included."""
    return list(range(first + (place - of_year(first)) % 60, last + 1, 60))
