"""A plan as tantivy's queries."""

import math
from functools import lru_cache
from itertools import combinations

from tantivy import FieldType, Occur
from tantivy import Query as Q

from search import plan as plans
from search.documents import FLOATS

from .embedded_schema import SCHEMA

FEW = 16  # values
SEEK = 3  # entries of the index that are read in the time in which one is sought
DEEPEST = 32  # queries within queries: tantivy goes down them on the stack, and a server's threads have small ones


class Asked:
    """A plan as tantivy's queries. Tiers share most of their conditions, and most searches need few of the tiers: each
    query is made when it is first asked for, and once."""

    def __init__(self, plan: plans.Plan, searcher):
        self.plan, self.searcher = plan, searcher
        self._only: dict[int, tuple[float, Q]] = {}
        self._made: dict[int, Q] = {}  # by the condition's id: the plan holds them all
        self._counted: dict[tuple[str, str], int] = {}
        self._choices = [when for _, when in plan.choices]
        self._within = [
            (Occur.Should, Q.boost_query(Q.term_query(SCHEMA, part, word, "freq"), boost))
            for part, word, boost in plan.words
        ]
        self._within += [
            (Occur.Should, Q.const_score_query(self.condition(when), points)) for when, points in plan.leans
        ]
        self.matching = self._plain(self._choices)

    def matching_but(self, facet: str) -> Q:
        """What is found, a facet's own choice left aside."""
        return self._plain([when for other, when in self.plan.choices if other != facet])

    def _plain(self, choices) -> Q:
        """Without an order: for counts, and for orders by keys."""
        return Q.const_score_query(self._all((self.plan.match, self.plan.base, *choices)), 0.0)

    @property
    def number_of_tiers(self) -> int:
        return len(self.plan.tiers)

    def tier(self, place: int) -> tuple[float, Q]:
        """(score, hits) of the place-th tier, the best is 0."""
        return self._tier(place, ())

    def only(self, place: int) -> tuple[float, Q]:
        """The same, without the hits of better tiers."""
        if place not in self._only:
            self._only[place] = self._tier(place, self.plan.tiers[:place])
        return self._only[place]

    def _tier(self, place: int, better) -> tuple[float, Q]:
        tier = self.plan.tiers[place]
        score = float(tier.rank * plans.STEP)
        own = self._all((tier.when, self.plan.base, *self._choices), [each.when for each in better])
        hits = Q.const_score_query(own, 0.0)
        if not self._within:
            return score, hits
        if not self._one_by_one(tier.when):
            return score, Q.boolean_query([(Occur.Must, hits), *self._within])
        for word in self._within:
            hits = Q.boolean_query([(Occur.Must, hits), word])
        return score, hits

    def _one_by_one(self, when) -> bool:
        """Whether the words are scored one after the other in what meets a condition. All together they are read from
        end to end; where the hits are few, it takes less to seek each word in each of them.

        How many hits: between what there can be at most and what there would be if words knew nothing of each other.
        """
        size = len(self._within)
        if size > DEEPEST:
            return False
        most, unrelated = self._sizes(when)
        sought = math.sqrt(most * unrelated) * SEEK * size
        if sought >= self.searcher.num_docs * size:
            return False
        read = 0
        for part, word, _boost in self.plan.words:
            read += self._held(part, word)
            if read > sought:
                return True
        return False

    def _held(self, part: str, word: str) -> int:
        """How many records hold a word."""
        found = self._counted.get((part, word))
        if found is None:
            found = self._counted[part, word] = self.searcher.doc_freq(part, word)
        return found

    def _sizes(self, when) -> tuple[float, float]:
        """How many records meet a condition: (no more than these, so many if its parts came by chance)."""
        kind, every = type(when), self.searcher.num_docs
        if kind is plans.Has:
            least = min(self._held(when.part, token) for token in when.tokens)
            return least, least
        if kind is plans.OneOf:
            total = min(every, sum(self._held(when.part, value) for value in when.values))
            return total, total
        if kind is plans.All:
            most = chance = every
            for one in when.of:
                bound, likely = self._sizes(one)
                most, chance = min(most, bound), chance * likely / every if every else 0
            return most, chance
        if kind is plans.Some:  # of any so many of them as may fail, and one more, one holds
            sizes = [self._sizes(one) for one in when.of]
            rarest = max(0, len(sizes) - when.least + 1)
            return tuple(min(every, sum(sorted(column)[:rarest])) for column in zip(*sizes, strict=True)) or (0, 0)
        return every, every

    def condition(self, when) -> Q:
        made = self._made.get(id(when))
        if made is None:
            made = self._made[id(when)] = self._make(when)
        return made

    def _make(self, when) -> Q:
        kind = type(when)  # one after the other: a search has hundreds of them, the first kinds most
        if kind is plans.Has:
            return _has(when.part, when.tokens)
        if kind is plans.Some:
            return self._some(when.of, when.least)
        if kind is plans.All:
            return self._all(when.of)
        if kind is plans.Begins:
            return _begins(when.part, when.start)
        if kind is plans.OneOf:
            return _one_of(when.part, when.values)
        if kind is plans.Between:
            return _between(when.part, when.least, when.most)
        if kind is plans.Not:
            return Q.boolean_query([(Occur.Must, Q.all_query()), (Occur.MustNot, self.condition(when.of))])
        raise TypeError(f"no condition: {when!r}")

    def _some(self, of, least: int) -> Q:
        if len(of) < least:
            return Q.empty_query()
        if least == 1:
            return self._either(of)
        if 2 < len(of) == least + 1 <= FEW:  # counting ways takes longer than this: of any two there is one
            twos = _weakest(frozenset(_flat(two, _is_either)) for two in combinations(of, 2))
            return Q.boolean_query([(Occur.Must, self._either(ways)) for ways in twos])
        return Q.boolean_query([(Occur.Should, self.condition(one)) for one in of], least)

    def _either(self, of) -> Q:
        ways = [self.condition(one) for one in dict.fromkeys(_flat(of, _is_either))]
        if not ways:
            return Q.empty_query()
        return ways[0] if len(ways) == 1 else Q.boolean_query([(Occur.Should, way) for way in ways])

    def _all(self, of, none=()) -> Q:
        """All of some conditions and none of others."""
        of = tuple(_flat(of, _is_all))
        positive = [(Occur.Must, self.condition(one)) for one in of if not isinstance(one, plans.Not)]
        negative = [(Occur.MustNot, self.condition(one.of)) for one in of if isinstance(one, plans.Not)]
        negative += [(Occur.MustNot, self.condition(one)) for one in none]
        return Q.boolean_query([*(positive or [(Occur.Must, Q.all_query())]), *negative])


def _flat(of, like):
    """Without conditions in conditions of their own kind: seeking in a nest of them costs many times as much."""
    for one in of:
        yield from _flat(one.of, like) if like(one) else (one,)


def _weakest(sets) -> list[frozenset]:
    """Without sets that hold another: where one of the other's ways is met, so is one of theirs."""
    kept: list[frozenset] = []
    for ways in sorted(set(sets), key=len):
        if not any(other <= ways for other in kept):
            kept.append(ways)
    return kept


def _is_all(when) -> bool:
    return isinstance(when, plans.All)


def _is_either(when) -> bool:
    return isinstance(when, plans.Some) and when.least == 1


@lru_cache(maxsize=1_000)
def _begins(part: str, start: str) -> Q:
    """Kept: it is asked for several times in a search, and a pattern takes longer to read than most searches do."""
    return Q.regex_query(SCHEMA, part, f"{start}.*")


def _has(part: str, tokens: tuple[str, ...]) -> Q:
    if len(tokens) == 1:
        return Q.term_query(SCHEMA, part, tokens[0], "basic")
    return Q.phrase_query(SCHEMA, part, list(tokens))


def _one_of(part: str, values: tuple[str, ...]) -> Q:
    """A set gathers all that it holds before it answers; a few words are better sought one by one."""
    if len(values) > FEW:
        return Q.term_set_query(SCHEMA, part, list(values))
    ways = [(Occur.Should, Q.term_query(SCHEMA, part, value, "basic")) for value in values]
    return ways[0][1] if len(ways) == 1 else Q.boolean_query(ways) if ways else Q.empty_query()


def _between(part: str, least, most) -> Q:
    kind, convert = (FieldType.Float, float) if part in FLOATS else (FieldType.Integer, int)
    bounds = [None if bound is None else convert(bound) for bound in (least, most)]
    return Q.range_query(SCHEMA, part, kind, *bounds)
