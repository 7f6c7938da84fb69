"""What an import did, for the terminal and for the page."""

from dataclasses import dataclass, field

MOST_PROBLEMS = 2000  # kept in a report; all are counted


@dataclass
class Report:
    """Counts of rows, and for each refused row where and why.

    problems: [{"row": number, "identifier": …, "column": heading or "", "value": cell, "message": sentence}]
    warnings: the same of rows that were accepted, and should be looked at; unsaid: problems and warnings beyond the
    most that a report keeps; change_set: key of the change set that holds each row's fate, all problems among them.
    """

    dry_run: bool = False
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[dict] = field(default_factory=list)
    warnings: list[dict] = field(default_factory=list)
    unsaid: int = 0
    unused_scans: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    other_sheets: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what was read otherwise than it stands in the sheet
    change_set: int | None = None
    error: str = ""  # the file as a whole couldn't be read

    def refuse(self, row: int, identifier: str, found: list[dict]) -> None:
        """found: {column, value, message} of each fault of the row."""
        self.refused += 1
        self.remember(row, identifier, found)

    def remember(self, row: int, identifier: str, found: list[dict], warnings: bool = False) -> None:
        kept = self.warnings if warnings else self.problems
        for fault in found:
            if len(kept) < MOST_PROBLEMS:
                kept.append({"row": row, "identifier": identifier, **fault})
            else:
                self.unsaid += 1

    def summary(self) -> dict:
        """Everything but the problems, which the change set holds row by row."""
        return {name: value for name, value in vars(self).items() if name not in ("problems", "warnings")}

    @property
    def failed(self) -> bool:
        return bool(self.refused or self.error)

    def as_dict(self) -> dict:
        return dict(vars(self))
