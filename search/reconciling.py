"""Compare each projection with the editions, name each difference, mend it."""

import time

from django.db import transaction
from django.utils.translation import gettext as _

from archive import mention_rows, outbox
from archive.models import Edition, EditionImage
from media import storage

from . import indexer, lexicon, news
from .documents import version
from .engines.base import EngineError
from .engines.registry import configured

PATIENCE = 30.0  # seconds that --fix waits for the worker that holds an index


def reconcile(fix: bool = False) -> list[str]:
    """A sentence for each difference found (before mending). With fix, mends what it can."""
    found = []
    for name in configured():
        found += _index(name, fix)
    found += lexicon.reconcile(fix)
    found += mention_rows.reconcile(fix=fix)
    images = set(EditionImage.objects.values_list("image_id", flat=True))
    return found + storage.reconcile(images, fix=fix)


def _index(name: str, fix: bool) -> list[str]:
    try:
        differences = differing(name)
    except EngineError as error:
        return [_("Chỉ mục %(name)s không trả lời: %(error)s") % {"name": name, "error": error}]
    if differences is None:
        if fix:
            indexer.rebuild(name)
        return [_("Chỉ mục %(name)s chưa được dựng.") % {"name": name}]
    if fix and differences:
        mend(name, list(differences))
    return [f"{name}: {sentence}" for sentence in differences.values()]


def differing(name: str) -> dict[str, str] | None:
    """{identifier: what differs}; None where there is no index. Raises EngineError.

    What the outbox still holds for the engine isn't a difference: it is on its way.
    """
    engine, cursor = configured()[name], indexer.cursor_of(name)
    if not cursor.index.startswith(indexer.stem(engine)) or not engine.exists(cursor.index):
        return None
    held = engine.versions(cursor.index)
    wanted = {key: version(key, number) for key, number in Edition.objects.values_list("identifier", "number")}
    waiting = news.waiting(cursor.position)
    sentences = {
        "missing": _("thiếu %(id)s (bản công bố số %(number)s)"),
        "extra": _("thừa %(id)s, không còn bản công bố"),
        "other": _("%(id)s giữ bản cũ, khác bản công bố số %(number)s"),
    }
    found = {}
    for key in sorted((held.keys() | wanted.keys()) - waiting):
        kind = "missing" if key not in held else "extra" if key not in wanted else "other"
        if held.get(key) != wanted.get(key):
            number = (wanted.get(key) or "").rpartition("#")[2]
            found[key] = sentences[kind] % {"id": key, "number": number}
    return found


def mend(name: str, identifiers: list[str]) -> None:
    """Have the worker look again at these; deliver it here where no worker holds the index."""
    with transaction.atomic():
        outbox.touch(identifiers)
    end, wanted = time.monotonic() + PATIENCE, news.head()
    while indexer.cursor_of(name).position < wanted and time.monotonic() < end:
        try:
            indexer.step(name)
        except EngineError:
            time.sleep(0.2)  # the worker holds the index and delivers it itself
