"""Rows of a CSV file, streamed. Knows nothing of records."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_noop as noop

from . import legacy
from .encodings import LATIN, Encoding
from .xlsx import SheetError

DELIMITERS = ";,\t|"
FIELD_LIMIT = 2**31 - 1  # csv's own limit would end the file at a cell that only its row should suffer for
NOT_CSV = noop("Dòng %(row)s của tệp CSV hỏng. Hãy mở bằng bảng tính rồi lưu lại dạng .xlsx.")


def rows(path: Path, encoding: Encoding, delimiter: str, widest: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """(row number as a spreadsheet program shows it, texts of its cells as they stand). Raises SheetError."""
    csv.field_size_limit(FIELD_LIMIT)
    exchange = None
    if encoding.codec == LATIN:
        exchange = legacy.FROM_LATIN1 | (legacy.VISCII_CONTROLS if encoding.legacy == legacy.VISCII else {})
    with open(path, encoding=encoding.codec, newline="") as file:
        reader = enumerate(csv.reader(file, delimiter=delimiter, strict=True), start=1)
        number = 0
        while True:
            try:
                number, values = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise SheetError(NOT_CSV, row=number + 1) from error
            values = values[:widest]
            yield number, [value.translate(exchange) for value in values] if exchange else values
