"""PDF through PDFium: only rendered pixels leave it. No script engine is built in, no form filled, no link followed."""

import ctypes
import mmap
import time
from collections import Counter

from media.headers.found import line

from .pdf_acts import Unreadable, acts
from .plain import PlainTiff

POINTS = 72  # an inch
DPI = 300  # of a page without pictures
MOST_DPI, LEAST_DPI = 600, 100
COVERS = 0.05  # of the page, for a picture to decide its resolution
LOOK_SECONDS = 10  # later pages take the resolution of the earlier ones
STRIP = 128 * 1024**2  # bytes


class Refused(ValueError):
    """args: the code of the reason ("encrypted" | "active" | "pages" | "damaged"), then numbers that belong to it."""


def probe(source: str, most_pages: int, most_pixels: int) -> dict:
    """Sizes of all pages in pixels, and what the document says of itself. Raises Refused."""
    import pypdfium2

    with open(source, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            if acts(data):
                raise Refused("active")
        except Unreadable as error:
            raise Refused("damaged") from error
    document = _open(pypdfium2, source)
    try:
        count = len(document)
        if count > most_pages:
            raise Refused("pages", count)
        if not count:
            raise Refused("damaged")
        if document.count_attachments() or pypdfium2.raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
            raise Refused("active")
        sizes, dpi = _sizes(pypdfium2, document, most_pixels)
        said = {key: line(value) for key, value in document.get_metadata_dict(skip_empty=True).items()}
    finally:
        document.close()
    technical = {"dpi": [dpi, dpi], "software": said.get("Producer", ""), "device": said.get("Creator", "")}
    return {"pages": sizes, "technical": technical | {"made_at": said.get("CreationDate", "")}}


def _open(pypdfium2, source: str):
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        raise Refused("encrypted" if "password" in str(error).lower() else "damaged") from error
    if pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document) >= 0:
        document.close()
        raise Refused("encrypted")
    return document


def _sizes(pypdfium2, document, most_pixels: int) -> tuple[list, float]:
    """[[width, height], …] of the pages in pixels, and the resolution of the first (dots an inch)."""
    sizes, resolutions, began, first = [], Counter(), time.monotonic(), 0.0
    for number in range(len(document)):
        try:
            width, height = document.get_page_size(number)
        except pypdfium2.PdfiumError as error:
            raise Refused("damaged") from error
        if not (width > 0 and height > 0):
            raise Refused("damaged")
        if time.monotonic() - began < LOOK_SECONDS:
            dpi = _resolution(pypdfium2, document, number, width * height)
            resolutions[dpi] += 1
        else:
            dpi = resolutions.most_common(1)[0][0]
        # A large plan is drawn as finely as the limit allows.
        dpi = max(min(dpi, LEAST_DPI), min(dpi, POINTS * (0.99 * most_pixels / (width * height)) ** 0.5))
        sizes.append([max(1, round(width * dpi / POINTS)), max(1, round(height * dpi / POINTS))])
        first = first or dpi
    return sizes, round(first, 2)


def _resolution(pypdfium2, document, number: int, area: float) -> float:
    """That of the finest picture that covers a part of the page, within bounds."""
    best = 0.0
    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise Refused("damaged") from error
    try:
        for image in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
            left, bottom, right, top = image.get_bounds()
            wide, high = abs(right - left), abs(top - bottom)
            if wide * high >= COVERS * area and wide > 0 and high > 0:
                across, down = image.get_px_size()
                best = max(best, min(across / wide, down / high) * POINTS)
    except pypdfium2.PdfiumError:
        pass
    finally:
        page.close()
    return min(MOST_DPI, max(LEAST_DPI, round(best, 2))) if best else DPI


def flatten(source: str, target: str, page: int, size: tuple, told) -> None:
    """Write a page, counted from 1, as a plain TIFF of `size` pixels, strip by strip. Raises Refused."""
    import pypdfium2

    raw, (width, height) = pypdfium2.raw, size
    document = _open(pypdfium2, source)
    try:
        opened = document[page - 1]
        rows = min(height, max(16, STRIP // (width * 3)))
        buffer = (ctypes.c_ubyte * (width * 3 * rows))()
        bitmap = raw.FPDFBitmap_CreateEx(width, rows, raw.FPDFBitmap_BGR, buffer, width * 3)
        out = PlainTiff(target, (width, height, 3, 8), "rgb")
        flags = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
        for top in range(0, height, rows):
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, rows, 0xFFFFFFFF)
            raw.FPDF_RenderPageBitmap(bitmap, opened, 0, -top, width, height, 0, flags)
            out.write(memoryview(buffer)[: width * 3 * min(rows, height - top)])
            told(min(height, top + rows) / height)
        out.close()
        raw.FPDFBitmap_Destroy(bitmap)
        opened.close()
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise Refused("damaged") from error
    finally:
        document.close()
