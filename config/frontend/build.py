"""Take from node_modules what pages use, into static/vendor. Run: python -m config.frontend.build

Needs the packages of package-lock.json (npm ci) and fontTools: no Django, no compiler, no network. When nothing
changed since the last run it does nothing. Afterwards no page asks another host for anything.
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

from config.frontend.fonts import FONTS, HAN_FROM, faces, held, join, join_ranges

ROOT = Path(__file__).resolve().parent.parent.parent
STAMP = ".built-from"

# package: {path in the package: path in static/vendor}
FILES = {
    "openseadragon": {
        "build/openseadragon/openseadragon.min.js": "openseadragon/openseadragon.min.js",
        "LICENSE.txt": "openseadragon/LICENSE.txt",
    },
    "simple-keyboard": {
        "build/index.js": "simple-keyboard/simple-keyboard.js",
        "build/css/index.css": "simple-keyboard/simple-keyboard.css",
        "LICENSE": "simple-keyboard/LICENSE.txt",
    },
    "tus-js-client": {"dist/tus.min.js": "tus/tus.min.js", "LICENSE": "tus/LICENSE.txt"},
    "leaflet": {
        "dist/leaflet.js": "leaflet/leaflet.js",
        "dist/leaflet.css": "leaflet/leaflet.css",
        "dist/images": "leaflet/images",
        "LICENSE": "leaflet/LICENSE.txt",
    },
}


class Missing(Exception):
    """A package isn't installed or has another shape than expected; the message says what to run."""


def fingerprint(root: Path) -> str:
    """What the output depends on: the locked packages and this code. SHA-256 in hexadecimal digits."""
    digest = hashlib.sha256()
    for path in (root / "package-lock.json", *sorted(Path(__file__).parent.glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def build(root: Path = ROOT, force: bool = False) -> bool:
    """Write static/vendor below `root`. True when it was built, False when it was up to date. Raises Missing.

    The new folder is made beside the old one and then takes its place, so that a broken build leaves the old one.
    """
    modules, target = root / "node_modules", root / "static" / "vendor"
    wanted = fingerprint(root)
    stamp = target / STAMP
    if not force and stamp.is_file() and stamp.read_text() == wanted:
        return False
    fresh = target.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        for package, files in FILES.items():
            for source, destination in files.items():
                copy(modules / package / source, fresh / destination)
        build_fonts(modules, fresh / "fonts")
    except (FileNotFoundError, ValueError) as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise Missing(f"{error}. Run: npm ci") from error
    (fresh / STAMP).write_text(wanted)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return True


def copy(source: Path, destination: Path) -> None:
    """Copy a file or a folder; a script or style sheet loses its reference to a source map that isn't served."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, destination)
    elif source.suffix in {".js", ".css"}:
        text = source.read_text(encoding="utf-8")
        text = re.sub(r"^\s*(//|/\*)# sourceMappingURL=.*$", "", text, flags=re.M)
        destination.write_text(text, encoding="utf-8")
    else:
        shutil.copyfile(source, destination)


def build_fonts(modules: Path, target: Path) -> None:
    """Write the font files used, latin.css, han.css, fonts.css (both), and han-coverage.json.

    The last holds [[first, last], …] of the Hán that can be set.
    """
    target.mkdir(parents=True)
    sheets: dict[str, list[str]] = {"latin": [], "han": []}
    covered: set[int] = set()
    for font in FONTS:
        folder = modules / font.package
        if font.subsets is None:
            named = faces(font, folder, covered)
            found = [face for one in named if (face := held(one, folder / "files" / one.file))]
            for face in found:
                shutil.copyfile(folder / "files" / face.file, target / face.file)
                covered |= face.points
        else:
            found = join(faces(font, folder, set()), font, folder / "files", target)
        sheets["latin" if font.subsets else "han"] += [face.css() for face in found]
        shutil.copyfile(folder / "LICENSE", target / f"LICENSE-{font.package.rsplit('/', 1)[1]}.txt")
    sheets["fonts"] = sheets["latin"] + sheets["han"]
    for name, lines in sheets.items():
        (target / f"{name}.css").write_text("\n".join(lines) + "\n", encoding="utf-8")
    ranges = [pair for pair in join_ranges(covered) if pair[0] >= HAN_FROM]
    (target / "han-coverage.json").write_text(json.dumps(ranges, separators=(",", ":")))


def main(arguments: list[str]) -> int:
    try:
        built = build(force="--force" in arguments)
    except Missing as error:
        print(f"front end: {error}", file=sys.stderr)
        return 1
    print("front end: built static/vendor" if built else "front end: up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
