"""Rooms import downwards only. The contract of pyproject.toml, tried on planted breaches and on the code."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .rules import ROOMS, ROOT

LINTER = Path(sys.executable).parent / "lint-imports"


def lint(folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run([LINTER, "--no-cache"], cwd=folder, capture_output=True, text=True)


@pytest.fixture
def planted(tmp_path):
    """Five empty rooms under our contract; `planted(room, source)` puts a module into one and lints."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ROOMS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
        (tmp_path / room / "thing.py").touch()

    def plant(room: str, source: str) -> subprocess.CompletedProcess:
        (tmp_path / room / "module.py").write_text(source)
        return lint(tmp_path)

    return plant


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("media", "import archive.thing"),
        ("archive", "def f():\n    from search import thing\n"),
        ("search", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from exhibits import thing\n"),
        ("exhibits", "try:\n    import config.thing\nexcept ImportError:\n    pass\n"),
    ],
)
def test_an_upward_import_is_seen(planted, room, source):
    done = planted(room, source)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


@pytest.mark.parametrize(
    ("room", "source"),
    [("config", "import media.thing"), ("search", "from archive import thing"), ("exhibits", "import media.thing")],
)
def test_a_downward_import_passes(planted, room, source):
    assert planted(room, source).returncode == 0


def test_the_rooms_keep_to_it():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_no_room_knows_the_tests():
    from .rules import code_of_rooms

    assert [str(path) for path, source in code_of_rooms() if "from tests" in source or "import tests" in source] == []
