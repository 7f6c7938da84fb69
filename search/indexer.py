"""The sole writer of both indices. It follows the outbox of the archive, each engine with a cursor of its own.

A row of Cursor names the live index and how much of the outbox that index holds; it is moved after the
index has been written, so whatever is cut off anywhere is done again, and doing it again changes nothing.
"""

import fcntl
import logging
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from archive.models import Edition, Outbox

from . import batches, lexicon, news
from .documents import VERSION
from .engines.base import Engine, EngineError
from .engines.registry import configured
from .models import Cursor

log = logging.getLogger(__name__)

BATCH = 500  # entries of the outbox in one step
REBUILD_BATCH = 2_000  # editions in one write of a rebuild
LATE = 60  # seconds after which an entry that an engine hasn't read counts as a fault


# --- reading what stands -------------------------------------------------------------------------------


def documents_of(editions) -> list[dict]:
    """Index documents of editions, with the values that live pages contribute."""
    return batches.made(_rows(editions))


def _rows(editions) -> list[tuple]:
    """What an index document is made from; see search.batches."""
    editions = list(editions)
    contributed = _contributed([edition.identifier for edition in editions])
    return [(one.document, one.cleared_at, contributed.get(one.identifier)) for one in editions]


def _contributed(identifiers: list[str]) -> dict[str, dict]:
    merged: dict[str, dict] = {}
    for name in settings.INDEX_CONTRIBUTORS:
        for identifier, values in import_string(name)(identifiers).items():
            merged.setdefault(identifier, {}).update(values)
    return merged


# --- one step -----------------------------------------------------------------------------------------------


def step(name: str) -> bool:
    """Deliver one batch of the outbox to an engine, or build its index where there is none.

    True when there was anything to do. Raises EngineError.
    """
    engine = configured()[name]
    cursor = cursor_of(name)
    if why := _unusable(engine, cursor):
        log.warning("search index of %s: %s; building it", name, why)
        rebuild(name)
        return True
    entries = news.entries(cursor.position, BATCH)
    if not entries:
        _well(cursor)
        return False
    try:
        last = _deliver(engine, cursor.index, entries)
    except EngineError:
        if cursor_of(name).index != cursor.index:
            return True  # a rebuild has put another index in its place meanwhile
        raise
    Cursor.objects.filter(pk=cursor.pk, index=cursor.index).update(position=last, error="", updated_at=timezone.now())
    engine.settle()
    return True


def cursor_of(name: str) -> Cursor:
    return Cursor.objects.get_or_create(engine=name)[0]


def stem(engine: Engine) -> str:
    """How the names of an engine's indices begin: another schema, or another meaning of its parts, another name."""
    return f"{getattr(engine, 'prefix', engine.name)}-v{VERSION}-{engine.schema}-"


def _unusable(engine: Engine, cursor: Cursor) -> str:
    if not cursor.index:
        return "there is none yet"
    if not cursor.index.startswith(stem(engine)):
        return "it has another schema"
    if not engine.exists(cursor.index):
        return "it is gone"
    if cursor.position > news.head():
        return "it is ahead of the outbox (a database put back from a backup?)"
    return ""


def _deliver(engine: Engine, index: str, entries: list[tuple[int, str]]) -> int:
    """Out: the sequence of the last entry delivered."""
    last = entries[-1][0]
    identifiers = list(dict.fromkeys(identifier for _sequence, identifier in entries))
    documents = documents_of(Edition.objects.filter(identifier__in=identifiers))
    standing = {document["identifier"] for document in documents}
    engine.write(index, documents, [name for name in identifiers if name not in standing], last)
    return last


def _well(cursor: Cursor) -> None:
    if cursor.error:
        log.info("search index of %s: well again", cursor.engine)
        Cursor.objects.filter(pk=cursor.pk).update(error="", updated_at=timezone.now())


def note_failure(name: str, error: Exception) -> None:
    """Say loudly that an engine can't be fed; /readyz repeats it."""
    log.error("search index of %s can't be fed, it will be tried again: %s", name, error)
    cursor = cursor_of(name)
    Cursor.objects.filter(pk=cursor.pk).update(
        error=str(error)[:2_000] or type(error).__name__, updated_at=timezone.now()
    )


def drain(names=None) -> None:
    """Deliver everything that waits, to the lexicon too. Raises EngineError."""
    for name in names or configured():
        while step(name):
            pass
    lexicon.drain()


def has_news(name: str) -> bool:
    """Whether step() may have something to do, by two cheap queries."""
    cursor = cursor_of(name)
    return bool(cursor.error) or not cursor.index.startswith(stem(configured()[name])) or cursor.position != news.head()


# --- rebuild ---------------------------------------------------------------------------------------------------


def rebuild(name: str, progress=lambda done, total: None) -> str:
    """Build an engine's index anew beside the live one, catch up with what changes meanwhile, then swap.

    Out: the name of the new index. progress(done, total) counts editions. Raises EngineError.
    """
    engine = configured()[name]
    with _alone():
        index = f"{stem(engine)}{timezone.now():%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
        position = news.head()
        engine.create(index)
        _fill(engine, index, position, progress)
        engine.filled(index)
        while entries := news.entries(position, BATCH):
            position = _deliver(engine, index, entries)
        engine.settle()
        values = {"index": index, "position": position, "error": ""}
        Cursor.objects.update_or_create(engine=name, defaults=values)
        engine.publish(index)
    return index


def _fill(engine: Engine, index: str, position: int, progress) -> None:
    """Write all that stands; while one batch is written the next is made."""
    total, done, writing = Edition.objects.count(), 0, None
    with ThreadPoolExecutor(max_workers=1) as hand:
        for documents in batches.stream(_all_rows(), total):
            if writing:
                writing.result()
            writing = hand.submit(engine.fill, index, documents, position)
            done += len(documents)
            progress(done, max(total, done))
        if writing:
            writing.result()


def _all_rows():
    """Rows of all that stands now, in batches; what comes later comes by the outbox."""
    top, last = Edition.objects.aggregate(top=models.Max("pk"))["top"] or 0, 0
    while editions := list(Edition.objects.filter(pk__gt=last, pk__lte=top).order_by("pk")[:REBUILD_BATCH]):
        yield _rows(editions)
        last = editions[-1].pk


@contextmanager
def _alone():
    """One rebuild at a time in this data folder."""
    folder = Path(settings.SEARCH_INDEX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "rebuild.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- how it is ------------------------------------------------------------------------------------------------------


def status() -> dict:
    """{"ok": bool, "reason": a sentence or "", "engines": {name: {"ok", "reason", "behind"}}}; no details of faults."""
    cursors = {cursor.engine: cursor for cursor in Cursor.objects.all()}
    engines = {name: _status(cursors.get(name), engine) for name, engine in configured().items()}
    reasons = [f"{name}: {entry['reason']}" for name, entry in engines.items() if not entry["ok"]]
    return {"ok": not reasons, "reason": "; ".join(reasons), "engines": engines}


def _status(cursor: Cursor | None, engine: Engine) -> dict:
    if cursor is None or not cursor.index.startswith(stem(engine)):
        return {"ok": False, "reason": _("chỉ mục chưa được dựng"), "behind": news.head()}
    waiting = Outbox.objects.filter(sequence__gt=cursor.position)
    behind, oldest = waiting.aggregate(n=models.Count("pk"), first=models.Min("created_at")).values()
    reason = ""
    if cursor.error:
        reason = _("không cập nhật được chỉ mục; đang thử lại, còn %(n)s thay đổi chờ") % {"n": behind}
    elif oldest and (timezone.now() - oldest).total_seconds() > LATE:
        reason = _("chỉ mục chậm hơn %(seconds)s giây, còn %(n)s thay đổi chờ") % {"seconds": LATE, "n": behind}
    return {"ok": not reason, "reason": reason, "behind": behind}
