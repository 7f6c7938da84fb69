"""Groups of words that mean the same, as curators write them, into what is looked up. Pure."""

from .analysis import tokens

LONGEST = 100  # characters of a word or phrase
MOST = 20  # of them in a group


def terms(text: str) -> tuple[str, ...]:
    """A word or phrase as folded tokens."""
    return tuple(token.folded for token in tokens(text))


def ways(words: str, one_way: bool) -> dict[tuple[str, ...], list[str]]:
    """In: the lines of a group. Out: {folded tokens: the other words that are searched too, as shown}."""
    lines = [line for line in words.split("\n") if terms(line)]
    leading = lines[:1] if one_way else lines
    return {terms(line): [other for other in lines if other != line] for line in leading}
