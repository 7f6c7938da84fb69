"""Order and paging of the embedded engine: tantivy sorts by one number, an order of ours needs several.

By keys: the hits are sorted by the first number of the key; those that share it are put in order here, by the next
numbers (search.sorting.ordinals) and, where none tells them apart, by the stored key. The engine sorts again only those
of which it has more than it gave. So a page costs the same wherever it is, with a cursor. By rank: tier after tier,
since the best hold few and are quick to find, until the page is full; within one the window of hits grows until it
holds whole runs of equal scores, which `tie` puts in order.
"""

from collections import Counter

from tantivy import FieldType, Occur, Order
from tantivy import Query as Q

from search import sorting

SURE = 2  # tiers that are asked whatever the number of hits: few find all in them
SPARE = 16  # hits beyond a page that are fetched with it, to see where a run of equals ends


class ByKey:
    """The hits of a query in the order of a sort part."""

    def __init__(self, searcher, schema, query, order: str):
        self.searcher, self.schema, self.query, self.order = searcher, schema, query, order
        self.parts = sorting.ordinal_parts(order)

    def part(self, start: int, size: int):
        """[(key, address)] from the start-th hit on, from 0."""
        page = _Page(size, skip=start)
        self._fill(page, self.query, 0, None)
        return self._keyed(page)

    def after(self, key: str, position: int, size: int):
        """(start, [(key, address)]) of the hits behind a key; `position` tells how many are before them."""
        page = _Page(size, behind=key)
        self._fill(page, self.query, 0, sorting.ordinals(self.order, key))
        return position, self._keyed(page)

    def _key(self, address) -> str:
        return bytes(self.searcher.doc(address)[self.order][0]).decode()

    def _keyed(self, page: "_Page"):
        return [((self._key(address),), address) for address in page.addresses]

    def _fill(self, page: "_Page", query, level: int, after: tuple[int, ...] | None) -> None:
        """Add to the page from the hits of `query`, which share all numbers before `level`; only those behind the
        numbers `after`."""
        if level == len(self.parts):
            self._fill_by_key(page, query, after)
            return
        part, cut = self.parts[level], True
        same = least = after and after[level]
        while cut and not page.full:
            within = query if least is None else self._where(query, part, least, None)
            width = page.skip + page.size - len(page.addresses) + SPARE
            top = self.searcher.search(within, limit=width, count=False, order_by_field=part, order=Order.Asc)
            cut, runs = len(top.hits) == width, _runs(top.hits)
            for place, (number, addresses) in enumerate(runs):
                if page.full:
                    break
                past = after if number == same else None
                if cut and place == len(runs) - 1:  # there may be more of them
                    self._fill(page, self._where(query, part, number, number), level + 1, past)
                elif past is None and len(addresses) <= page.skip:
                    page.skip -= len(addresses)
                else:
                    page.take(self._in_order(addresses, level + 1, past, page.behind))
            least = runs[-1][0] + 1 if cut else None

    def _in_order(self, addresses: list, level: int, after: tuple[int, ...] | None, behind: str) -> list:
        """Hits that share all numbers before `level`, by the further ones; only those behind the numbers `after` and
        the key."""
        if len(addresses) == 1 and after is None:
            return addresses
        columns = [self.searcher.fast_field_values(part, addresses) for part in self.parts[level:]]
        numbers = list(zip(*columns, strict=True)) or [()] * len(addresses)
        past, alike = after and after[level:], Counter(numbers)
        told = []
        for at, own in enumerate(numbers):
            if past is None or own >= past:
                key = self._key(addresses[at]) if alike[own] > 1 or own == past else ""
                if own != past or key > behind:
                    told.append((own, key, at))
        return [addresses[at] for _own, _key, at in sorted(told)]

    def _fill_by_key(self, page: "_Page", query, after: tuple[int, ...] | None) -> None:
        found = self.searcher.search(query, limit=max(self.searcher.num_docs, 1), count=False)
        page.take(self._in_order([address for _score, address in found.hits], len(self.parts), after, page.behind))

    def _where(self, query, part: str, least: int | None, most: int | None):
        bounds = Q.range_query(self.schema, part, FieldType.Integer, least, most)
        return Q.const_score_query(Q.boolean_query([(Occur.Must, query), (Occur.Must, bounds)]), 0.0)


class _Page:
    """A page in the making: how many hits to leave out first, or the key behind which it begins."""

    def __init__(self, size: int, skip: int = 0, behind: str = ""):
        self.size, self.skip, self.behind = size, skip, behind
        self.addresses: list = []

    def take(self, addresses: list) -> None:
        skipped = min(self.skip, len(addresses))
        self.skip -= skipped
        self.addresses += addresses[skipped : skipped + self.size - len(self.addresses)]

    @property
    def full(self) -> bool:
        return len(self.addresses) >= self.size


def _runs(hits) -> list[tuple[int, list]]:
    runs: list[tuple[int, list]] = []
    for number, address in hits:
        if not runs or runs[-1][0] != number:
            runs.append((number, []))
        runs[-1][1].append(address)
    return runs


class ByTier:
    """The hits of tiers, the best first: only as many tiers are asked as the page needs.

    In: `asked`, with `number_of_tiers`, `tier(place)`: (score, query) of a tier, 0 is the best, and `only(place)`: the
    same without the hits of better ones; `counts`: they are made meanwhile, and waited for only where no page can be
    told without them; None where nobody counts; whether words are scored within tiers, else `tie` alone orders.
    """

    def __init__(self, searcher, schema, asked, counts, scored: bool):
        self.searcher, self.schema, self.asked, self.counts, self.scored = searcher, schema, asked, counts, scored
        self.places = range(asked.number_of_tiers)

    def part(self, start: int, size: int):
        """[(key, address)]; keys are (-score, tie)."""
        if not start:
            return self._first(size)
        return self._read(self.places, start, min(size, self.counts.total - start) if self.counts else size)

    def _first(self, size: int) -> list:
        """The first page. What better tiers hold is all on it already, and is passed over by hand: an engine would take
        longer to keep it out."""
        hits: dict[int, tuple] = {}
        for place in self.places:
            if len(hits) >= size or (place >= SURE and self.counts and self.counts.are_all(len(hits))):
                break
            score, query = self.asked.tier(place)
            for (points, tie), address in self._of(score, query, 0, size)[1]:
                if tie not in hits and len(hits) < size:
                    hits[tie] = ((points, tie), address)
        return list(hits.values())

    def after(self, score: float, tie: int, position: int, size: int):
        """(start, [(key, address)]) of the hits behind a key; `position` tells how many are before them."""
        place = next((at for at in self.places if self.asked.only(at)[0] <= score), len(self.places))
        hits = []
        if place < len(self.places):
            own, query = self.asked.only(place)
            if self.scored:
                before = sum(self._count(self.asked.only(at)[1]) for at in range(place))
                hits = ByRank(self.searcher, query, own).after(score, tie, position - before, size)[2]
            else:
                behind = Q.range_query(self.schema, "tie", FieldType.Integer, tie + 1, None)
                rest = Q.boolean_query([(Occur.Must, query), (Occur.Must, behind)])
                hits = self._of(own, rest, 0, size)[1]
        return position, hits + self._read(self.places[place + 1 :], 0, size - len(hits))

    def _count(self, query) -> int:
        return self.searcher.search(query, limit=1, count=True).count

    def _read(self, places: range, skip: int, size: int) -> list:
        hits: list = []
        for place in places:
            if len(hits) >= size:
                break
            score, query = self.asked.only(place)
            count, found = self._of(score, query, skip, size - len(hits))
            hits, skip = hits + found, max(0, skip - count)
        return hits

    def _of(self, score: float, query, skip: int, size: int):
        if self.scored:
            return ByRank(self.searcher, query, score).part(skip, size)
        order = {"order_by_field": "tie", "order": Order.Asc}
        top = self.searcher.search(query, limit=size, offset=skip, count=True, **order)
        return top.count, [((-score, tie), address) for tie, address in top.hits]


class ByRank:
    """The hits of a query by score, to which `plus` is added, and where scores are equal by `tie`."""

    def __init__(self, searcher, query, plus: float):
        self.searcher, self.query, self.plus = searcher, query, plus

    def part(self, start: int, size: int):
        """(total, [(key, address)]); keys are (-score, tie)."""
        low, high = max(0, start - 1), start + size + 1
        while True:
            found = self.searcher.search(self.query, limit=max(high - low, 1), offset=low, count=True)
            scores = [score for score, _ in found.hits]
            first, last = start - low, start + size - 1 - low
            width, grown = high - low, False
            if low and len(scores) > first and scores[0] == scores[first]:
                low, grown = max(0, low - 2 * width), True
            if len(scores) == width and scores[-1] == scores[last]:
                high, grown = high + 2 * width, True
            if not grown:
                break
        addresses = [address for _, address in found.hits]
        ties = self.searcher.fast_field_values("tie", addresses) if addresses else []
        keyed = sorted(
            ((-score - self.plus, tie), address) for score, tie, address in zip(scores, ties, addresses, strict=True)
        )
        return found.count, keyed[start - low : start - low + size]

    def after(self, score: float, tie: int, position: int, size: int):
        """(start, total, [(key, address)]) of the hits behind a key. `position` is a hint; the key decides."""
        key, start = (-score, tie), max(position - 1, 0)
        total, hits = self.part(start, size + 1)
        if hits and hits[0][0] == key:
            return start + 1, total, hits[1:]
        low, high = 0, total  # the index has changed since: find the place by the key
        while low < high:
            middle = (low + high) // 2
            if self.part(middle, 1)[1][0][0] > key:
                high = middle
            else:
                low = middle + 1
        return (low, *self.part(low, size))
