"""What binds the child: its parent's life, its memory, and how it speaks."""

import ctypes
import json
import os
import resource
import signal
import threading
import time


def say(**message) -> None:
    print(json.dumps(message), flush=True)


def die_with_parent(parent: int) -> None:
    """Have the kernel end this process with its worker: an orphan would write into a purged folder."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    except (AttributeError, OSError):
        pass  # not Linux: watch() looks at the parent instead
    if os.getppid() != parent:
        os._exit(1)


def bound(memory: int) -> None:
    """Bound the address space generously (files are mapped) and written memory a little above what watch() allows."""
    for which, limit in ((resource.RLIMIT_AS, memory * 8), (resource.RLIMIT_DATA, memory * 3 // 2 + 256 * 1024**2)):
        hard = resource.getrlimit(which)[1]
        resource.setrlimit(which, (limit if hard < 0 else min(limit, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def used() -> int:
    """Bytes of memory that hold what no file holds. Mapped files may be dropped by the kernel at any time."""
    try:
        with open("/proc/self/status") as status:
            found = dict(row.split(":", 1) for row in status)
        return (int(found["RssAnon"].split()[0]) + int(found["RssShmem"].split()[0])) * 1024
    except (OSError, KeyError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def peak() -> int:
    """The most bytes that this process held in memory so far, mapped files too; 0 where the system doesn't tell.

    Not getrusage's, which begins with what the parent held when it made this process.
    """
    try:
        with open("/proc/self/status") as status:
            return next(int(row.split()[1]) * 1024 for row in status if row.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0


def watch(memory: int, parent: int) -> None:
    """End this process as soon as it uses too much memory or has lost its parent. Decoders can't be asked to stop."""

    def look():
        while True:
            if os.getppid() != parent:
                os._exit(1)
            now = used()
            if now > memory:
                say(error="memory", detail=f"{now} bytes")
                os._exit(3)
            time.sleep(0.05)

    threading.Thread(target=look, daemon=True, name="watch").start()


class Progress:
    """Says how far the work is, each percent once: stages share the hundred."""

    def __init__(self):
        self.start, self.share, self.told = 0.0, 1.0, -1

    def stage(self, start: float, share: float) -> None:
        """What follows is this share of the whole, from this point on (both 0 to 1)."""
        self.start, self.share = start, share

    def __call__(self, part: float) -> None:
        percent = int(100 * (self.start + self.share * min(1.0, part)))
        if percent > self.told:
            self.told = percent
            say(percent=percent)
