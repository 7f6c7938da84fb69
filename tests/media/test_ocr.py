"""Printed text read from scans: tables and bands as examples, the real tesseract, programs gone wild."""

import time
import unicodedata
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from archive.folding import fold
from media import jobs, paths, renditions, text_lines
from media.ocr import bands, languages, page, placing, tables, tesseract

from .conftest import encoded

FONT = "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf"
SAID = ["Quần đảo Hoàng Sa của Việt Nam", "Carte de la Cochinchine", "Paracel islands and reefs"]


def row(left, top, width, height, confidence, text, line=1, word=1, block=1) -> str:
    return f"5\t1\t{block}\t1\t{line}\t{word}\t{left}\t{top}\t{width}\t{height}\t{confidence}\t{text}"


def table(*rows: str) -> str:
    return "\n".join([tables.HEADER, "1\t1\t0\t0\t0\t0\t0\t0\t900\t600\t-1\t", *rows, ""])


# --- tesseract's table: (rows, lines as (text, box, confidence)) ----------------------------------------------

READ = {
    "words of a line": (
        [row(10, 10, 40, 20, 90, "Hoàng"), row(60, 12, 20, 18, "60.04", "Sa", word=2)],
        [("Hoàng Sa", (10, 10, 70, 20), 81.4)],
    ),
    "decomposed letters are composed": (
        [row(0, 0, 9, 9, 80, unicodedata.normalize("NFD", "Trường"))],
        [("Trường", (0, 0, 9, 9), 80.0)],
    ),
    "Hán has no spaces": (
        [row(0, 0, 9, 9, 80, "黃"), row(9, 0, 9, 9, 80, "沙渚", word=2)],
        [("黃沙渚", (0, 0, 18, 9), 80.0)],
    ),
    "two lines, in the program's order": (
        [row(0, 50, 9, 9, 50, "hai", line=1), row(0, 0, 9, 9, 50, "một", line=2)],
        [("hai", (0, 50, 9, 9), 50.0), ("một", (0, 0, 9, 9), 50.0)],
    ),
    "boxes are cut at the sheet": ([row(-5, 590, 50, 50, 70, "mép")], [("mép", (0, 590, 45, 10), 70.0)]),
    "stains are no lines": ([row(0, 0, 9, 9, 95, "—~|"), row(0, 50, 9, 9, 5, "lIl", line=2)], []),
    "words without text or confidence": ([row(0, 0, 9, 9, -1, "x"), row(0, 0, 9, 9, 90, " ", word=2)], []),
    "no box": ([row(950, 0, 9, 9, 90, "ngoài")], []),
    "nan": ([row(0, 0, 9, 9, "nan", "x")], []),
    "control characters": ([row(0, 0, 9, 9, 90, "a\u202eb\x07")], [("a b", (0, 0, 9, 9), 90.0)]),
    "nothing": ([], []),
}


@pytest.mark.parametrize("rows, lines", READ.values(), ids=READ)
def test_a_table_becomes_lines(rows, lines):
    found = tables.read(table(*rows), 900, 600)
    assert [(line.text, line.box, line.confidence) for line in found] == lines


RUBBISH = [
    "",
    "\x00\xff",
    "Segmentation fault",
    tables.HEADER + "\n5\t1\n",
    table(row("a", 0, 9, 9, 90, "x")),
    "<html>",
]


@pytest.mark.parametrize("text", RUBBISH)
def test_what_is_no_table_is_refused(text):
    with pytest.raises(tables.Unreadable):
        tables.read(text, 900, 600)


# --- bands ----------------------------------------------------------------------------------------------------

SHEETS = [(4960, 7016), (28_000, 20_000), (30_000, 30_000), (200, 30_001), (12_000, 9_000), (1, 1), (29_999, 1334)]


@pytest.mark.parametrize("width, height", SHEETS)
def test_each_row_of_a_sheet_belongs_to_one_band_that_sees_its_surroundings(width, height):
    found = bands.bands(width, height)
    assert all(band.height * width <= bands.MOST_PIXELS and band.height <= bands.MOST_SIDE for band in found)
    assert found[0].top == 0 and found[-1].top + found[-1].height == height
    for middle in range(0, height, max(1, height // 997)):
        (band,) = [one for one in found if one.owns(middle)]
        room = min(bands.OVERLAP, band.height // 4) // 2 - 1
        assert band.top <= max(0, middle - room) and min(height, middle + room) <= band.top + band.height


def test_wide_sheets_are_read_smaller():
    assert bands.scale_of(30_000) == 1 and bands.scale_of(60_000) == 2


# --- languages -----------------------------------------------------------------------------------------------

CHOICES = [
    (["vi", "fr"], ["vie", "fra"]),
    (["lzh"], ["chi_tra"]),
    (["vi-Hani", "zh-Hant"], ["chi_tra"]),
    (["la"], ["vie", "eng"]),
    ([], ["vie", "eng"]),
]


@pytest.mark.parametrize("records, codes", CHOICES)
def test_languages_follow_the_record(records, codes):
    assert languages.default(records, ("vie", "eng", "fra", "chi_tra")) == codes


def test_a_line_names_its_language_only_where_it_is_certain():
    assert languages.of_line(True, ["vie", "chi_tra"]) == "lzh"
    assert languages.of_line(False, ["vie", "chi_tra"]) == "vi"
    assert languages.of_line(False, ["vie", "fra"]) == ""


# --- places ---------------------------------------------------------------------------------------------------


def test_a_new_reading_goes_round_the_lines_of_persons():
    kept = [[10, 20, 50, 5], [10, 95, 20, 4]]
    read = [[10, 10, 50, 5], [11, 20.5, 48, 5], [10, 30, 50, 5]]
    order = [("read", 0), ("kept", 0), ("read", 2), ("kept", 1)]
    assert placing.merged(kept, read) == order
    assert placing.merged(kept, []) == [("kept", 0), ("kept", 1)]
    assert placing.merged([], read) == [("read", 0), ("read", 1), ("read", 2)]
    # One line of a person covers two of the machine's.
    assert placing.merged([[10, 10, 50, 15]], read[:2]) == [("kept", 0)]


WORDS = [
    {"text": "Hoang", "region": [10, 10, 20, 5], "confidence": 60},
    {"text": "Sa", "region": [32, 10, 8, 5], "confidence": 90},
]
LINE = [10, 10, 30, 5]
RETOLD = {
    "a letter": ("Hoàng Sa", LINE, [("Hoàng", [10, 10, 20, 5], 60), ("Sa", [32, 10, 8, 5], 90)]),
    "a word more": (
        "Hoang Sa ab",
        [10, 10, 30, 5],
        [("Hoang", [10, 10, 20, 5], 60), ("Sa", [32, 10, 8, 5], 90), ("ab", [10, 10, 30, 5], None)],
    ),
    "one word becomes two": (
        "Ho ng Sa",
        LINE,
        [("Ho", [10, 10, 8, 5], None), ("ng", [22, 10, 8, 5], None), ("Sa", [32, 10, 8, 5], 90)],
    ),
    "the line is moved": ("Hoang Sa", [20, 10, 60, 5], [("Hoang", [20, 10, 40, 5], 60), ("Sa", [64, 10, 16, 5], 90)]),
}


@pytest.mark.parametrize("text, region, words", RETOLD.values(), ids=RETOLD)
def test_words_keep_their_places_when_a_line_is_corrected(text, region, words):
    found = placing.retold(WORDS, text, LINE, region)
    assert [(word["text"], word["region"], word["confidence"]) for word in found] == words


# --- the program itself ---------------------------------------------------------------------------------------


@pytest.fixture
def scan(db, take):
    """A sheet of print, 1800 × 700 pixels, with its pyramid."""
    image = Image.new("RGB", (1800, 700), "#f4ecd8")
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 56)
    for number, text in enumerate(SAID):
        pen.text((120, 90 + 200 * number), text, fill="#222", font=font)
    found = take(encoded(image), "trang in.png")
    renditions.make_now(found)
    return found


def told(done, total, stage=""):
    pass


def test_print_is_read_with_its_places(scan, monkeypatch):
    monkeypatch.setattr(page.bands, "bands", lambda w, h, make=bands.bands: make(w, h, 1800 * 320, 120))
    seen = []
    found = page.read(scan, 1, ["vie", "eng", "fra"], "page", lambda *at: seen.append(at[:2]))
    assert [fold(line.text) for line in found] == list(map(fold, SAID))  # an accent may be missed
    for number, line in enumerate(found):
        x, y, width, height = line.box
        assert 100 < x < 140 and 90 < y - 200 * number < 180 and 40 < height < 90
        assert line.confidence > 60 and all(word.text == unicodedata.normalize("NFC", word.text) for word in line.words)
        assert x <= line.words[0].box[0] and line.words[-1].box[0] < x + width
    assert seen[0][0] == 0 and seen[-1][0] == seen[-1][1] > 1
    assert not any(paths.making_dir().iterdir())


def program(tmp_path, settings, body: str):
    path = tmp_path / "giả tesseract"
    path.write_text(
        f'#!/bin/sh\nif [ "$1" = --list-langs ]; then echo "List of available languages"; echo vie; exit; fi\n{body}\n'
    )
    path.chmod(0o755)
    settings.OCR_PROGRAM = str(path)
    tesseract._answers.clear()
    return path


WILD = {
    "rubbish": ("echo rác", page.UNREADABLE),
    "nothing": ("exit 0", page.UNREADABLE),
    "a crash": ("kill -SEGV $$", page.CRASHED),
    "no end": ("sleep 60 & sleep 60", page.TOO_SLOW),
    "no end of rubbish": ("yes", page.CRASHED),
}


@pytest.mark.parametrize("body, msgid", WILD.values(), ids=WILD)
def test_a_program_gone_wild_costs_its_job_alone(scan, tmp_path, settings, monkeypatch, body, msgid):
    program(tmp_path, settings, body)
    monkeypatch.setattr(tesseract, "OUTPUT", 200_000)
    monkeypatch.setattr(tesseract, "SECONDS", 60 if msgid != page.TOO_SLOW else 0.1)
    with pytest.raises(jobs.Failed) as failed:
        page.read(scan, 1, ["vie"], "page", told, attempt=jobs.MAX_ATTEMPTS)
    assert failed.value.msgid == msgid and str(failed.value)
    assert not any(paths.making_dir().iterdir())


def test_a_crash_is_tried_again_first(scan, tmp_path, settings):
    program(tmp_path, settings, "exit 9")
    with pytest.raises(tesseract.Crashed):
        page.read(scan, 1, ["vie"], "page", told, attempt=1)


def test_who_asks_to_stop_stops_the_program_and_what_it_started(scan, tmp_path, settings):
    pids = tmp_path / "pids"
    program(tmp_path, settings, f'sleep 60 & echo $$ $! > "{pids}"; wait')

    def stop(done, total, stage=""):
        if pids.exists() and pids.read_text().split():
            raise jobs.Cancelled

    with pytest.raises(jobs.Cancelled):
        page.read(scan, 1, ["vie"], "page", stop)
    for pid in map(int, pids.read_text().split()):
        for _try in range(500):  # the kernel ends them in its own time
            if _is_gone(pid):
                break
            time.sleep(0.01)
        assert _is_gone(pid)


def _is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_without_the_program_the_reason_says_what_to_install(scan, settings):
    settings.OCR_PROGRAM = "khong-co-chuong-trinh-nay"
    assert tesseract.installed() == ()
    with pytest.raises(jobs.Failed) as failed:
        page.read(scan, 1, ["vie"], "page", told)
    assert "tesseract-ocr-vie" in str(failed.value)


def test_a_program_that_is_none_is_named(tmp_path, settings):
    path = program(tmp_path, settings, "")
    path.write_text("#!/bin/sh\necho tesseract 9\n")
    assert tesseract.trouble() == (tesseract.SILENT, {"path": str(path)})


# --- what is stored -------------------------------------------------------------------------------------------


def line(text, top, confidence=80.0) -> tables.Line:
    words = text.split()
    return tables.Line(
        tuple(tables.Word(word, (180 + 200 * at, top, 150, 70), confidence) for at, word in enumerate(words))
    )


def test_a_second_reading_keeps_what_persons_did(scan, django_user_model):
    user = django_user_model.objects.create_user("an")
    text_lines.put_read(scan, 1, [line("Hoang Sa", 70), line("rác", 210), line("Truong Sa", 350)], ["vie"])
    first, stain, last = text_lines.of_page(scan, 1)
    assert first.language == "vi" and text_lines.region_of(first) == [10.0, 10.0, 19.4444, 10.0]
    text_lines.correct(first.pk, "Hoàng Sa", text_lines.region_of(first), "vi", user, text_lines.digest(first))
    typed = text_lines.add(scan, 1, "  Cô\u0301 chữ tay ", [10, 80, 20, 5], "", user)
    assert typed.text == "Cố chữ tay" and typed.number == 4
    again = text_lines.put_read(scan, 1, [line("Hoang 5a", 72, 30.0), line("Trường Sa", 350)], ["vie"])
    assert again == {"lines": 3, "kept": 2, "read": 1, "left_out": 0}
    now = list(text_lines.of_page(scan, 1))
    assert [(one.text, one.number) for one in now] == [("Hoàng Sa", 1), ("Trường Sa", 2), ("Cố chữ tay", 3)]
    assert now[0].confidence == 80 and now[0].corrected_by == user
    assert [word["text"] for word in now[0].words] == ["Hoàng", "Sa"]


def test_a_stale_save_overwrites_nothing(scan, django_user_model):
    user = django_user_model.objects.create_user("an")
    text_lines.put_read(scan, 1, [line("Hoang Sa", 70)], ["vie"])
    stored = text_lines.of_page(scan, 1).get()
    seen, region = text_lines.digest(stored), text_lines.region_of(stored)
    text_lines.correct(stored.pk, "Hoàng Sa", region, "vi", user, seen)
    with pytest.raises(text_lines.Conflict) as conflict:
        text_lines.correct(stored.pk, "Hoang Xa", region, "vi", user, seen)
    assert conflict.value.line.text == "Hoàng Sa"
    with pytest.raises(text_lines.Conflict):
        text_lines.remove(stored.pk, seen, user)
    stored.refresh_from_db()
    text_lines.remove(stored.pk, text_lines.digest(stored), user)
    with pytest.raises(text_lines.Conflict) as conflict:
        text_lines.correct(stored.pk, "x", region, "vi", user, seen)
    assert conflict.value.line is None


NO_LINES = [
    (" \u200b ", [10, 10, 10, 10], text_lines.EMPTY),
    ("x" * 2001, [10, 10, 10, 10], text_lines.TOO_LONG),
    ("x", [10, 10, 0, 10], text_lines.OUTSIDE),
    ("x", [10, 95, 10, 10], text_lines.OUTSIDE),
    ("x", [10, float("nan"), 10, 10], text_lines.OUTSIDE),
    ("x", [float("inf"), 1, 10, 10], text_lines.OUTSIDE),
]


@pytest.mark.parametrize("text, region, msgid", NO_LINES)
def test_what_is_no_line_is_refused_in_a_sentence(text, region, msgid):
    with pytest.raises(text_lines.Wrong) as wrong:
        text_lines.checked(text, region)
    assert wrong.value.msgid == msgid and str(wrong.value)
