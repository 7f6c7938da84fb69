"""What an import did, for the terminal and for the page."""

from dataclasses import dataclass, field

MOST_PROBLEMS = 2000  # kept in a report; all are counted


@dataclass
class Report:
    """Counts of rows, and for each refused row where and why.

    problems: [{"row": number, "identifier": …, "column": heading or "", "value": cell, "message": sentence}]
    change_set: key of the change set that holds each row's fate, all problems among them.
    """

    dry_run: bool = False
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[dict] = field(default_factory=list)
    unused_scans: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    other_sheets: list[str] = field(default_factory=list)
    change_set: int | None = None
    error: str = ""  # the file as a whole couldn't be read

    def refuse(self, row: int, identifier: str, found: list[dict]) -> None:
        """found: {column, value, message} of each fault of the row."""
        self.refused += 1
        self.remember(row, identifier, found)

    def remember(self, row: int, identifier: str, found: list[dict]) -> None:
        for fault in found:
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append({"row": row, "identifier": identifier, **fault})

    def summary(self) -> dict:
        """Everything but the problems, which the change set holds row by row."""
        return {name: value for name, value in vars(self).items() if name != "problems"}

    @property
    def failed(self) -> bool:
        return bool(self.refused or self.error)

    def as_dict(self) -> dict:
        return dict(vars(self))
