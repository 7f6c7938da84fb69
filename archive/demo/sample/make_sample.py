"""Write sheet.xlsx and a folder of pictures to try the import with. Run: python -m archive.demo.sample.make_sample OUT

Five good rows and two bad ones: a date that can't be read and a file that isn't there. The titles say that they are
samples; nothing here is a fact about the collection.
"""

import sys
from pathlib import Path

from openpyxl import Workbook
from PIL import Image, ImageDraw

from archive.importing.columns import BY_FIELD

FIELDS = [
    "identifier", "kind", "title_vi", "title_en", "title_original", "title_original_language", "reading", "date_text",
    "description_vi", "description_en", "languages", "shelfmarks", "scans", "scan_notes_vi", "scan_notes_en",
    "scan_illustration", "declared_not_secret",
]  # fmt: skip
NOTE = ("Hình mẫu, không phải bản quét", "Sample picture, not a scan")
# identifier, kind, titles, original title with language and reading, date, descriptions, languages, shelfmark, files
ROWS = [
    ("mau-001", "Bản đồ", "Bản đồ mẫu ghi Hoàng Sa", "Sample map naming Hoàng Sa", "黃沙圖", "lzh", "Hoàng Sa đồ",
     "1838", "Hàng mẫu để thử nhập.", "A sample row for trying the import.", "lzh", "M.1", "mau-001.tif"),
    ("mau-002", "Văn bản hành chính", "Châu bản mẫu", "Sample vermilion record", "", "", "",
     "Minh Mạng năm thứ 19", "Niên hiệu được đổi ra năm.", "A reign year turned into a year.", "lzh", "M.2",
     "mau-002-1.jpg; mau-002-2.jpg"),
    ("mau-003", "book", "Sách mẫu", "Sample book", "", "", "", "cuối thế kỷ XVII", "Một hàng.", "One row.", "fr", "",
     "mau-003.png"),
    ("mau-004", "Ảnh", "Ảnh mẫu", "Sample photograph", "", "", "", "khoảng 1938", "Một hàng.", "One row.", "", "", ""),
    ("mau-005", "legal text", "Văn bản mẫu", "Sample text", "", "", "", "15/5/2017", "Một hàng.", "One row.", "vi",
     "M.5", "mau-005.png"),
    ("mau-006", "Bản đồ", "Hàng lỗi: niên đại", "Bad row: date", "", "", "", "năm con rồng", "", "", "", "", ""),
    ("mau-007", "Bản đồ", "Hàng lỗi: thiếu tệp", "Bad row: missing file", "", "", "", "1840", "", "", "", "",
     "khong-co.tif"),
]  # fmt: skip
COLOURS = {"mau-001.tif": "#E2D3AE", "mau-002-1.jpg": "#F0D9D2", "mau-002-2.jpg": "#EBCFC6", "mau-003.png": "#D9E2E2"}


def write(out: Path) -> Path:
    """Write OUT/sheet.xlsx and OUT/scans; gives the sheet's path."""
    scans = out / "scans"
    scans.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    sheet = book.active
    sheet.title = "Tư liệu"
    sheet.append([BY_FIELD[field].vi for field in FIELDS])
    for row in ROWS:
        files = row[-1]
        count = len(files.split(";")) if files else 0
        notes = ["; ".join([note] * count) for note in NOTE]
        sheet.append([*row, *notes, "; ".join(["có"] * count), "có"])
        for name in filter(None, (part.strip() for part in files.split(";"))):
            if name != "khong-co.tif":
                _picture(scans / name)
    path = out / "sheet.xlsx"
    book.save(path)
    return path


def _picture(path: Path) -> None:
    image = Image.new("RGB", (1600, 1200), COLOURS.get(path.name, "#EFE6D0"))
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 60, 1540, 1140), outline="#14213D", width=4)
    for step in range(1, 12):
        pen.line((60, 60 + step * 90, 1540, 60 + step * 90), fill="#B8862B", width=1)
    pen.text((90, 90), f"{path.name} - sample, not a scan", fill="#14213D", font_size=40)
    image.save(path)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("python -m archive.demo.sample.make_sample OUT")
    print(write(Path(sys.argv[1])))
