"""Centuries as a facet, counted as EDTF counts them: the 17th is the years that begin with 16. Pure.

archive.dates reads "thế kỷ 17" as 16XX, 1600 to 1699; were the years counted from 1601, whatever is dated "thế kỷ 17"
would stand under the 16th century too.
"""


def century(year: int) -> int:
    """1838 → 19; 1900 → 20; 99 → 1. Years up to 0 (1 BC) are negative: 0 and -99 → -1; -100 → -2."""
    return year // 100 + 1 if year > 0 else -((-year) // 100 + 1)


def centuries(year_from: int | None, year_to: int | None) -> list[str]:
    """The centuries that a date touches, at most 30 of them."""
    if year_from is None and year_to is None:
        return []
    first = century(year_from if year_from is not None else year_to)
    last = century(year_to if year_to is not None else year_from)
    return [str(number) for number in range(first, min(last, first + 30) + 1) if number]


MOST_DECADES = 100  # of one date that are counted


def decades(year_from: int | None, year_to: int | None) -> list[str]:
    """The decades that a date touches, each by its first year: 1838 → "1830", -5 → "-10".

    What is dated "thế kỷ 17" counts in all ten from 1600 to 1690. A range of more than a thousand years counts in its
    first fifty decades and its last fifty.
    """
    if year_from is None and year_to is None:
        return []
    first = (year_from if year_from is not None else year_to) // 10
    last = (year_to if year_to is not None else year_from) // 10
    touched = range(first, last + 1)
    if len(touched) > MOST_DECADES:
        touched = [*touched[: MOST_DECADES // 2], *touched[-MOST_DECADES // 2 :]]
    return [str(number * 10) for number in touched]
