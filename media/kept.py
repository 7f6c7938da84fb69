"""Answers that were encoded once and are kept: edge tiles, thumbnails, cut-outs of a page that many people open.

In memory, in each server process, bounded by bytes, the longest unused going first. Nothing lies on disk that would
have to be withdrawn: who may see an image is decided before anything is looked up here, for each request. A key begins
with the identity of the file, so what was made from another file is never found.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

ROOM = 32 * 1024**2  # bytes
LARGEST = 256 * 1024  # bytes: larger answers are made anew


class Kept:
    """Bytes by key, at most `room` in all."""

    def __init__(self, room: int = ROOM, largest: int = LARGEST):
        self.room, self.largest, self.size = room, largest, 0
        self._held: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What is held under this key, else what `make` returns. Two threads may both make it; one answer is held."""
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
                return found
        made = make()
        if len(made) <= self.largest:
            self._hold(key, made)
        return made

    def _hold(self, key: Hashable, made: bytes) -> None:
        with self._lock:
            if key in self._held:
                return
            self._held[key] = made
            self.size += len(made)
            while self.size > self.room:
                self.size -= len(self._held.popitem(last=False)[1])

    def __len__(self) -> int:
        return len(self._held)


answers = Kept()
