"""Centuries as a facet. Pure."""


def century(year: int) -> int:
    """1838 → 19; 1900 → 19; the year 0 and before are negative: 0 (1 BC) → -1."""
    return (year - 1) // 100 + 1 if year > 0 else -((-year) // 100 + 1)


def centuries(year_from: int | None, year_to: int | None) -> list[str]:
    """The centuries that a date touches, at most 30 of them."""
    if year_from is None and year_to is None:
        return []
    first = century(year_from if year_from is not None else year_to)
    last = century(year_to if year_to is not None else year_from)
    return [str(number) for number in range(first, min(last, first + 30) + 1) if number]
