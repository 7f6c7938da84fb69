"""The program tesseract: whether it is there, what it can read, and one run of it. It is optional."""

import json
import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from shutil import which

from django.conf import settings
from django.utils.translation import gettext_noop as noop

from .languages import KNOWN, WANTED

log = logging.getLogger(__name__)

CHILD = Path(__file__).with_name("child.py")
MEMORY = 2 * 1024**3  # bytes of address space; a band of 40 megapixels takes 0.2 GB
OUTPUT = 64 * 1024**2  # bytes
SECONDS = 15 * 60  # for one band
ASK_SECONDS = 20
REMEMBERED = 60  # seconds for which the answer about languages holds
# How the letters lie (tesseract's --psm): paragraphs and columns; scattered names, as on a map; one block.
LAYOUTS = {"page": "3", "sparse": "11", "block": "6"}

ABSENT = noop(
    "Máy chủ chưa cài chương trình nhận dạng chữ (tesseract), nên chưa đọc được chữ tự động. "
    "Các việc khác vẫn chạy bình thường; người vận hành cài bằng lệnh: %(line)s."
)
NO_LANGUAGE = noop("Chương trình tesseract chưa có dữ liệu ngôn ngữ nào dùng được; người vận hành cài: %(line)s.")
SILENT = noop("Chương trình tesseract trên máy chủ không trả lời đúng; hãy báo người vận hành kiểm tra lệnh %(path)s.")
APT = "apt install tesseract-ocr " + " ".join(KNOWN[code].package for code in WANTED)

_answers: dict[str, tuple[float, tuple[str, ...] | None]] = {}


class Crashed(OSError):
    """The program ended by itself before it was done; another attempt may help. `code`: what it ended with."""

    def __init__(self, code: int, said: str):
        super().__init__(f"tesseract ended with {code}: {said}")
        self.code = code


class TooSlow(Exception):
    """It took longer than SECONDS."""


def program() -> str | None:
    """Path of the program (settings.OCR_PROGRAM), or None where there is none."""
    return which(settings.OCR_PROGRAM) if settings.OCR_PROGRAM else None


def installed() -> tuple[str, ...]:
    """Codes of the languages that the program can read, without orientation data; () where it isn't there."""
    path = program()
    if path is None:
        return ()
    asked_at, codes = _answers.get(path, (0.0, None))
    if not asked_at or time.monotonic() - asked_at > REMEMBERED:
        codes = _ask(path)
        _answers[path] = (time.monotonic(), codes)
    return codes or ()


def _ask(path: str) -> tuple[str, ...] | None:
    """Out: None where the program doesn't answer as tesseract does."""
    try:
        answer = subprocess.run(
            [path, "--list-langs"],
            capture_output=True,
            timeout=ASK_SECONDS,
            env=environment(),
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("%s --list-langs: %s", path, error)
        return None
    rows = answer.stdout[:100_000].decode(errors="replace").splitlines()
    if answer.returncode or not rows or not rows[0].startswith("List of available languages"):
        log.warning("%s --list-langs ended with %s: %s", path, answer.returncode, answer.stdout[:200])
        return None
    return tuple(code for row in rows[1:] if (code := row.strip()) and code != "osd" and len(code) < 40)


def trouble() -> tuple[str, dict] | None:
    """Why no text can be read here: a message id and its values; None where all is well."""
    path = program()
    if path is None:
        return ABSENT, {"line": APT}
    if not installed():
        return (SILENT, {"path": path}) if _answers[path][1] is None else (NO_LANGUAGE, {"line": APT})
    return None


def environment(folder: Path | None = None) -> dict:
    """Little more than nothing. One thread: several are slower on lines of text, and other jobs run beside it."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX") if name in os.environ}
    return kept | {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"} | ({"TMPDIR": str(folder)} if folder else {})


def table_of(picture: Path, codes: list[str], layout: str, folder: Path, watch) -> str:
    """The program's table of the words on a picture.

    In: a TIFF; tesseract's language codes; a key of LAYOUTS; a folder for its files; watch(), called twice a second,
    which may raise to stop it. Raises Crashed and TooSlow.
    """
    command = [program() or settings.OCR_PROGRAM, str(picture), "stdout", "-l", "+".join(codes)]
    command += ["--psm", LAYOUTS[layout], "tsv"]
    order = {
        "command": command,
        "parent": os.getpid(),
        "memory": MEMORY,
        "file": OUTPUT,
        "seconds": max(1, round(SECONDS)),
    }
    out, errors = folder / "table", folder / "stderr"
    with open(out, "wb") as table, open(errors, "wb") as said:
        child = subprocess.Popen(
            [sys.executable, "-P", str(CHILD), json.dumps(order)],
            stdin=subprocess.DEVNULL,
            stdout=table,
            stderr=said,
            env=environment(folder),
            start_new_session=True,
        )
        try:
            _wait(child, watch)
        finally:
            _end(child)
    if child.returncode:
        raise Crashed(child.returncode, _tail(errors))
    return out.read_text(encoding="utf-8", errors="replace")


def _wait(child, watch) -> None:
    began = time.monotonic()
    while True:
        try:
            child.wait(timeout=0.5)
            return
        except subprocess.TimeoutExpired:
            watch()
        if time.monotonic() - began > SECONDS:
            raise TooSlow


def _end(child) -> None:
    """With whatever it started itself."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    child.wait()


def _tail(path: Path) -> str:
    return path.read_bytes()[-500:].decode(errors="replace").strip()
