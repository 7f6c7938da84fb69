"""Chromium driven by Playwright, and the rule that no page asks another host for anything."""

import os
import shutil
from urllib.parse import urlsplit

# Without the background flags Chromium calls its maker at every start.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def executable() -> str | None:
    """Path of the system's Chromium, or None."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def foreign(urls: list[str], home: str) -> list[str]:
    """Those of `urls` that left the host and port of the address `home`."""
    allowed = urlsplit(home).netloc
    return [
        url for url in urls if urlsplit(url).scheme not in {"data", "blob", "about"} and urlsplit(url).netloc != allowed
    ]


class RequestLog(list):
    """Every address that the browser asked for. `foreign_to(home)` names those that left it."""

    def foreign_to(self, home: str) -> list[str]:
        return foreign(self, home)
