"""Roman numerals for the numbers of sections. Pure."""

NUMERALS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """4 → "IV"; for 1 to 399, else the digits."""
    if not 1 <= number < 400:
        return str(number)
    text = ""
    for value, numeral in NUMERALS:
        count, number = divmod(number, value)
        text += numeral * count
    return text
