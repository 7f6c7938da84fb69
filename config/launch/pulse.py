"""Exits 0 while the worker of a queue gives signs of life (media.jobs.beat). For health checks; imports no Django."""

import os
import sys
import time
from pathlib import Path

STILL = 30  # seconds


def main(queue: str) -> int:
    path = Path(os.environ["CATVANG_VAR"]) / "heartbeat" / queue
    try:
        age = time.time() - path.stat().st_mtime
    except OSError:
        print(f"no sign of life of the worker {queue}")
        return 1
    if age > STILL:
        print(f"the worker {queue} stands still for {age:.0f} s")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
