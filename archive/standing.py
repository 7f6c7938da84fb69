"""What stands of some records, read quickly: searches show twenty at a time, and the same ones again and again."""

from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection

from .edition_versions import read
from .kept import Shelf
from .models import Edition

KEPT = 1_000  # documents that a process keeps parsed
LONGEST = 64_000  # characters of a document that is kept

_documents = Shelf(KEPT)  # by digest: a document never changes


class Standing(NamedTuple):
    """What a standing edition says. `data` is shared between requests: it is read, never changed."""

    identifier: str
    number: int
    data: dict
    cleared: datetime | str  # as the database hands it over

    @property
    def cleared_at(self) -> datetime:
        if isinstance(self.cleared, datetime):
            return self.cleared
        return datetime.fromisoformat(self.cleared).replace(tzinfo=UTC)  # SQLite keeps it as text


def standing(identifiers) -> dict[str, Standing]:
    """{identifier: what stands}, of those that do. One query; none for no identifiers."""
    wanted = list(identifiers)
    if not wanted:
        return {}
    return {
        name: Standing(name, number, _read(digest, text), cleared)
        for name, number, digest, text, cleared in _rows("identifier, number, digest, document, cleared_at", wanted)
    }


def names(identifiers) -> set[str]:
    """Those of the identifiers that stand. One query; none for no identifiers."""
    wanted = list(identifiers)
    return {name for (name,) in _rows("identifier", wanted)} if wanted else set()


def _rows(columns: str, identifiers: list[str]) -> list[tuple]:
    # By hand: the ORM would take several times what the database does.
    marks = ", ".join(["%s"] * len(identifiers))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {Edition._meta.db_table} WHERE identifier IN ({marks})", identifiers)
        return cursor.fetchall()


def _read(digest: str, text: str) -> dict:
    data = _documents.get(digest)
    if data is None:
        data = read(text)
        if len(text) <= LONGEST:
            _documents.put(digest, data)
    return data
