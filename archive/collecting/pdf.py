"""A collection as PDF. The only place that imports WeasyPrint, which needs Pango; without it NoPrinter is raised."""

import re

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

FONTS = "vendor/fonts/fonts.css"
FACE = re.compile(r"@font-face\{[^}]*\}")


class NoPrinter(RuntimeError):
    """WeasyPrint or a library of the system that it needs is missing here."""


def pdf(context: dict) -> bytes:
    """The template archive/collecting/print.html as PDF. Raises NoPrinter."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:  # OSError: the package is there, Pango isn't
        raise NoPrinter(str(error)) from error
    fetcher = URLFetcher(allowed_protocols=["file"])  # our own fonts; nothing from any network
    html = render_to_string("archive/collecting/print.html", context)
    fonts = FontConfiguration()
    sheets = [CSS(string=css, base_url=base, font_config=fonts, url_fetcher=fetcher) for css, base in _sheets(html)]
    return HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=sheets, font_config=fonts)


def _sheets(text: str) -> list[tuple[str, str]]:
    """(style sheet, its address) of the page and of the fonts that this text needs."""
    sheets = []
    for name, narrowed in ((FONTS, True), ("css/collection-print.css", False)):
        path = finders.find(name) or str(settings.STATIC_ROOT / name)
        with open(path, encoding="utf-8") as file:
            css = file.read()
        sheets.append((needed_faces(css, text) if narrowed else css, f"file://{path}"))
    return sheets


def needed_faces(css: str, text: str) -> str:
    """The @font-face rules whose unicode-range meets the text: of a Hán font's hundred files the few that are used."""
    points = {ord(letter) for letter in text}
    return "\n".join(face for face in FACE.findall(css) if _meets(face, points))


def _meets(face: str, points: set[int]) -> bool:
    found = re.search(r"unicode-range:([^;}]+)", face)
    if not found:
        return True
    for part in found[1].split(","):
        first, _dash, last = part.strip().removeprefix("U+").partition("-")
        low = int(first.replace("?", "0"), 16)
        high = int(last or first.replace("?", "F"), 16)
        if any(low <= point <= high for point in points):
            return True
    return False
