"""What the journey needs: real workers, a spreadsheet with scans, and the exhibition."""

import subprocess
import sys
import time

import pytest
from openpyxl import Workbook
from PIL import Image

from media import jobs

HEADINGS = ["Số hiệu", "Loại hình", "Nhan đề (vi)", "Nhan đề (en)", "Nhan đề gốc", "Ngôn ngữ nhan đề gốc", "Niên đại"]
HEADINGS += ["Mô tả (vi)", "Mô tả (en)", "Địa danh", "Tệp quét", "Không thuộc danh mục bí mật nhà nước"]
GOOD = [
    ["ban-do-hoang-sa", "Bản đồ", "Bản đồ Hoàng Sa", "Map of Hoàng Sa", "黃沙圖", "lzh", "1838"],
    ["Bản đồ vẽ quần đảo.", "A map of the islands.", "quan-dao-hoang-sa", "to-1.tif", "có"],
]
BAD = [
    ["dong-hong", "Bản đồ", "Dòng hỏng", "Bad row", "", "", "hôm nọ"],
    ["Không đọc được niên đại.", "Its date can't be read.", "", "", "có"],
]


@pytest.fixture
def sheet(tmp_path):
    """sheet.xlsx with one good and one bad row, and the good one's TIFF."""
    folder = tmp_path / "import"
    folder.mkdir()
    book = Workbook()
    book.active.append(HEADINGS)
    for first, second in (BAD, GOOD):
        book.active.append([*first, *second])
    book.save(folder / "sheet.xlsx")
    picture = Image.linear_gradient("L").resize((1800, 1200)).convert("RGB")
    picture.save(folder / "to-1.tif", compression="tiff_lzw")
    return folder


@pytest.fixture
def workers(process_env):
    """Both workers as processes of their own, on this test's database and files."""
    command = [sys.executable, "manage.py", "worker", "--queue"]
    running = [subprocess.Popen([*command, queue], env=process_env) for queue in ("index", "heavy")]
    eventually(lambda: all(jobs.alive(queue) for queue in ("index", "heavy")), 120)
    yield running
    for process in running:
        process.terminate()
    for process in running:
        process.wait(timeout=20)


def eventually(question, seconds: float = 30):
    """Ask until the answer is true; fails with the last answer. A bound, not a measurement."""
    until = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < until, f"still {answer!r} after {seconds} s"
        time.sleep(0.1)
    return answer
