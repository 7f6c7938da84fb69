"""Lines of text on scans: the only code that writes TextLine.

Whoever calls these acts answers for the records that use the scan (archive.lines): whether they may change now, and
whose hand it was.
"""

import hashlib
import json

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from media.models import Scan, TextLine
from media.ocr import languages, placing, tables
from media.sentences import Sentence

MOST = 10_000  # lines of a page
LONGEST = 2_000  # characters of a line
DIGITS = 4  # of percent: a millionth of the page

EMPTY = noop("Dòng không có chữ nào. Hãy gõ chữ, hoặc xoá dòng.")
TOO_LONG = noop("Một dòng dài tối đa %(most)s ký tự; hãy tách thành nhiều dòng.")
OUTSIDE = noop("Khung của dòng phải nằm trong ảnh và có bề rộng, bề cao lớn hơn 0.")
TOO_MANY = noop("Trang này đã có %(most)s dòng chữ, không thêm được nữa.")


class Wrong(Sentence, ValueError):
    """What was typed can't be a line; the sentence says why."""


class Conflict(Exception):
    """The line isn't as it was shown: `line` is what stands now, None where somebody deleted it."""

    def __init__(self, line: TextLine | None):
        super().__init__("changed meanwhile")
        self.line = line


def of_page(scan: Scan, page: int):
    return TextLine.objects.filter(scan=scan, page=page).exclude(text="").order_by("number", "pk")


def removed_from(scan: Scan, page: int):
    """The places of lines that a machine had read and a person deleted: rows without a text, which say only where."""
    return TextLine.objects.filter(scan=scan, page=page, text="")


def digest(line: TextLine) -> str:
    """Names a state of a line."""
    said = [line.text, line.language, *region_of(line), str(line.corrected_at or "")]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:24]


def region_of(line: TextLine) -> list[float]:
    return [line.x, line.y, line.width, line.height]


# --- what a reading gives ------------------------------------------------------------------------------


@transaction.atomic
def put_read(scan: Scan, page: int, read: list[tables.Line], codes: list[str], again: bool = False) -> dict:
    """Put what was read of a page in place of what was read before. Lines that a person made or corrected stay, and
    what a person deleted doesn't come back, unless `again`: then it is forgotten that it was.

    In: lines with boxes in pixels of the page, in reading order; tesseract's codes of the languages they were read in.
    Out: {"lines", "kept", "read", "left_out"} in numbers.
    """
    size = scan.size_of(page)
    if again:
        removed_from(scan, page).delete()
    gone = [region_of(line) for line in removed_from(scan, page)]
    found = [_from_reading(scan, page, line, size, codes) for line in read[:MOST]]
    fresh = [line for line in found if not placing.is_among(region_of(line), gone)]
    stored = list(of_page(scan, page).select_for_update())
    kept = [line for line in stored if is_persons(line)]
    order = placing.merged([region_of(line) for line in kept], [region_of(line) for line in fresh])
    TextLine.objects.filter(pk__in=[line.pk for line in stored if not is_persons(line)]).delete()
    made = []
    for number, (which, index) in enumerate(order, start=1):
        line = (kept if which == "kept" else fresh)[index]
        line.number = number
        if which == "read":
            made.append(line)
    TextLine.objects.bulk_update(kept, ["number"], batch_size=500)
    TextLine.objects.bulk_create(made, batch_size=200)
    return {"lines": len(order), "kept": len(kept), "read": len(made), "left_out": len(found) - len(fresh)}


def is_persons(line: TextLine) -> bool:
    """Whether a person made or looked at it: a machine never overwrites it."""
    return line.corrected_at is not None or line.confidence is None


def _from_reading(scan, page, line: tables.Line, size, codes) -> TextLine:
    x, y, width, height = _percent(line.box, size)
    return TextLine(
        scan=scan,
        page=page,
        text=line.text[:LONGEST],
        language=languages.of_line(tables.is_han(line.text), codes),
        x=x,
        y=y,
        width=width,
        height=height,
        confidence=line.confidence,
        words=[
            {"text": word.text, "region": _percent(word.box, size), "confidence": word.confidence}
            for word in line.words
        ],
    )


def _percent(box, size) -> list[float]:
    """A box in pixels as percent of the page, within it."""
    x, y, width, height = box
    left, top = min(max(100 * x / size[0], 0), 100), min(max(100 * y / size[1], 0), 100)
    right, bottom = min(100 * (x + width) / size[0], 100), min(100 * (y + height) / size[1], 100)
    return [round(side, DIGITS) for side in (left, top, max(right - left, 0), max(bottom - top, 0))]


def put_set(scan: Scan, page: int, lines: list[dict]) -> int:
    """Lines of a page that are known for certain, as of a typeset sheet: they carry no confidence. Out: how many.

    In: [{"text", "language", "region", "words": [{"text", "region"}]}], regions in percent, in reading order. A page
    that has lines stays as it is. Call inside a transaction.
    """
    if of_page(scan, page).exists():
        return 0
    made = []
    for number, line in enumerate(lines, start=1):
        words = [{**word, "confidence": None} for word in line["words"]]
        x, y, width, height = line["region"]
        sides = {"x": x, "y": y, "width": width, "height": height}
        made.append(
            TextLine(
                scan=scan, page=page, number=number, text=line["text"], language=line["language"], words=words, **sides
            )
        )
    return len(TextLine.objects.bulk_create(made, batch_size=200))


# --- what persons do --------------------------------------------------------------------------------------


@transaction.atomic
def correct(pk: int, text: str, region: list[float], language: str, user, seen: str) -> TextLine:
    """A person says what a line is, be it what it was (then it is accepted). OCR's confidence stays.

    region: x, y, width, height in percent of the page; seen: digest of the line that was shown.
    Raises Conflict and Wrong.
    """
    line = _as_seen(pk, seen)
    text, region = checked(text, region)
    before = region_of(line)
    if all(abs(one - other) < 10**-DIGITS for one, other in zip(before, region, strict=True)):
        region = before
    if text != line.text or region != before:
        line.words = placing.retold(line.words, text, before, region)
    line.text, line.language = text, language
    line.x, line.y, line.width, line.height = region
    line.corrected_by, line.corrected_at = user, timezone.now()
    line.save()
    return line


@transaction.atomic
def add(scan: Scan, page: int, text: str, region: list[float], language: str, user) -> TextLine:
    """A line that no machine found. It stands in reading order by its place. Raises Wrong."""
    text, region = checked(text, region)
    stored = list(of_page(scan, page).select_for_update())
    if len(stored) >= MOST:
        raise Wrong(TOO_MANY, most=MOST)
    at = placing.place_of(region, [region_of(line) for line in stored])
    number = stored[at].number if at < len(stored) else (stored[-1].number + 1 if stored else 1)
    of_page(scan, page).filter(number__gte=number).update(number=F("number") + 1)
    x, y, width, height = region
    return TextLine.objects.create(
        scan=scan,
        page=page,
        number=number,
        text=text,
        language=language,
        x=x,
        y=y,
        width=width,
        height=height,
        words=placing.retold([], text, region, region),
        corrected_by=user,
        corrected_at=timezone.now(),
    )


@transaction.atomic
def remove(pk: int, seen: str, user) -> None:
    """Delete a line. Where a machine had read it, its place is remembered. Raises Conflict."""
    line = _as_seen(pk, seen)
    if line.confidence is None:
        line.delete()
        return
    line.text, line.language, line.words, line.number = "", "", [], 0
    line.corrected_by, line.corrected_at = user, timezone.now()
    line.save()


def _as_seen(pk: int, seen: str) -> TextLine:
    line = TextLine.objects.select_for_update().filter(pk=pk).exclude(text="").first()
    if line is None or digest(line) != seen:
        raise Conflict(line)
    return line


def checked(text: str, region: list[float]) -> tuple[str, list[float]]:
    """A line's text and region as they are stored. Raises Wrong."""
    text = tables.clean_line(text)
    if not text:
        raise Wrong(EMPTY)
    if len(text) > LONGEST:
        raise Wrong(TOO_LONG, most=LONGEST)
    x, y, width, height = region = [round(float(side), DIGITS) for side in region]
    inside = min(region) >= 0 and width > 0 and height > 0 and x + width <= 100.001 and y + height <= 100.001
    if not inside:  # also of what is no number
        raise Wrong(OUTSIDE)
    return text, region
