"""What an engine is asked of a record: a small tree of the classes below. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Has:
    """`tokens` stand side by side in a text part (one token: it occurs)."""

    part: str
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Begins:
    """A token of a text part begins with `start`."""

    part: str
    start: str


@dataclass(frozen=True)
class OneOf:
    """A list part holds one of these values."""

    part: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """A number part lies in a closed range; None is open. Absent numbers don't match."""

    part: str
    least: float | None
    most: float | None


@dataclass(frozen=True)
class All:
    of: tuple = ()  # of nothing: everything


@dataclass(frozen=True)
class Some:
    """At least `least` of these."""

    of: tuple = ()  # of nothing: nothing
    least: int = 1


@dataclass(frozen=True)
class Not:
    of: object
