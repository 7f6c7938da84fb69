"""The IIIF validators, in a virtual environment of their own: what they need is older than what the site uses."""

import json
import subprocess
import sys
from pathlib import Path

from config.launch import environment

VENV = environment.VENV / "iiif"
LOCK = environment.LOCKS / "iiif.lock"
CHECKS = Path(__file__).with_name("iiif_checks.py")
_STAMP = VENV / "installed.sha256"


def ready() -> bool:
    """Whether the validators are installed as requirements/iiif.lock says."""
    return _STAMP.exists() and _STAMP.read_text() == environment.digest([LOCK])


def ensure(log: Path) -> None:
    """Install them where they aren't yet. Raises Failed. iiif-validator has no wheel: pip makes one."""
    if ready():
        return
    what = "Không cài được bộ kiểm tra IIIF / Can't install the IIIF validators"
    environment.run([sys.executable, "-m", "venv", "--clear", str(VENV)], log, what)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)]
    environment.run(pip, log, what)
    _STAMP.write_text(environment.digest([LOCK]))


def ask(what: str, *arguments: str, given=None):
    """What tests/support/iiif_checks.py answers, as Python data. Raises CalledProcessError."""
    command = [str(VENV / "bin" / "python"), "-I", str(CHECKS), what, *arguments]
    env = environment.clean_environment()
    done = subprocess.run(command, input=json.dumps(given), env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)
