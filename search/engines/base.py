"""What every engine does. The two implementations add nothing to the meaning of a plan."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field

from search.plan import STEP, Plan

MOST_VALUES = 5_000  # of a facet that are counted


class EngineError(Exception):
    """The engine can't answer or can't be written: it is down, slow, or its index is missing."""


@dataclass(frozen=True)
class Hit:
    """One record found. `rank`: of its tier, None in an order by keys. `key`: its place in the order."""

    identifier: str
    version: str
    rank: int | None
    key: tuple


@dataclass(frozen=True)
class Counts:
    """`total`: of all hits; only of those on the page where the plan doesn't ask. `facets`: {facet: {value: count}},
    only of values that something has."""

    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """`start`: place of the first hit, from 0. An engine may still be counting when the hits are here: who asks for
    the total or the facets first waits, and meets the engine's errors there."""

    hits: tuple[Hit, ...] = ()
    start: int = 0
    counts: Counts = Counts()

    @property
    def total(self) -> int:
        return self.counts.total

    @property
    def facets(self) -> dict[str, dict[str, int]]:
        return self.counts.facets

    def more_than(self, number: int) -> bool:
        """Whether there are more hits, without waiting for their number where the page tells it."""
        return len(self.hits) > number or self.total > number


class Engine(ABC):
    """An engine holds indices by name. Only search.indexer calls what writes.

    Every method raises EngineError when the engine or the index isn't there.
    """

    name: str
    schema: str  # `digest` of what defines an index: where it is another, the index is built anew

    @abstractmethod
    def search(self, index: str, plan: Plan) -> Found:
        """Hits in the plan's order with total and facet counts."""

    @abstractmethod
    def versions(self, index: str) -> dict[str, str]:
        """Everything the index holds: {identifier: version}."""

    @abstractmethod
    def exists(self, index: str) -> bool: ...

    @abstractmethod
    def create(self, index: str) -> None:
        """An empty index; one of that name is replaced."""

    @abstractmethod
    def write(self, index: str, documents: Iterable[dict], gone: Iterable[str], sequence: int) -> None:
        """Put index documents in place of former ones and remove identifiers, all seen by the next search.

        `sequence`: place in the outbox; what is older than the entry it would replace is dropped.
        """

    @abstractmethod
    def fill(self, index: str, documents: Iterable[dict], sequence: int) -> None:
        """Put index documents into an index just made that holds none of them. They are seen after `filled`."""

    @abstractmethod
    def filled(self, index: str) -> None:
        """What was filled is seen from now on, and lies as it is read quickest."""

    def settle(self) -> None:  # noqa: B027  (most engines have nothing to do)
        """Housekeeping after writes, when nobody waits."""

    @abstractmethod
    def publish(self, index: str) -> None:
        """This index is the live one from now on: point to it, drop the others."""


def digest(definition) -> str:
    """Eight hexadecimal digits of plain data, the same in every process and on every machine."""
    text = json.dumps(definition, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def rank_of(score: float) -> int:
    return int(score // STEP)
