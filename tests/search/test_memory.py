"""How much memory a rebuild may take."""

import pytest

from search.engines import memory
from search.engines.embedded import FILL_LEAST, FILL_MOST, fill_heap

MEMINFO = "MemTotal:       24684296 kB\nMemFree:        21372336 kB\nMemAvailable:   1000000 kB\n"
SPARE = [
    # /proc/meminfo, memory.max, memory.current → bytes
    (MEMINFO, "max", "5", 1_024_000_000),
    (MEMINFO, "600000000", "100000000", 500_000_000),
    (MEMINFO, "6000000000", "100000000", 1_024_000_000),
    (MEMINFO, "100", "200", 0),
    (MEMINFO, None, None, 1_024_000_000),
    ("MemTotal: 5 kB\n", "600", "100", 500),
    (None, None, None, 0),
]


@pytest.mark.parametrize("meminfo, limit, used, wanted", SPARE)
def test_what_can_be_spared(tmp_path, meminfo, limit, used, wanted):
    for name, text in (("meminfo", meminfo), ("memory.max", limit), ("memory.current", used)):
        if text is not None:
            (tmp_path / name).write_text(f"{text}\n")
    assert memory.to_spare(tmp_path / "meminfo", tmp_path) == wanted


def test_this_machine_tells():
    assert memory.to_spare() > 0


@pytest.mark.parametrize("spare, wanted", [(0, FILL_LEAST), (10**9, 250_000_000), (10**11, FILL_MOST)])
def test_a_quarter_of_it_within_bounds(monkeypatch, spare, wanted):
    monkeypatch.setattr(memory, "to_spare", lambda: spare)
    assert fill_heap() == wanted
