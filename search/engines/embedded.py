"""tantivy: a library, an index in a folder below SEARCH_INDEX_DIR. Written by one process, read by all."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path

import tantivy
from tantivy import FieldType, Occur
from tantivy import Query as Q

from search import plan as plans

from . import memory
from .base import MOST_VALUES, Counts, Engine, EngineError, Found, Hit, digest, rank_of
from .embedded_queries import Asked
from .embedded_schema import SCHEMA, SPACES, entry
from .ordering import ByKey, ByTier

HEAP = 64_000_000  # bytes, of the writer
FILL_LEAST, FILL_MOST = 64_000_000, 1_000_000_000  # while an index is filled
MOST_GONE = 10_000  # identifiers whose end is remembered, against a late delivery of what was before


def fill_heap() -> int:
    """Bytes for a writer that fills an index: it makes a piece of it whenever they are full (100,000 records take some
    900 MB), and every search looks into every piece."""
    return min(max(memory.to_spare() // 4, FILL_LEAST), FILL_MOST)


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
            searcher = self._searcher(index)
            asked = Asked(plan, searcher)
            counts = _Counting(searcher, asked) if plan.counted else None
            if plan.order:
                order = ByKey(searcher, SCHEMA, asked.matching, plan.order)
            else:
                order = ByTier(searcher, SCHEMA, asked, counts, scored=bool(plan.words or plan.leans))
            if plan.after:
                start, hits = order.after(*plan.after, plan.size)
            else:
                start, hits = plan.start, order.part(plan.start, plan.size)
            hits = tuple(_hit(searcher, key, address, plan.order) for key, address in hits)
            return Found(hits, start, counts or Counts(len(hits)))

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
        """Without a commit for each batch: it would leave a piece of the index behind."""
        with _errors(f"filling {index}"), self._dropped_on_failure():
            self._writer = self._writer or self._index(index).writer(fill_heap(), 1)
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


def _hit(searcher, key: tuple, address, order: str | None) -> Hit:
    document = searcher.doc(address)
    rank = rank_of(-key[0]) if order is None else None
    return Hit(document["identifier"][0], document["version"][0], rank, key if order else (-key[0], key[1]))


# --- counts -------------------------------------------------------------------------------------------

HANDS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="counts")
TOTAL = "total"  # no facet's name


class _Pass:
    """One question of counts, begun by another thread if one is free, else by the one that needs the answer."""

    def __init__(self, searcher, query: Q, values: dict):
        self._ask = partial(searcher.aggregate, query, values)
        self._begun = HANDS.submit(self._ask)

    @cached_property
    def answer(self) -> dict:
        with _errors("counting"):
            return self._ask() if self._begun.cancel() else self._begun.result()

    @property
    def under_way(self) -> bool:
        """Another thread is at it: the answer must be waited for."""
        return self._begun.running()


class _Counting:
    """The total and the facets: counted beside the ranking, since tantivy lets other threads run meanwhile.

    One pass for the total and the facets without a choice, one for each facet with: its own choice doesn't narrow its
    counts.
    """

    def __init__(self, searcher, asked: Asked):
        self._names = asked.plan.facets
        chosen = [name for name, _ in asked.plan.choices if name in self._names]
        free = {name: _values(name) for name in self._names if name not in chosen}
        # Each record has one `tie`.
        passes = [(asked.matching, {TOTAL: {"value_count": {"field": "tie"}}, **free})]
        passes += [(asked.matching_but(name), {name: _values(name)}) for name in chosen]
        self._passes = [_Pass(searcher, query, values) for query, values in passes]

    @cached_property
    def total(self) -> int:
        return int(self._passes[0].answer[TOTAL]["value"])

    def are_all(self, number: int) -> bool:
        """Whether there are no more hits than these; False as well while that must be waited for."""
        return not self._passes[0].under_way and number >= self.total

    @cached_property
    def facets(self) -> dict[str, dict[str, int]]:
        counts = {}
        for one in self._passes:
            counts |= one.answer
        return {
            name: {bucket["key"]: bucket["doc_count"] for bucket in counts[name]["buckets"]} for name in self._names
        }


def _values(facet: str) -> dict:
    return {"terms": {"field": plans.facet_part(facet), "size": MOST_VALUES}}
