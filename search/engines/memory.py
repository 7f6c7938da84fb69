"""How much memory this machine can spare, in bytes."""

import re
from pathlib import Path

_OF_ALL = Path("/proc/meminfo")
_OF_THE_CONTAINER = Path("/sys/fs/cgroup")  # cgroup v2


def to_spare(of_all: Path = _OF_ALL, of_the_container: Path = _OF_THE_CONTAINER) -> int:
    """What a process may take without another losing its own: what the kernel calls available, and no more than is
    left of the container's limit. 0 where neither is told."""
    found = re.search(r"^MemAvailable:\s*(\d+) kB$", _read(of_all), re.MULTILINE)
    spare = [int(found[1]) * 1024] if found else []
    limit, used = (_read(of_the_container / f"memory.{name}").strip() for name in ("max", "current"))
    if limit.isdecimal() and used.isdecimal():  # "max": there is none
        spare.append(max(0, int(limit) - int(used)))
    return min(spare, default=0)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
