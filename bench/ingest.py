"""From a file to a zoomable scan, beside what no program could leave out: a copy with SHA-256, and a bare pyramid.

    python -m bench.ingest [--runs 5] [--sheets 12000x9000,19866x28087]

Each sheet is an uncompressed TIFF as scanners write them. "site" is media.ingest and the pyramid's child process as the
worker runs it, with its rows and fsync; "bare" copies the file while hashing it, then has libvips save the same pyramid
in a process of its own. Both take turns in each run, so that the machine's load falls on both alike; what counts are
the ratios of the medians. Peaks are those of the process that makes the pyramid.
"""

import argparse
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RATIO, MEMORY_RATIO, MEMORY = 1.7, 1.5, 1024**3
SECONDS = {12_000 * 9_000: 5.0, 19_866 * 28_087: 60.0}
PYRAMID = """
import sys, pyvips
pyvips.cache_set_max(0)
pyvips.Image.tiffload(sys.argv[1], access="sequential").tiffsave(sys.argv[2], compression="jpeg", Q=85, tile=True,
    tile_width=512, tile_height=512, pyramid=True, subifd=False, bigtiff=True, keep="none", region_shrink="mean")
print(next(row.split()[1] for row in open("/proc/self/status") if row.startswith("VmHWM")))
"""


def sheet(path: Path, width: int, height: int) -> None:
    """Something as busy as a scanned chart: a patch of it, repeated."""
    import pyvips

    grain = pyvips.Image.gaussnoise(2048, 2048, mean=205, sigma=5, seed=1)
    lines = (pyvips.Image.perlin(2048, 2048, cell_size=64, seed=3).abs() < 0.03).ifthenelse(-120, 0)
    patch = (grain + lines).bandjoin([grain * 0.96 + lines, grain * 0.85 + lines]).cast("uchar")
    patch = patch.copy(interpretation="srgb", xres=23.6, yres=23.6).copy_memory()
    image = patch.replicate(-(-width // 2048), -(-height // 2048)).crop(0, 0, width, height)
    image.tiffsave(str(path), bigtiff=True)


def bare(source: Path, folder: Path) -> tuple[float, int]:
    """Seconds, and the peak (bytes) of the process that made the pyramid."""
    began = time.perf_counter()
    digest = hashlib.sha256()
    with open(source, "rb") as file, open(folder / "copy.tif", "wb") as out:
        while chunk := file.read(1024 * 1024):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    command = [sys.executable, "-c", PYRAMID, str(folder / "copy.tif"), str(folder / "bare.tif")]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return time.perf_counter() - began, int(said) * 1024


def site(source: Path) -> tuple[float, int]:
    """The same. What an earlier run left is removed first."""
    import django

    django.setup()
    from media import child_process, ingest, renditions
    from media.models import Job, PreservationEvent, Scan

    for model in (PreservationEvent, Job, Scan):
        model.objects.all().delete()
    for root in ("masters", "private"):
        shutil.rmtree(Path(os.environ["CATVANG_VAR"]) / root, ignore_errors=True)
    run, said = child_process.run, []
    child_process.run = lambda *given: said.append(run(*given)) or said[-1]
    began = time.perf_counter()
    with open(source, "rb") as file:
        scan = ingest.ingest(file, "sheet.tif", None)
    renditions.make_now(scan)
    return time.perf_counter() - began, said[-1]["peak"]


def one(what: str, source: Path, folder: Path) -> dict:
    """Run in a process of its own."""
    seconds, peak = bare(source, folder) if what == "bare" else site(source)
    return {"seconds": seconds, "peak": peak}


def compare(width: int, height: int, runs: int, folder: Path, env: dict) -> bool:
    source = folder / "sheet.tif"
    sheet(source, width, height)
    found = {"bare": [], "site": []}
    for _run in range(runs):
        for what in found:
            command = [sys.executable, "-m", "bench.ingest", "--one", what, str(source), str(folder)]
            said = subprocess.run(command, env=os.environ | env, check=True, capture_output=True, text=True).stdout
            found[what].append(json.loads(said.splitlines()[-1]))
    return report(width, height, source.stat().st_size, found)


def report(width: int, height: int, size: int, found: dict) -> bool:
    """Print; out: whether the goals are met."""
    seconds = {what: statistics.median(run["seconds"] for run in told) for what, told in found.items()}
    peak = {what: statistics.median(run["peak"] for run in told) for what, told in found.items()}
    print(f"\n{width} x {height}, {size / 1e6:.0f} MB, median of {len(found['bare'])} runs")
    for what, told in found.items():
        each = [run["seconds"] for run in told]
        spread = f"({min(each):.1f} to {max(each):.1f})"
        print(f"  {what:6} {seconds[what]:7.2f} s {spread:18} peak {peak[what] / 2**20:6.0f} MB")
    goals = [
        ("time / bare", seconds["site"] / seconds["bare"], RATIO),
        ("peak / bare", peak["site"] / peak["bare"], MEMORY_RATIO),
        ("peak, GB", peak["site"] / MEMORY, 1.0),
    ]
    if width * height in SECONDS:
        goals.append(("seconds", seconds["site"], SECONDS[width * height]))
    for name, value, goal in goals:
        print(f"  {name:12} {value:7.2f}   goal {goal:.1f}: {'met' if value <= goal else 'NOT MET'}")
    return all(value <= goal for _name, value, goal in goals)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sheets", default="12000x9000,19866x28087")
    parser.add_argument("--folder", help="where the files are written; by default the system's temporary folder")
    parser.add_argument("--one", nargs=3, metavar=("WHAT", "SOURCE", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one[0], Path(options.one[1]), Path(options.one[2]))))
        return 0
    met = True
    with tempfile.TemporaryDirectory(prefix="catvang-ingest-", dir=options.folder) as name:
        folder = Path(name)
        env = {"CATVANG_VAR": str(folder / "var"), "DJANGO_SETTINGS_MODULE": "config.settings.demo"}
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, env=os.environ | env, check=True)
        for size in options.sheets.split(","):
            width, height = map(int, size.split("x"))
            met = compare(width, height, options.runs, folder, env) and met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
