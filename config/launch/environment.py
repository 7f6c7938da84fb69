"""The virtual environment: made, filled from a lock with hashes, and used again while the lock is the same."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
LOCKS = ROOT / "requirements"


class Failed(RuntimeError):
    """A step can't be done; the message is one sentence in both languages."""


def python() -> str:
    return str(VENV / "bin" / "python")


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 over the names (below ROOT) and contents of the files `paths`."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def clean_environment() -> dict[str, str]:
    """The caller's environment less what would lead Python, pip or the site elsewhere."""
    # With PYTHONDONTWRITEBYTECODE each of four processes would compile every module again at each start.
    foreign = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}
    env = {key: value for key, value in os.environ.items() if key not in foreign}
    env["PYTHONUTF8"] = "1"
    # pyvips would compile itself against a system libvips of another version, and say nothing.
    env["PKG_CONFIG_LIBDIR"] = "/nonexistent"
    env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    return env


def run(command: list[str], log: Path, what: str, env: dict[str, str] | None = None) -> None:
    """Run `command` in ROOT, its output into `log`. Raises Failed naming `what` and the last line said."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "a") as output:
        output.write(f"$ {' '.join(command)}\n")
        output.flush()
        done = subprocess.run(
            command, cwd=ROOT, env=env or clean_environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    if done.returncode:
        raise Failed(f"{what}: {last_line(log)} ({log})")


def last_line(log: Path) -> str:
    """The last line that says something, at most 300 characters."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines()]
    lines = [line for line in lines if line and "complete log of this run" not in line]  # npm's last word says nothing
    return lines[-1][:300] if lines else "?"


def works(interpreter: str) -> bool:
    """True when the interpreter starts, is of a version that we support and has pip."""
    test = "import sys, pip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))"
    try:
        return subprocess.run([interpreter, "-c", test], capture_output=True, env=clean_environment()).returncode == 0
    except OSError:
        return False


def ensure_venv(log: Path) -> None:
    """Make VENV unless a working one is there; a broken or half-made one is made anew."""
    if works(python()):
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    run([sys.executable, "-m", "venv", str(VENV)], log, "Không tạo được môi trường Python / Can't make a venv")


def stamp(lock: str) -> Path:
    return VENV / f"installed-{lock}.sha256"


def installed(lock: str) -> bool:
    """True when VENV holds what requirements/<lock>.lock says."""
    file = stamp(lock)
    return file.exists() and file.read_text() == digest([LOCKS / f"{lock}.lock"]) and Path(python()).exists()


def install(lock: str, log: Path) -> None:
    """Install requirements/<lock>.lock, hashes checked: with uv where it can be had, else with pip, which is slower."""
    if installed(lock):
        return
    file = str(LOCKS / f"{lock}.lock")
    what = "Không cài được thư viện / Can't install the libraries"
    if not _with_uv(file, log):
        pip = [python(), "-m", "pip"]
        # edtf and others come as wheels; should one come as source only, pip may build it.
        run([*pip, "install", "--quiet", "--require-hashes", "-r", file], log, what)
    stamp(lock).write_text(digest([LOCKS / f"{lock}.lock"]))


def _with_uv(file: str, log: Path) -> bool:
    """True when uv did it. It doesn't read pip's settings, so where pip is set to an index of its own, pip does it."""
    if any(name in os.environ for name in ("PIP_INDEX_URL", "PIP_NO_INDEX", "CATVANG_NO_UV")):
        return False
    env = clean_environment() | {"VIRTUAL_ENV": str(VENV)}
    try:
        config = subprocess.run([python(), "-m", "pip", "config", "list"], capture_output=True, text=True, env=env)
        if "index-url" in config.stdout or "no-index" in config.stdout:
            return False
        pip = [python(), "-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "-r"]
        run([*pip, str(LOCKS / "uv.lock")], log, "uv")
        uv = [python(), "-m", "uv", "pip", "install", "--quiet", "--system-certs", "--require-hashes", "-r", file]
        run(uv, log, "uv", env)
    except Failed:
        return False
    return True
