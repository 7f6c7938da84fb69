"""Lists in one cell: one part a line, its pieces between bars. Pure, and reversible whatever the texts hold.

A backslash keeps the next character from parting: \\| is a bar, \\; a semicolon; \\n is a line's end inside a text.
"""

import re

ESCAPED = re.compile(r"\\(.)", re.S)
BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
SEMICOLON = re.compile(r"(?<!\\)((?:\\\\)*);")


def escape(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for plain, written in (("\\", "\\\\"), ("|", "\\|"), (";", "\\;"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text


def unescape(text: str) -> str:
    return ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def write_rows(rows: list[list[str]]) -> str:
    """[["Điều 1", "Tên"], …] as a cell; empty pieces at the end of a row are left out."""
    lines = []
    for pieces in rows:
        pieces = [escape(piece) for piece in pieces]
        while len(pieces) > 1 and not pieces[-1]:
            pieces.pop()
        lines.append(" | ".join(pieces))
    return "\n".join(lines)


def read_rows(text: str, width: int) -> list[list[str]]:
    """The reverse: each row has `width` pieces; more than that stay in a longer row, for the caller to refuse."""
    rows = []
    for line in text.split("\n"):
        if line.strip():
            pieces = [unescape(piece.strip()) for piece in _part(BAR, line)]
            rows.append(pieces + [""] * (width - len(pieces)))
    return rows


def write_texts(texts: list[str]) -> str:
    """Long texts beside a list of scans: one a line, its own line ends escaped; "" when there is none at all."""
    if not any(texts):
        return ""
    return "\n".join(escape(text) for text in texts) + ("\n" if len(texts) == 1 else "")


def read_texts(text: str) -> list[str]:
    """The reverse; a cell on one line may part its texts by semicolons too."""
    parts = text.split("\n") if "\n" in text else _part(SEMICOLON, text)
    parts = [unescape(part).strip() for part in parts]
    while parts and not parts[-1]:
        parts.pop()
    return parts


def _part(mark: re.Pattern, text: str) -> list[str]:
    """`text` parted at marks that no backslash keeps."""
    pieces, start = [], 0
    for found in mark.finditer(text):
        pieces.append(text[start : found.end() - 1])
        start = found.end()
    return [*pieces, text[start:]]
