"""Several static files as one: fewer requests before a page is drawn and its map opens.

A bundle is written below VAR_DIR whenever its parts say something else, so that it is right under `runserver`, in
tests and for collectstatic alike. Addresses of other files in a style sheet are written anew for the bundle's place.
"""

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

# A bundle's name: its parts, in the order in which they stood in the page.
BUNDLES = {
    "bundles/page.css": ("css/tokens.css", "css/site.css", "vendor/fonts/latin.css"),
    "bundles/item.css": ("css/viewer.css", "css/item.css", "css/printed.css", "css/collection.css"),
    "bundles/viewer.js": (
        "vendor/openseadragon/openseadragon.min.js",
        "js/viewer-sums.js",
        "js/viewer-pages.js",
        "js/viewer-mentions.js",
        "js/viewer-menu.js",
        "js/viewer-lines.js",
        "js/viewer.js",
    ),
}
FOLDER = "static-bundles"
URL = re.compile(r"""url\((['"]?)(?!['"]?(?:data:|https?:|/|#))([^'")]+)\1\)""")


class BundleFinder(finders.BaseFinder):
    """In STATICFILES_FINDERS; the parts are found by the other finders."""

    def __init__(self, app_names=None, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=settings.VAR_DIR / FOLDER)
        self.storage.prefix = ""

    def find(self, path, find_all=False, **kwargs):
        """The bundle's file, made when it isn't there or out of date; [] when it is none or a part is missing."""
        made = self._made(path) if path in BUNDLES else None
        if made is None:
            return []
        return [made] if find_all or kwargs.get("all") else made

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in BUNDLES:
            if self._made(name) is not None:
                yield name, self.storage

    def _made(self, name: str) -> str | None:
        parts = [(part, finders.find(part)) for part in BUNDLES[name]]
        if not all(path for _part, path in parts):
            return None  # the front end isn't built; a check says so
        text = joined(name, [(part, Path(path).read_text("utf-8")) for part, path in parts])
        target = Path(self.storage.path(name))
        if not target.is_file() or target.read_text("utf-8") != text:
            _write(target, text)
        return str(target)


def joined(name: str, parts: list[tuple[str, str]]) -> str:
    """The text of a bundle from (name, text) of its parts."""
    if name.endswith(".css"):
        return "\n".join(_moved(text, posixpath.dirname(part), posixpath.dirname(name)) for part, text in parts)
    return ";\n".join(text.rstrip() for _part, text in parts) + "\n"


def _moved(css: str, old: str, new: str) -> str:
    return URL.sub(lambda found: f"url({posixpath.relpath(posixpath.join(old, found[2]), new)})", css)


def _write(target: Path, text: str) -> None:
    """At once whole: two processes may both write it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(target)
