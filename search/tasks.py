"""What the index worker does for search. Imported by SearchConfig.ready.

Each engine fails and recovers for itself: Elasticsearch, which may hang, is fed by a thread of its own, and so is the
lexicon, whose first filling takes minutes in a large collection.
"""

import logging
import threading
import time

from django.db import connection

from media import jobs

from . import indexer, lexicon
from .engines.registry import configured

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0  # seconds between tries of an engine that fails
LOOK_EVERY = 5.0  # seconds between looks whether an index is still there
ASIDE = {"elasticsearch", lexicon.NAME}


class Feeder:
    """Feeds one engine, or the lexicon, with a pause that grows while it fails."""

    def __init__(self, name: str):
        self.name = name
        self.failures, self.until, self.looked = 0, 0.0, 0.0
        self.thread: threading.Thread | None = None

    def due(self) -> bool:
        now = time.monotonic()
        if now < self.until:
            return False
        news = lexicon.has_news() if self.name == lexicon.NAME else indexer.has_news(self.name)
        return news or now - self.looked >= LOOK_EVERY

    def attempt(self) -> bool:
        """One step; what goes wrong is told, never raised."""
        self.looked = time.monotonic()
        try:
            worked = lexicon.step() if self.name == lexicon.NAME else indexer.step(self.name)
        except Exception as error:
            self.failures += 1
            self.until = time.monotonic() + min(LONGEST_PAUSE, FIRST_PAUSE * 2**self.failures)
            indexer.note_failure(self.name, error)
            return False
        self.failures, self.until = 0, 0.0
        return worked

    def in_background(self) -> bool:
        """Attempts in a thread until nothing is left; True while it is at work."""
        if not (self.thread and self.thread.is_alive()):
            self.thread = threading.Thread(target=self._run, name=f"feed-{self.name}", daemon=True)
            self.thread.start()
        self.thread.join(0.05)
        return self.thread.is_alive() and not self.failures

    def _run(self) -> None:
        try:
            while self.attempt():
                pass
        except Exception:
            log.exception("search index of %s: its failure couldn't be noted", self.name)
        finally:
            connection.close()


_feeders: dict[str, Feeder] = {}


@jobs.poller(queue="index")
def feed() -> bool:
    """Deliver the outbox to every engine and to the lexicon. True when there was something to do."""
    worked = False
    for name in (*configured(), lexicon.NAME):
        feeder = _feeders.setdefault(name, Feeder(name))
        if feeder.due():
            worked = (feeder.in_background() if name in ASIDE else feeder.attempt()) or worked
    return worked
