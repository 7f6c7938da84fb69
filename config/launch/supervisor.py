"""The server and the two workers as children: started together, started again when one falls, ended together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path

from .environment import ROOT, last_line

FALLS = 4  # within WINDOW seconds: then the whole ends
WINDOW = 60
PATIENCE = 10  # seconds between asking a child to end and killing it


def _die_with_parent() -> None:
    """Linux: when the launcher is killed outright, its children get SIGTERM instead of living on."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Child:
    """One process, in a group of its own so that Ctrl-C reaches it through us only."""

    def __init__(self, name: str, command: list[str], env: dict[str, str], log: Path):
        self.name, self.command, self.env, self.log = name, command, env, log
        self.process: subprocess.Popen | None = None
        self.falls: list[float] = []

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.replace(self.log.with_suffix(".log.1"))
        with open(self.log, "a") as output:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True, preexec_fn=_die_with_parent,
            )  # fmt: skip

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def send(self, number: int) -> None:
        """Signal the child and its own children."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Keeps `children` running until `stop` is asked for."""

    def __init__(self, children: list[Child], say):
        self.children, self.say = children, say
        self.stopping = False

    def start(self) -> None:
        for child in self.children:
            child.start()

    def watch_once(self) -> str | None:
        """Start again what fell. Returns the sentence that ends the whole, or None."""
        now = time.monotonic()
        for child in self.children:
            if child.running():
                continue
            child.falls = [at for at in child.falls if now - at < WINDOW] + [now]
            reason = last_line(child.log)
            if len(child.falls) >= FALLS:
                return f"{child.name} dừng liên tục / keeps stopping: {reason} ({child.log})"
            self.say(f"{child.name} dừng, chạy lại / stopped, started again: {reason} ({child.log})")
            child.start()
        return None

    def stop(self) -> None:
        """End every child: asked first, killed after PATIENCE seconds. Nothing of theirs is left."""
        self.stopping = True
        for child in self.children:
            child.send(signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        for child in self.children:
            if child.process is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.1, end - time.monotonic()))
        for child in self.children:
            child.send(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
