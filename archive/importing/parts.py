"""Cells that hold a record's articles, mentions and relations: read into unsaved rows, and written back."""

import re

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as noop

from ..models import PlaceMention, RecordArticle
from ..vocabulary import RELATIONS
from . import lists, values
from .values import Bad

TOO_MANY = noop("“%(text)s” có quá nhiều phần. Mỗi dòng ghi: %(form)s; dấu | trong lời thì viết \\|.")
NO_REGION = noop("“%(text)s” không phải là khung. Ghi bốn số phần trăm: trái, trên, rộng, cao, ví dụ 12.5, 40, 8, 3.")
NO_SLOT = noop("“%(text)s” không phải là số thứ tự của tệp quét. Ghi 1 cho tệp thứ nhất.")
NO_NAME = noop("Thiếu tên như ghi. Mỗi dòng ghi: %(form)s.")
ARTICLE = noop("điều | tên điều (vi) | tên điều (en) | nội dung (vi) | nội dung (en)")
MENTION = noop(
    "số tệp quét | địa danh | trái, trên, rộng, cao theo phần trăm | tên như ghi | ngôn ngữ | đọc là | "
    "nghĩa (vi) | nghĩa (en)"
)
RELATION = noop("quan hệ | số hiệu")
NUMBERS = re.compile(r"[^\d.]+")


def _rows(text: str, width: int, form: str) -> list[list[str]]:
    rows = lists.read_rows(text, width)
    for row in rows:
        if len(row) > width:
            raise Bad(TOO_MANY, text=row[0], form=gettext_lazy(form))
    return rows


def articles(text: str) -> list[RecordArticle]:
    return [
        RecordArticle(number=number, heading_vi=heading_vi, heading_en=heading_en, text_vi=text_vi, text_en=text_en)
        for number, heading_vi, heading_en, text_vi, text_en in _rows(text, 5, ARTICLE)
    ]


def write_articles(record) -> str:
    return lists.write_rows(
        [[one.number, one.heading_vi, one.heading_en, one.text_vi, one.text_en] for one in _all(record.articles)]
    )


def mentions(text: str, find_place) -> list[tuple[int, PlaceMention]]:
    """(number of the scan, from 1; a mention without its scan). find_place(key or name) gives a Place or raises Bad."""
    found = []
    for slot, place, region, name, language, reading, meaning_vi, meaning_en in _rows(text, 8, MENTION):
        if not slot.isdecimal() or not 0 < int(slot) < 10_000:
            raise Bad(NO_SLOT, text=slot)
        if not name:
            raise Bad(NO_NAME, form=gettext_lazy(MENTION))
        x, y, width, height = _region(region)
        mention = PlaceMention(x=x, y=y, width=width, height=height, name_as_written=name, language=language)
        mention.place, mention.reading = find_place(place), reading
        mention.meaning_vi, mention.meaning_en = meaning_vi, meaning_en
        found.append((int(slot), mention))
    return found


def _region(text: str) -> list[float]:
    numbers = [part for part in NUMBERS.split(text.strip()) if part]
    try:
        region = [float(number) for number in numbers]
    except ValueError as error:
        raise Bad(NO_REGION, text=text) from error
    if len(region) != 4:
        raise Bad(NO_REGION, text=text)
    return region


def write_mentions(record) -> str:
    slots = {(use.scan_id, use.page): place for place, use in reversed(list(enumerate(record.scans.all(), start=1)))}
    rows = []
    for one in record.mentions.all():
        region = ", ".join(repr(side).removesuffix(".0") for side in (one.x, one.y, one.width, one.height))
        row = [
            str(slots.get((one.scan_id, one.page), "")),
            one.place.key,
            region,
            one.name_as_written,
            one.language,
            one.reading,
        ]
        rows.append([*row, one.meaning_vi or "", one.meaning_en or ""])
    return lists.write_rows(rows)


def relations(text: str) -> list[tuple[str, str]]:
    """(kind, identifier) of each line "copy_of | vn-map-1838"."""
    return [(values.choice(kind, RELATIONS), identifier) for kind, identifier in _rows(text, 2, RELATION)]


def write_relations(record) -> str:
    return lists.write_rows([[one.kind, one.related.identifier] for one in record.relations.all()])


def _all(manager):
    """Rows with None as "", which modeltranslation leaves in a language that nobody wrote."""
    for row in manager.all():
        for field in ("heading_vi", "heading_en", "text_vi", "text_en"):
            setattr(row, field, getattr(row, field) or "")
        yield row
