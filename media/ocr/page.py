"""Reading a page of a scan: its pyramid is cut into bands, each is read by tesseract, the lines are put together.

The pyramid, not the master, is read: it is upright, of one kind whatever the master is, and its rows are at hand.
"""

import logging
import shutil
import uuid
from pathlib import Path

from django.utils.translation import gettext_noop as noop

from media import jobs, paths, renditions, vips
from media.models import Scan

from . import bands, tables, tesseract

log = logging.getLogger(__name__)

STAGE = noop("đang đọc chữ trên ảnh")
NOT_READY = noop("Ảnh của trang này chưa xử lý xong nên chưa đọc được chữ. Hãy đợi ảnh sẵn sàng rồi thử lại.")
TOO_SLOW = noop(
    "Đọc chữ một phần ảnh quá %(minutes)s phút mà chưa xong nên đã dừng. "
    "Hãy thử lại với ít ngôn ngữ hơn hoặc cách đọc khác."
)
CRASHED = noop(
    "Chương trình nhận dạng chữ (tesseract) dừng giữa chừng %(attempts)s lần liên tiếp (mã %(code)s). "
    "Hãy thử lại với ngôn ngữ hoặc cách đọc khác; nếu vẫn hỏng, báo người vận hành."
)
UNREADABLE = noop("Chương trình nhận dạng chữ (tesseract) trả về kết quả không đọc được. Hãy báo người vận hành.")


def read(scan: Scan, page: int, codes: list[str], layout: str, progress, token: str = "", attempt: int = 1) -> list:
    """Lines of a page (tables.Line, boxes in pixels of the whole page), in reading order.

    In: tesseract's language codes; a key of tesseract.LAYOUTS; progress(done, total, stage) of a job, which may raise
    to stop; which attempt of the job it is. Raises jobs.Failed, and tesseract.Crashed where another attempt may help.
    """
    if trouble := tesseract.trouble():
        raise jobs.Failed(trouble[0], **trouble[1])
    rendition = renditions.find(scan, page=page)
    if rendition is None:
        raise jobs.Failed(NOT_READY)
    folder = paths.making_dir() / (token or f"now.{uuid.uuid4().hex}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        return _read(paths.private_path(rendition.image_id), codes, layout, folder, progress)
    except tesseract.TooSlow as error:
        raise jobs.Failed(TOO_SLOW, minutes=round(tesseract.SECONDS / 60)) from error
    except tables.Unreadable as error:
        log.error("tesseract wrote no table: %s", error)
        raise jobs.Failed(UNREADABLE) from error
    except tesseract.Crashed as error:
        if attempt < jobs.MAX_ATTEMPTS:
            raise
        log.error("%s", error)
        raise jobs.Failed(CRASHED, attempts=attempt, code=str(error.code)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _read(pyramid: Path, codes, layout: str, folder: Path, progress) -> list:
    image = vips.load(pyramid, "tiff", page=0, access="random")
    scale = bands.scale_of(image.width)
    width, height = round(image.width / scale), max(1, round(image.height / scale))
    parts = bands.bands(width, height)
    found = []
    for number, band in enumerate(parts):
        progress(number, len(parts), STAGE)
        picture = folder / "band.tif"
        _save(image, band, scale, width, picture)
        table = tesseract.table_of(
            picture, codes, layout, folder, lambda number=number: progress(number, len(parts), STAGE)
        )
        lines = tables.read(table, width, band.height)
        moved = [tables.moved(line, band.top, scale) for line in lines]
        found += [line for line in moved if band.owns((line.box[1] + line.box[3] / 2) / scale)]
    progress(len(parts), len(parts), STAGE)
    return found


def _save(image, band: bands.Band, scale: float, width: int, target: Path) -> None:
    """A band as an uncompressed grey TIFF."""
    top = min(round(band.top * scale), image.height - 1)
    part = image.crop(0, top, image.width, max(1, min(round(band.height * scale), image.height - top)))
    if scale > 1:
        part = part.resize(width / part.width, vscale=band.height / part.height)
    part.colourspace("b-w").cast("uchar").tiffsave(str(target), compression="none", keep="none")
