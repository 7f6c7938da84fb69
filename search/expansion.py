"""Other ways to say a part of the box: what the gazetteer or the site's synonyms know it by. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Expansion:
    """Groups `first` to `last` (inclusive, from 0) of Query.groups may also be said in these ways.

    `ways`: the folded tokens of each other name, which stand side by side; `names`: the same as shown to people;
    `place`: the key of the place that bears them, "" where it is a synonym.
    """

    first: int
    last: int
    ways: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    place: str = ""
