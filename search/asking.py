"""Ask an engine, and leave out what no longer stands."""

import logging
import time
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from archive.models import Edition, Outbox, OutboxHead
from archive.standing import Standing, standing

from . import indexer
from .documents import version
from .engines.base import EngineError, Found
from .engines.registry import configured, preferred
from .models import Cursor

log = logging.getLogger(__name__)

FAR_BEHIND = 1_000  # records: an engine that is so far behind is asked last
REST = 5.0  # seconds for which an engine that failed isn't asked
TRIES = 3

_resting: dict[str, float] = {}


class Unavailable(Exception):
    """No engine answers; the message is a sentence for the reader."""

    def __init__(self):
        super().__init__(_("Hệ thống tìm kiếm chưa sẵn sàng. Xin thử lại sau ít phút."))


def ask(make_plan) -> tuple[str, Found, dict[str, Standing]]:
    """Ask the first engine that answers. Out: its name, what it found, what stands of each hit.

    What waits in the outbox behind an engine's cursor may be out of date there. The engine is told which versions of
    these records stand and counts nothing else, so what was withdrawn or replaced is neither a hit, nor in the total,
    nor in a facet. make_plan(stale) makes the plan. Raises Unavailable.
    """
    rows = _rows()
    names = [name for name in preferred() if _built(name, rows)]
    # An engine that failed rests for a while, unless it is the last.
    names = [name for name in names if time.monotonic() >= _resting.get(name, 0.0)] or names[-1:]
    for place, name in enumerate(names):
        row = rows[name]
        stale = stale_at(row.position) if row.behind else {}
        if len(stale) > FAR_BEHIND and place + 1 < len(names):
            continue
        try:
            return (name, *_checked(name, row.index, make_plan, stale))
        except EngineError as error:
            now = _rows()[name]
            if now.index != row.index:  # a rebuild swapped it while we asked
                with suppress(EngineError):
                    return (name, *_checked(name, now.index, make_plan, stale_at(now.position)))
            _rest(name, error)
    raise Unavailable()


def _rest(name: str, error: EngineError) -> None:
    _resting[name] = time.monotonic() + REST
    log.error("search: %s doesn't answer: %s", name, error)


class _Told:
    """Counts that an engine may still be at, for those who know no engine: they raise Unavailable."""

    def __init__(self, name: str, counts):
        self._name, self._counts = name, counts

    @property
    def total(self) -> int:
        return self._of("total")

    @property
    def facets(self) -> dict[str, dict[str, int]]:
        return self._of("facets")

    def _of(self, what: str):
        try:
            return getattr(self._counts, what)
        except EngineError as error:
            _rest(self._name, error)
            raise Unavailable() from error


class _Row(NamedTuple):
    """How far an engine has read the outbox, and whether there is more."""

    index: str
    position: int
    behind: bool


# By hand: each search asks it, and the ORM would take several times what the database does.
_ROWS = f"""
    SELECT engine, "index", position, COALESCE((SELECT MAX(last) FROM {OutboxHead._meta.db_table}), 0) > position
    FROM {Cursor._meta.db_table}
"""


def _rows() -> dict[str, _Row]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS)
        return {engine: _Row(index, position, bool(behind)) for engine, index, position, behind in cursor.fetchall()}


def _built(name: str, rows: dict[str, _Row]) -> bool:
    return name in rows and rows[name].index.startswith(indexer.stem(configured()[name]))


def stale_at(position: int) -> dict[str, str | None]:
    """{identifier: version that stands, or None} of the records with news that an index at `position` hasn't read."""
    number = Edition.objects.filter(identifier=OuterRef("identifier")).values("number")[:1]
    rows = Outbox.objects.filter(sequence__gt=position).values_list("identifier").annotate(number=Subquery(number))
    return {identifier: version(identifier, number) if number else None for identifier, number in rows.distinct()}


def _checked(name: str, index: str, make_plan, stale) -> tuple[Found, dict[str, Standing]]:
    """Hits that stand. What was withdrawn or replaced while we asked is left out by asking again."""
    engine = configured()[name]
    for _try in range(TRIES):
        found = engine.search(index, make_plan(stale))
        wanted = [hit.identifier for hit in found.hits]
        editions = standing(wanted)
        versions = {key: version(key, edition.number) for key, edition in editions.items()}
        wrong = {hit.identifier for hit in found.hits if versions.get(hit.identifier) != hit.version}
        if not wrong:
            return replace(found, counts=_Told(name, found.counts)), editions
        log.warning("search: the index of %s is out of date for %s", name, ", ".join(sorted(wrong)))
        stale = stale | {identifier: versions.get(identifier) for identifier in wrong}
    raise EngineError(f"the index of {name} holds what doesn't stand: {sorted(wrong)}; run manage.py reconcile --fix")
