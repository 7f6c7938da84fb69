"""Runs one act of media.child and follows it: what it says, how long it takes, how it ends."""

import json
import logging
import os
import selectors
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[1]
COMMAND = (sys.executable, "-m", "media.child")
NAMES = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")


class TooSlow(Exception):
    """The time limit passed."""


class Wrong(Exception):
    """The child ended without a result. code: "damaged" | "memory" | "storage" | "killed", or a PDF's: "encrypted" |
    "active" | "pages"; values: numbers that belong to it; detail: for the log."""

    def __init__(self, code: str, detail: str = "", values=()):
        super().__init__(code, detail)
        self.code, self.detail, self.values = code, detail, values


def run(order: dict, folder: Path, seconds: float, progress=lambda percent: None) -> dict:
    """What the child says at its end. progress(percent) is called about twice a second and may raise to stop it.

    In: order, see media.child.__main__, without its "parent"; folder: where it may write. Raises Wrong, TooSlow.
    """
    command = [*COMMAND, json.dumps(order | {"parent": os.getpid()})]
    with open(folder / "stderr", "w+b") as errors:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=_environment(folder), cwd=ROOT)
        try:
            message = _follow(child, seconds, progress)
        finally:
            child.kill()
            child.wait()
            child.stdout.close()
        errors.seek(0)
        said = errors.read()[-2000:].decode(errors="replace")
    if "done" in message:
        return message["done"]
    detail = f"{message.get('detail', '')} {said}".strip()
    log.error("image process ended with %s: %s", child.returncode, detail)
    # A thread that cannot be made is one whose stack finds no room.
    code = "memory" if "creating thread" in detail else message.get("error", "killed")
    raise Wrong(code, f"code {child.returncode}: {detail}", message.get("values", []))


def _environment(folder: Path) -> dict:
    """Little more than nothing: no secret reaches the child, and libraries' own temporary files go into its folder."""
    kept = {name: os.environ[name] for name in NAMES if name in os.environ}
    return kept | {"TMPDIR": str(folder), "VIPS_CONCURRENCY": str(min(4, os.cpu_count() or 1))}


def _follow(child, seconds: float, progress) -> dict:
    """Read the child's lines until it ends. Out: its last message ({} when it ended without one)."""
    message, percent, began = {}, 0, time.monotonic()
    progress(0)
    os.set_blocking(child.stdout.fileno(), False)
    waiting, buffer = selectors.DefaultSelector(), b""
    waiting.register(child.stdout, selectors.EVENT_READ)
    with waiting:
        while True:
            if waiting.select(timeout=0.5):
                chunk = child.stdout.read()
                if chunk == b"":
                    child.wait()
                    return message
                *lines, buffer = (buffer + (chunk or b"")).split(b"\n")
                for line in deque(lines, maxlen=8):
                    message = json.loads(line)
                    percent = message.get("percent", percent)
            progress(percent)
            if time.monotonic() - began > seconds:
                raise TooSlow
