"""Which rows of an import are done, so that an import cut off by a crash goes on where it stopped."""

import json
import os
from pathlib import Path


class Journal:
    """A line before a row is written and one after. path None: no journal (a command is simply run again).

    A row with a first line alone was cut off: it is done if its record exists, for it didn't before.
    """

    def __init__(self, path: Path | None):
        self.path = path
        self.begun: dict[int, str] = {}
        self.done: dict[int, dict] = {}
        if path and path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                self._read(line)

    def _read(self, line: str) -> None:
        try:
            entry = json.loads(line)
        except ValueError:
            return  # the power went while it was written
        if "outcome" in entry:
            self.done[entry["row"]] = entry
        else:
            self.begun[entry["row"]] = entry["identifier"]

    def begin(self, row: int, identifier: str) -> None:
        """Of a new record only: an update may simply be made again."""
        self._write({"row": row, "identifier": identifier})

    def finish(self, row: int, outcome: str, identifier: str = "", problems=()) -> None:
        self._write({"row": row, "identifier": identifier, "outcome": outcome, "problems": list(problems)})

    def _write(self, entry: dict) -> None:
        if self.path is None:
            return
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
