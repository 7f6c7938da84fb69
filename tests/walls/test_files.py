"""What no file of the repository holds."""

from pathlib import Path

import pytest

from . import rules

OWN = {Path("tests/walls/test_files.py")}  # holds the planted samples
TEXTS = [rules.registry_hosts, rules.machine_paths, rules.shared_files]


@pytest.mark.parametrize(
    ("wall", "text"),
    [
        (rules.registry_hosts, "resolved: https://registry.npm" + "js.org/x"),
        (rules.registry_hosts, "--index-url https://pypi" + ".org/simple"),
        (rules.machine_paths, "open('/wo" + "rk/main/x')"),
        (rules.machine_paths, "HOME=/ro" + "ot/.cache"),
        (rules.shared_files, "json.load(open('sha" + "red/collection/items.json'))"),
        (rules.shared_files, "Path('sha" + "red/look/look.css')"),
    ],
)
def test_a_planted_breach_is_seen(wall, text):
    assert wall(Path("x.py"), f"a\n{text}\n") == [wall(Path("x.py"), f"a\n{text}")[0]]


@pytest.mark.parametrize(
    ("wall", "text"),
    [
        (rules.machine_paths, "root /framework/x"),
        (rules.machine_paths, "see the work/root of it"),
        (rules.shared_files, "wagtailadmin/shared/header.html"),
        (rules.shared_files, "a shared/reused thing"),
    ],
)
def test_what_is_allowed_passes(wall, text):
    assert wall(Path("x.py"), text) == []


def texts():
    for path in rules.tracked():
        if path in OWN:
            continue
        try:
            yield path, (rules.ROOT / path).read_text()
        except UnicodeDecodeError:
            continue


@pytest.mark.parametrize("wall", TEXTS, ids=lambda wall: wall.__name__)
def test_the_files_keep_to_it(wall):
    assert [breach for path, text in texts() for breach in wall(path, text)] == []


def too_big(sizes: dict[str, int]) -> list[str]:
    return [f"{name}: {size} bytes" for name, size in sizes.items() if size > rules.BIGGEST]


def test_no_file_is_big():
    assert too_big({"planted": rules.BIGGEST + 1, "small": 10}) == [f"planted: {rules.BIGGEST + 1} bytes"]
    assert too_big({str(path): (rules.ROOT / path).stat().st_size for path in rules.tracked()}) == []


def test_locks_are_hashed_and_name_no_index():
    for lock in (rules.ROOT / "requirements").glob("*.lock"):
        text = lock.read_text()
        assert "://" not in text, lock
        pins = [line for line in text.splitlines() if line and line[0].isalnum()]
        assert pins and text.count("--hash=sha256:") >= len(pins), lock
        assert all("==" in pin and pin.endswith("\\") for pin in pins), lock


def test_the_front_end_lock_holds_hashes_and_no_addresses():
    text = (rules.ROOT / "package-lock.json").read_text()
    assert '"integrity"' in text
    assert '"resolved"' not in text
