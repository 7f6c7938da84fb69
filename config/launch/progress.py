"""Numbered progress lines."""

import contextlib
import subprocess
import sys
import threading
import time
from pathlib import Path


class Steps:
    """Numbered progress lines with seconds; on a terminal the seconds count up meanwhile."""

    def __init__(self, total: int):
        self.total, self.number = total, 0
        self.began = time.monotonic()
        self.terminal = sys.stdout.isatty()

    @contextlib.contextmanager
    def step(self, name: str):
        """One step: its line before, its seconds after."""
        self.number += 1
        head, start, done = f"[{self.number}/{self.total}] {name} …", time.monotonic(), threading.Event()

        def tick():
            while not done.wait(1):
                print(f"\r{head} {time.monotonic() - start:.0f} s", end="", flush=True)

        ticker = threading.Thread(target=tick, daemon=True)
        print(head, end="" if self.terminal else "\n", flush=True)
        if self.terminal:
            ticker.start()
        try:
            yield
        except BaseException:
            print(flush=True)
            raise
        finally:
            done.set()
            if self.terminal:
                ticker.join()
        seconds = f"{time.monotonic() - start:.1f} s"
        print(f"\r{head} {seconds}" if self.terminal else f"      {seconds}", flush=True)

    def stream(self, command: list[str], cwd: Path, env: dict[str, str], log: Path) -> int:
        """Run `command`, its output lines shown indented and kept in `log`; returns its exit code."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with open(log, "w") as kept:
            process = subprocess.Popen(
                command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=kept, text=True
            )
            try:
                for line in process.stdout:
                    kept.write(line)
                    text = f"      {line.rstrip()}"
                    print(f"\r{text}\033[K" if self.terminal else text, flush=True)
                return process.wait()
            except BaseException:
                process.terminate()
                process.wait()
                raise
