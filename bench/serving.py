"""Images over HTTP beside Debian's iipsrv on the same pyramid, and beside a bare Django view of the same size.

    python -m bench.serving [--runs 5] [--seconds 3] [--width 12000 --height 9000]

Whole stored tiles in random order, and regions of random place and size, each asked for once; with 1 and with 8 clients
(wrk). All servers run at once and are asked one after the other in each run, so that the load of the machine falls on
all alike; what counts are the ratios of the medians. Without iipimage-server, nginx-light and wrk it says so and ends.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from bench.servers import running

IMAGE = "b" * 32
QUALITY = 85  # of the pyramid, of the site's answers and of iipsrv's
GOALS = {
    "stored tile / iipsrv": 4.0,
    "stored tile / bare view": 0.7,
    "region / iipsrv": 0.8,
}


def picture(path: Path, width: int, height: int) -> None:
    """A pyramid as media.child makes it, of something as busy as a scanned chart."""
    import pyvips

    grain = pyvips.Image.gaussnoise(width, height, mean=205, sigma=5, seed=1)
    clouds = pyvips.Image.perlin(width, height, cell_size=256, seed=2) * 25
    lines = (pyvips.Image.perlin(width, height, cell_size=64, seed=3).abs() < 0.03).ifthenelse(-120, 0)
    image = (grain + clouds + lines).bandjoin([grain * 0.96 + clouds + lines, grain * 0.85 + lines])
    image.cast("uchar").copy(interpretation="srgb").tiffsave(
        str(path), compression="jpeg", Q=QUALITY, tile=True, tile_width=512, tile_height=512, pyramid=True,
        subifd=False, bigtiff=True, keep="none", region_shrink="mean",
    )  # fmt: skip


def whole_tiles(width: int, height: int) -> list[str]:
    """Requests for every stored tile of every layer, shuffled."""
    found, side = [], 512
    while True:
        across, down = width // side, height // side
        found += [f"{x * side},{y * side},{side},{side}/512,512" for y in range(down) for x in range(across)]
        if side >= max(width, height):
            break
        side *= 2
    random.Random(1974).shuffle(found)
    return [f"{one}/0/default.jpg" for one in found]


def regions(width: int, height: int, seed: int, count: int = 3000) -> list[str]:
    """Cut-outs such as pages show them: 400 to 4,000 pixels of the sheet as 300 to 800."""
    pick = random.Random(seed)
    found = []
    for _number in range(count):
        side = min(pick.choice([400, 600, 900, 1400, 2400, 4000]), width, height)
        out = min(side, pick.choice([300, 400, 600, 800]))
        x, y = pick.randrange(width - side + 1), pick.randrange(height - side + 1)
        found.append(f"{x},{y},{side},{side}/{out},{out}/0/default.jpg")
    return found


def prepare(var: Path, port: int, width: int, height: int) -> dict[str, str]:
    """A site of its own with one public image. Out: its environment."""
    env = {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "CATVANG_VAR": str(var), "PORT": str(port)}
    file = var / "private" / "images" / IMAGE[:2] / f"{IMAGE}.tif"
    file.parent.mkdir(parents=True)
    picture(file, width, height)
    shutil.copyfile(file, var / "sheet.tif")
    (var / "static").mkdir()
    release = f"from media import storage; storage.release(['{IMAGE}'])"
    for command in (["migrate", "--verbosity", "0"], ["shell", "--no-imports", "-c", release]):
        subprocess.run([sys.executable, "manage.py", *command], env=os.environ | env, check=True)
    return env


def compare(options, folder: Path) -> None:
    var, port, bare_port = folder / "var", running.free_port(), running.free_port()
    var.mkdir()
    env = prepare(var, port, options.width, options.height)
    tiles = whole_tiles(options.width, options.height)
    with (
        running.granian("config.wsgi:application", port, folder / "site.log", **env) as site,
        running.iipsrv_and_nginx(var, folder, port, QUALITY) as nginx,
    ):
        ours, theirs = f"/iiif/image/{IMAGE}/", "/iipsrv/sheet.tif/"
        running.wait_for(f"{site}{ours}{tiles[0]}")
        running.wait_for(f"{nginx}{theirs}{tiles[0]}")
        sizes = [len(urllib.request.urlopen(f"{site}{ours}{tile}").read()) for tile in tiles]
        size = round(statistics.mean(sizes))
        bare = running.granian("bench.servers.bare:application", bare_port, folder / "bare.log", BARE_BYTES=str(size))
        with bare as empty:
            running.wait_for(f"{empty}/tile/a")
            print(f"{options.width} x {options.height}, {len(tiles)} whole tiles of {size} bytes on average")
            print(f"requests a second, median of {options.runs} runs of {options.seconds:g} s")
            for clients in (1, 8):
                report(clients, measure(clients, options, folder, (site, nginx, empty), (ours, theirs, tiles)))


def measure(clients: int, options, folder: Path, servers, what) -> dict[str, list[float]]:
    """Rates by name, one a run."""
    (site, nginx, empty), (ours, theirs, tiles) = servers, what
    rates: dict[str, list[float]] = {}
    for run in range(options.runs):
        cut = regions(options.width, options.height, seed=100 * clients + run)
        asked = {
            "stored tile, iipsrv": (nginx, [theirs + tile for tile in tiles]),
            "stored tile, site": (site, [ours + tile for tile in tiles]),
            "stored tile, site behind nginx": (nginx, [ours + tile for tile in tiles]),
            "bare view of the same size": (empty, ["/tile/" + tile for tile in tiles]),
            "region, iipsrv": (nginx, [theirs + one for one in cut]),
            "region, site": (site, [ours + one for one in cut]),
        }
        for name, (address, paths) in asked.items():
            rates.setdefault(name, []).append(running.rate(address, paths, clients, options.seconds, folder))
    return rates


def report(clients: int, rates: dict[str, list[float]]) -> None:
    middle = {name: statistics.median(found) for name, found in rates.items()}
    print(f"\n{clients} client{'s' if clients > 1 else ''}")
    for name, found in middle.items():
        print(f"  {name:34} {found:8.0f}   ({min(rates[name]):.0f} to {max(rates[name]):.0f})")
    ratios = {
        "stored tile / iipsrv": middle["stored tile, site"] / middle["stored tile, iipsrv"],
        "stored tile / bare view": middle["stored tile, site"] / middle["bare view of the same size"],
        "region / iipsrv": middle["region, site"] / middle["region, iipsrv"],
    }
    for name, found in ratios.items():
        print(f"  {name:34} {found:8.2f}   goal {GOALS[name]:.1f}: {'met' if found >= GOALS[name] else 'NOT MET'}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--seconds", type=float, default=3)
    arguments.add_argument("--width", type=int, default=12_000)
    arguments.add_argument("--height", type=int, default=9_000)
    options = arguments.parse_args()
    missing = running.missing()
    if missing:
        print(f"bench.serving skipped: not installed here: {' '.join(missing)} (apt-get install {' '.join(missing)})")
        return
    with tempfile.TemporaryDirectory(prefix="catvang-serving-") as folder:
        compare(options, Path(folder))


if __name__ == "__main__":
    main()
