"""Index documents of many editions, made by two processes: cutting texts into tokens is most of a rebuild.

The other process knows neither database nor settings: it gets canonical texts and gives back index documents.
"""

from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from archive.edition_versions import read

from .documents import index_document

MANY = 5_000  # editions for which it is worth a process


def made(rows: list[tuple]) -> list[dict]:
    """Index documents of (canonical text of an edition, when it was cleared, facet values from live pages)."""
    return [index_document(read(text), cleared, contributed) for text, cleared, contributed in rows]


@contextmanager
def maker(total: int):
    """Gives a function that does as `made`; for many editions in all, half of each batch in a process of its own."""
    if total < MANY:
        yield made
        return
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as other:

        def shared(rows: list[tuple]) -> list[dict]:
            half = len(rows) // 2
            theirs = other.submit(made, rows[half:])
            return made(rows[:half]) + theirs.result()

        yield shared
