"""A plain BigTIFF, written row by row: what formats that libvips can't read are turned into first."""

import struct

TAGS = {"grey": 1, "rgb": 2, "cmyk": 5}


class PlainTiff:
    """width, height in pixels; bands, bits (8 or 16) a sample; colour: "grey" | "rgb" | "cmyk"; profile: ICC bytes.

    Rows are written in order with write(); close() writes the directory. Uncompressed, for one reading.
    """

    ROWS = 16  # a strip

    def __init__(self, path: str, shape: tuple, colour: str, profile: bytes = b"", alpha: bool = False):
        self.width, self.height, self.bands, self.bits = shape
        self.colour, self.profile, self.alpha = colour, profile, alpha
        self.file = open(path, "wb", buffering=0)
        self.file.write(b"II+\0" + struct.pack("<HHQ", 8, 0, 0))

    def write(self, rows) -> None:
        """Whole rows, samples interleaved, little-endian."""
        data = memoryview(rows).cast("B")
        while data:
            data = data[self.file.write(data) :]

    def close(self) -> None:
        row = self.width * self.bands * self.bits // 8
        strips = -(-self.height // self.ROWS)
        offsets = [16 + n * self.ROWS * row for n in range(strips)]
        counts = [row * min(self.ROWS, self.height - n * self.ROWS) for n in range(strips)]
        fields = [
            (256, "I", [self.width]), (257, "I", [self.height]), (258, "H", [self.bits] * self.bands), (259, "H", [1]),
            (262, "H", [TAGS[self.colour]]), (273, "Q", offsets), (277, "H", [self.bands]), (278, "I", [self.ROWS]),
            (279, "Q", counts), (284, "H", [1]),
        ]  # fmt: skip
        fields += [(338, "H", [2])] if self.alpha else []
        fields += [(34675, "B", self.profile)] if self.profile else []
        self._directory(fields)
        self.file.close()

    def _directory(self, fields: list) -> None:
        entries, at = b"", self.file.tell()
        for tag, letter, values in fields:
            data = bytes(values) if letter == "B" else struct.pack(f"<{len(values)}{letter}", *values)
            if len(data) > 8:
                self.write(data)
                place, at = struct.pack("<Q", at), at + len(data)
            else:
                place = data.ljust(8, b"\0")
            entries += struct.pack("<HHQ", tag, {"B": 1, "H": 3, "I": 4, "Q": 16}[letter], len(values)) + place
        self.write(struct.pack("<Q", len(fields)) + entries + bytes(8))
        self.file.seek(8)
        self.write(struct.pack("<Q", at))
