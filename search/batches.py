"""Index documents of many editions, made by two processes: cutting texts into tokens is most of a rebuild.

The other process knows neither database nor settings: it gets canonical texts and gives back index documents.
"""

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from archive.edition_versions import read

from .documents import index_document

MANY = 5_000  # editions for which it is worth a process
OURS = 0.4  # of a batch: this process also reads the editions and writes the index


def made(rows: list[tuple]) -> list[dict]:
    """Index documents of (canonical text of an edition, when it was cleared, facet values from live pages)."""
    return [index_document(read(text), cleared, contributed) for text, cleared, contributed in rows]


def stream(batches: Iterable[list[tuple]], total: int):
    """Index documents of one batch of such rows after the other; where there are many in all, another process makes
    most of each, and has the next before it is done with the last."""
    if total < MANY:
        yield from map(made, batches)
        return
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as other:
        waiting: deque = deque()
        for rows in batches:
            ours = round(len(rows) * OURS)
            waiting.append((rows[:ours], other.submit(made, rows[ours:])))
            if len(waiting) > 1:
                yield _both(*waiting.popleft())
        while waiting:
            yield _both(*waiting.popleft())


def _both(ours: list[tuple], theirs: Future) -> list[dict]:
    return made(ours) + theirs.result()
