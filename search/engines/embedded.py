"""tantivy: a library, an index in a folder below SEARCH_INDEX_DIR. Written by one process, read by all."""

import math
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import tantivy
from tantivy import FieldType, Occur
from tantivy import Query as Q

from search import plan as plans
from search import sorting
from search.documents import ALL, ALL_PAIRS, COUNTED, FLOATS, INTEGERS, LABELLED, NAMED, PAIRS, SORTS, TEXT, WORDS

from .base import MOST_VALUES, Engine, EngineError, Found, Hit, digest, rank_of
from .ordering import ByKey, ByTier

STORED = ("identifier", "version")
ORDINALS = tuple(dict.fromkeys(part for order in SORTS for part in sorting.ordinal_parts(order)))
HEAP = 64_000_000  # bytes, of the writer
FILL_HEAP = 256_000_000  # while an index is filled: some 60,000 records to a piece of it
FEW = 16  # values
MOST_GONE = 10_000  # identifiers whose end is remembered, against a late delivery of what was before


def _schema():
    builder = tantivy.SchemaBuilder()
    for name in TEXT:
        builder.add_text_field(name, tokenizer_name="spaces", index_option="position")
    for name in PAIRS.values():
        builder.add_text_field(name, tokenizer_name="spaces", index_option="freq")
    for name in (ALL, ALL_PAIRS):
        builder.add_text_field(name, tokenizer_name="spaces", index_option="basic")
    for name in dict.fromkeys((*WORDS, *NAMED, *LABELLED)):
        options = {"stored": name in STORED, "fast": name in COUNTED}
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", **options)
    for name in SORTS:
        builder.add_bytes_field(name, stored=True)
    for name in (*INTEGERS, *ORDINALS):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_integer_field("sequence", fast=True)
    for name in FLOATS:
        builder.add_float_field(name, indexed=True, fast=True)
    return builder.build()


SCHEMA = _schema()
PARTS = {*TEXT, ALL, ALL_PAIRS, *PAIRS.values(), *WORDS, *NAMED, *LABELLED, *SORTS, *INTEGERS, *FLOATS}
SPACES = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


@contextmanager
def _errors(what: str):
    """tantivy's errors, and its panics, which are no Exceptions, as EngineError."""
    try:
        yield
    except EngineError:
        raise
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise EngineError(f"{what}: {error}") from error
        raise


class Embedded(Engine):
    """In: the folder that holds the indices. An instance may be shared by threads that read."""

    name = "embedded"
    schema = digest(SCHEMA.__reduce__()[1])  # as it pickles: each field with its options, in plain data

    def __init__(self, folder: Path):
        self.folder = Path(folder)
        self._open: dict[str, tantivy.Index] = {}
        self._read: dict[str, tuple[int, int]] = {}  # which state of the index was read last
        self._writer = None
        self._gone: dict[tuple[str, str], int] = {}  # (index, identifier): the sequence that ended it

    # --- reading ---------------------------------------------------------------------------------

    def exists(self, index: str) -> bool:
        return bool(index) and (self.folder / index / "meta.json").is_file()

    def _index(self, name: str) -> tantivy.Index:
        if not self.exists(name):
            self._open.pop(name, None)
            raise EngineError(f"no index {name!r} in {self.folder}")
        if name not in self._open:
            index = tantivy.Index.open(str(self.folder / name))
            index.register_tokenizer("spaces", SPACES)
            index.config_reader(reload_policy="manual")
            self._open[name] = index
            self._read.pop(name, None)
        return self._open[name]

    def _searcher(self, name: str):
        index, meta = self._index(name), (self.folder / name / "meta.json").stat()
        now = (meta.st_ino, meta.st_mtime_ns)  # each commit puts another file in its place
        if self._read.get(name) != now:
            index.reload()
            self._read[name] = now
        return index.searcher()

    def search(self, index: str, plan: plans.Plan) -> Found:
        with _errors(f"search in {index}"):
            searcher, asked = self._searcher(index), _Asked(plan)
            counts = _Counts(searcher, asked)
            if plan.order:
                order = ByKey(searcher, SCHEMA, asked.matching, plan.order)
            else:
                order = ByTier(searcher, SCHEMA, asked, counts.total, scored=bool(plan.words or plan.leans))
            if plan.after:
                start, hits = order.after(*plan.after, plan.size)
            else:
                start, hits = plan.start, order.part(plan.start, plan.size)
            return Found(
                hits=tuple(_hit(searcher, key, address, plan.order) for key, address in hits),
                total=counts.total() if plan.counted else len(hits),
                facets=counts.facets(),
                start=start,
            )

    def versions(self, index: str) -> dict[str, str]:
        with _errors(f"reading {index}"):
            searcher = self._searcher(index)
            if not searcher.num_docs:
                return {}
            found = searcher.search(Q.all_query(), limit=searcher.num_docs, count=False).hits
            documents = (searcher.doc(address) for _, address in found)
            return {document["identifier"][0]: document["version"][0] for document in documents}

    # --- writing: search.indexer alone -------------------------------------------------------------

    def create(self, index: str) -> None:
        with _errors(f"making {index}"):
            shutil.rmtree(self.folder / index, ignore_errors=True)
            (self.folder / index).mkdir(parents=True)
            self._open.pop(index, None)
            tantivy.Index(SCHEMA, str(self.folder / index))

    def write(self, index: str, documents, gone, sequence: int) -> None:
        documents, gone = list(documents), list(gone)
        with _errors(f"writing {index}"), self._dropped_on_failure():
            newer = self._newer(index, [*gone, *(document["identifier"] for document in documents)], sequence)
            self._writer = self._writer or self._index(index).writer(HEAP, 1)
            for identifier in gone:
                if identifier not in newer:
                    self._writer.delete_documents_by_term("identifier", identifier)
                    self._gone[index, identifier] = sequence
            for document in documents:
                if document["identifier"] not in newer:
                    self._writer.delete_documents_by_term("identifier", document["identifier"])
                    self._writer.add_document(entry(document, sequence))
            self._writer.commit()
            while len(self._gone) > MOST_GONE:
                self._gone.pop(next(iter(self._gone)))

    def fill(self, index: str, documents, sequence: int) -> None:
        """Without a commit for each batch: it would leave a piece of the index behind, and each search looks into all
        pieces."""
        with _errors(f"filling {index}"), self._dropped_on_failure():
            self._writer = self._writer or self._index(index).writer(FILL_HEAP, 1)
            for document in documents:
                self._writer.add_document(entry(document, sequence))

    def filled(self, index: str) -> None:
        with _errors(f"filling {index}"), self._dropped_on_failure():
            if self._writer:
                self._writer.commit()
        self.settle()

    @contextmanager
    def _dropped_on_failure(self):
        """A writer that failed (a full disk) would take what it is given and write nothing."""
        try:
            yield
        except BaseException:
            self._writer = None
            raise

    def _newer(self, index: str, identifiers: list[str], sequence: int) -> set[str]:
        """Of these identifiers those whose entry, or whose end, came later than `sequence`."""
        later = Q.range_query(SCHEMA, "sequence", FieldType.Integer, sequence + 1, None)
        these = Q.term_set_query(SCHEMA, "identifier", identifiers)
        searcher = self._searcher(index)
        query = Q.boolean_query([(Occur.Must, these), (Occur.Must, later)])
        found = searcher.search(query, limit=len(identifiers) or 1, count=False).hits
        held = {searcher.doc(address)["identifier"][0] for _score, address in found}
        return held | {name for name in identifiers if self._gone.get((index, name), 0) > sequence}

    def settle(self) -> None:
        """Let merges end and give the folder's lock back."""
        writer, self._writer = self._writer, None
        if writer:
            with _errors("merging"):
                writer.wait_merging_threads()

    def publish(self, index: str) -> None:
        self.settle()
        for path in self.folder.glob("embedded-*"):
            if path.is_dir() and path.name != index:
                shutil.rmtree(path, ignore_errors=True)  # readers that have it open keep its files
                self._open.pop(path.name, None)


def entry(document: dict, sequence: int) -> tantivy.Document:
    """Raises EngineError for a part that the schema doesn't have: tantivy would drop it without a word."""
    if unknown := document.keys() - PARTS:
        raise EngineError(f"the index has no part {', '.join(sorted(unknown))}")
    values = {part: value if isinstance(value, list) else [value] for part, value in document.items()}
    for order in SORTS:
        if order in document:
            values[order] = [document[order].encode()]
            numbers = sorting.ordinals(order, document[order])
            values |= {part: [number] for part, number in zip(sorting.ordinal_parts(order), numbers, strict=True)}
    return tantivy.Document.from_dict(values | {"sequence": [sequence]}, SCHEMA)


def _hit(searcher, key: tuple, address, order: str | None) -> Hit:
    document = searcher.doc(address)
    rank = rank_of(-key[0]) if order is None else None
    return Hit(document["identifier"][0], document["version"][0], rank, key if order else (-key[0], key[1]))


# --- counts -------------------------------------------------------------------------------------------

HANDS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="counts")
TOTAL = "total"  # no facet's name


class _Counts:
    """The total and the facets: counted beside the ranking, since tantivy lets other threads run meanwhile.

    One pass for the total and the facets without a choice, one for each facet with: its own choice doesn't narrow its
    counts.
    """

    def __init__(self, searcher, asked: "_Asked"):
        self._facets = asked.plan.facets
        chosen = [name for name, _ in asked.plan.choices if name in self._facets]
        free = {name: _values(name) for name in self._facets if name not in chosen}
        # Each record has one `tie`.
        passes = [(asked.matching, {TOTAL: {"value_count": {"field": "tie"}}, **free})] if asked.plan.counted else []
        passes += [(asked.matching_but(name), {name: _values(name)}) for name in chosen]
        self._answers = [HANDS.submit(searcher.aggregate, query, values) for query, values in passes]

    def total(self) -> float:
        """Without end where it isn't asked for."""
        if not self._answers:
            return math.inf
        return int(self._answers[0].result()[TOTAL]["value"])

    def facets(self) -> dict[str, dict[str, int]]:
        """{facet: {value: count}}"""
        counts = {}
        for answer in self._answers:
            counts |= answer.result()
        return {
            name: {bucket["key"]: bucket["doc_count"] for bucket in counts[name]["buckets"]} for name in self._facets
        }


def _values(facet: str) -> dict:
    return {"terms": {"field": plans.facet_part(facet), "size": MOST_VALUES}}


# --- conditions ---------------------------------------------------------------------------------------


class _Asked:
    """A plan as tantivy's queries. Tiers share most of their conditions, and most searches need few of the tiers: each
    query is made when it is first asked for, and once."""

    def __init__(self, plan: plans.Plan):
        self.plan = plan
        self._only: dict[int, tuple[float, Q]] = {}
        self._made: dict[int, Q] = {}  # by the condition's id: the plan holds them all
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
        return score, Q.boolean_query([(Occur.Must, Q.const_score_query(own, score)), *self._within])

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
        if len(of) == least == 1:
            return self.condition(of[0])
        return Q.boolean_query([(Occur.Should, self.condition(one)) for one in of], least)

    def _all(self, of, none=()) -> Q:
        """All of some conditions and none of others."""
        of = tuple(_flat(of))
        positive = [(Occur.Must, self.condition(one)) for one in of if not isinstance(one, plans.Not)]
        negative = [(Occur.MustNot, self.condition(one.of)) for one in of if isinstance(one, plans.Not)]
        negative += [(Occur.MustNot, self.condition(one)) for one in none]
        return Q.boolean_query([*(positive or [(Occur.Must, Q.all_query())]), *negative])


def _flat(of):
    """Without conditions in conditions: seeking in a nest of them costs many times as much."""
    for one in of:
        yield from _flat(one.of) if isinstance(one, plans.All) else (one,)


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
