"""Becomes tesseract within limits, in a process that knows no Django, no database and no secrets.

In: a JSON object as the only argument: command (a list), parent (process id), memory, file (bytes), seconds (of CPU).
A picture that makes the program run wild costs this one process.
"""

import ctypes
import json
import os
import resource
import signal
import sys


def limit(kind, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    most = most if hard < 0 else min(most, hard)
    resource.setrlimit(kind, (most, most))


def main() -> None:
    order = json.loads(sys.argv[1])
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: it outlives exec
    except (AttributeError, OSError):
        pass
    if os.getppid() != order["parent"]:
        os._exit(1)
    os.nice(5)
    limit(resource.RLIMIT_AS, order["memory"])
    limit(resource.RLIMIT_FSIZE, order["file"])
    limit(resource.RLIMIT_CPU, order["seconds"])
    limit(resource.RLIMIT_CORE, 0)
    os.execvp(order["command"][0], order["command"])


if __name__ == "__main__":
    main()
