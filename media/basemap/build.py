"""Write the basemap's files. Run: python -m media.basemap.build OUT

Needs the front-end packages (npm ci: world-atlas for the land, @fontsource for the lettering), no Django, no network.
"""

import json
import sys
from pathlib import Path

from media.basemap import land
from media.basemap.outlines import outlines
from media.basemap.svg import draw_svg

WORLD = (-180, -60, 180, 80)
SHEETS = {
    "chart-vi.svg": {"lang": "vi"},
    "chart-en.svg": {"lang": "en"},
    "chart-plain.svg": {"labels": False},
    "chart-dark-vi.svg": {"lang": "vi", "dark": True},
    "chart-dark-en.svg": {"lang": "en", "dark": True},
    "chart-dark-plain.svg": {"labels": False, "dark": True},
    "world.svg": {"box": WORLD, "labels": False},
}
OUTLINES = "land.json"  # for maps that are zoomed and moved


def build(out: Path) -> list[Path]:
    """Write each sheet and the outlines into the folder `out`; gives their paths."""
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, how in SHEETS.items():
        path = out / name
        path.write_text(draw_svg(**how), encoding="utf-8")
        paths.append(path)
    path = out / OUTLINES
    path.write_text(json.dumps(outlines(), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return [*paths, path]


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("python -m media.basemap.build OUT", file=sys.stderr)
        return 2
    if land.find() is None:
        print("world-atlas/land-10m.json is missing, so the charts show no coast: npm ci", file=sys.stderr)
    for path in build(Path(arguments[0])):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
