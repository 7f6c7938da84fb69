"""A collection as PDF. The only place that imports WeasyPrint, which needs Pango; without it NoPrinter is raised."""

import re
from collections import Counter

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

FONTS = "vendor/fonts/fonts.css"
PICTURE = "picture:"
FACE = re.compile(r"@font-face\{[^}]*\}")
FAMILY = re.compile(r"font-family:'([^']*)'")
STYLE = re.compile(r"font-(?:style|weight):([^;}]+)")


class NoPrinter(RuntimeError):
    """WeasyPrint or a library of the system that it needs is missing here."""


def pdf(context: dict, pictures: dict[str, bytes]) -> bytes:
    """The template archive/collecting/print.html as PDF. `pictures`: JPEGs by image id, shown at "picture:{id}".

    Raises NoPrinter.
    """
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as error:  # OSError: the package is there, Pango isn't
        raise NoPrinter(str(error)) from error

    class Pictures(URLFetcher):
        """The text may show these pictures and nothing else, whatever stands in it."""

        def fetch(self, url, headers=None):
            return URLFetcherResponse(url, pictures[url.removeprefix(PICTURE)], {"Content-Type": "image/jpeg"})

    fetcher = URLFetcher(allowed_protocols=["file"])  # our own fonts; nothing from any network
    html = render_to_string("archive/collecting/print.html", context)
    fonts = FontConfiguration()
    sheets = [CSS(string=css, base_url=base, font_config=fonts, url_fetcher=fetcher) for css, base in _sheets(html)]
    return HTML(string=html, url_fetcher=Pictures()).write_pdf(stylesheets=sheets, font_config=fonts)


def _sheets(text: str) -> list[tuple[str, str]]:
    """(style sheet, its address) of the fonts that this text needs, and of the page."""
    (faces, fonts), (page, address) = _read(FONTS), _read("css/collection-print.css")
    faces, families = apart(needed_faces(faces, text))
    for family, names in families.items():
        page = page.replace(f'"{family}"', ", ".join(f'"{name}"' for name in names))
    return [("\n".join(faces), fonts), (page, address)]


def _read(name: str) -> tuple[str, str]:
    path = finders.find(name) or str(settings.STATIC_ROOT / name)
    with open(path, encoding="utf-8") as file:
        return file.read(), f"file://{path}"


def needed_faces(css: str, text: str) -> list[str]:
    """The @font-face rules whose unicode-range meets the text: of a Hán font's hundred files the few that are used."""
    points = {ord(letter) for letter in text}
    return [face for face in FACE.findall(css) if _meets(face, points)]


def apart(faces: list[str]) -> tuple[list[str], dict[str, list[str]]]:
    """(the rules, each file of a family under a name of its own; {family: those names}).

    WeasyPrint tells embedded fonts apart by family, weight and style: of several files that share all three it would
    take the characters of one for those of another.
    """
    named, seen, families = [], Counter(), {}
    for face in faces:
        family = FAMILY.search(face)[1]
        style = (family, *STYLE.findall(face))
        name = f"{family} {seen[style]}" if seen[style] else family
        seen[style] += 1
        families.setdefault(family, {})[name] = None
        named.append(face.replace(f"font-family:'{family}'", f"font-family:'{name}'"))
    return named, {family: list(names) for family, names in families.items()}


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
