"""Mirador, the IIIF viewer that most libraries use, as its package ships it for a page: for the tests alone.

It is no dependency of the site, so it stands in no package.json: npm fetches the one file with its digest checked here.
"""

import base64
import hashlib
import tarfile
import tempfile
from pathlib import Path

from config.launch import environment, frontend

VERSION = "mirador@4.0.0"
SHA512 = "sha512-uWsE9e2oqSc/lUu+vVwDGhTsycuhGsfZ2KfX6CLfXiT3wgGy6qT9+q5M3V9Zz72hkdIgsJugKesaowmRtYmvrA=="
BUILD = "package/dist/mirador.min.js"
FILE = environment.VENV / "mirador" / "mirador.min.js"


def ready() -> bool:
    return FILE.exists() and FILE.with_suffix(".of").exists() and FILE.with_suffix(".of").read_text() == SHA512


def ensure(log: Path) -> None:
    """Fetch it where it isn't yet. Raises environment.Failed."""
    if ready():
        return
    with tempfile.TemporaryDirectory(prefix="catvang-mirador-") as folder:
        what = "Không tải được Mirador / Can't fetch Mirador"
        frontend.npm(["pack", VERSION, "--pack-destination", folder, "--loglevel=error"], log, what)
        (package,) = Path(folder).glob("*.tgz")
        digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
        if f"sha512-{digest}" != SHA512:
            raise environment.Failed(f"{what}: {package.name} sha512-{digest}")
        FILE.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(package) as packed:
            FILE.write_bytes(packed.extractfile(BUILD).read())
    FILE.with_suffix(".of").write_text(SHA512)
