"""What an import did, for the terminal and for the page."""

from dataclasses import dataclass, field

MOST_PROBLEMS = 2000  # kept in a report; all are counted


@dataclass
class Report:
    """Counts of rows, and for each refused row where and why.

    problems: [{"row": number, "identifier": …, "column": heading or "", "message": sentence}]
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
    error: str = ""  # the file as a whole couldn't be read

    def refuse(self, row: int, identifier: str, found: list[tuple[str, str]]) -> None:
        """found: (heading, sentence) pairs."""
        self.refused += 1
        for column, message in found:
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append({"row": row, "identifier": identifier, "column": column, "message": message})

    @property
    def failed(self) -> bool:
        return bool(self.refused or self.error)

    def as_dict(self) -> dict:
        return dict(vars(self))
