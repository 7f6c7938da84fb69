"""The map of an item page, fully drawn in Chromium, beside OpenSeadragon alone on static tiles of the same picture.

    python -m bench.map_drawn [--runs 7] [--width 12000 --height 9000] [--limit 1.3]

Both are opened in a window of 1920 × 1080 by a browser that has nothing yet, in turn, and drawn with the same drawer in
an element of the same size. What counts is the time from asking for the page until OpenSeadragon says that the sheet is
there in full. The site is the whole item page under granian; the static tiles, and OpenSeadragon, are files behind
nginx. Prints the medians and their ratio; exits 1 when it is over the limit. Without nginx or Chromium it says so.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.servers import one_map, running
from bench.serving import QUALITY, picture

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 1.3
WAIT = 60  # seconds
WINDOW = {"width": 1920, "height": 1080}
# Runs in both pages: finds the viewer as soon as it is made and notes when its sheet is there in full.
WATCH = """
  const looking = setInterval(() => {
    const box = document.querySelector(".openseadragon-container");
    const viewer = box && window.OpenSeadragon.getViewer(box.parentElement);
    if (!viewer) return;
    clearInterval(looking);
    window.watched = viewer;
    const opened = () => {
      const sheet = viewer.world.getItemAt(0), noted = () => { window.drawnAt ??= performance.now(); };
      const check = () => {
        if (sheet.getFullyLoaded()) requestAnimationFrame(() => requestAnimationFrame(noted));
      };
      sheet.addHandler("fully-loaded-change", check);
      check();
    };
    if (viewer.world.getItemCount()) opened(); else viewer.addOnceHandler("open", opened);
  }, 4);
"""
STATIC_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>OpenSeadragon</title>
<style>body { margin: 0 } #sheet { width: %(width)dpx; height: %(height)dpx }</style><div id="sheet"></div>
<script src="openseadragon.min.js"></script>
<script>
OpenSeadragon({ id: "sheet", drawer: "canvas", showNavigationControl: false, tileSources: "tiles/info.json" });
</script>
</html>"""
NGINX = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; {user}
events {{ worker_connections 256; }}
http {{
  access_log off; types {{ text/html html; application/javascript js; application/json json; image/jpeg jpg; }}
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {folder}/static-site; }}
}}
"""


def missing() -> list[str]:
    from tests.support.browser import executable

    there = {"nginx-light": Path(running.NGINX).exists(), "chromium": executable()}
    return [name for name, found in there.items() if not found]


def static_tiles(sheet: Path, folder: Path, address: str) -> None:
    """A folder as `vips dzsave` makes it, and OpenSeadragon's own build."""
    import pyvips

    folder.mkdir()
    image = pyvips.Image.new_from_file(str(sheet), access="sequential")
    image.dzsave(
        str(folder / "tiles"), layout="iiif3", tile_size=512, suffix=f".jpg[Q={QUALITY}]", id=address, overlap=0
    )
    shutil.copy(ROOT / "static/vendor/openseadragon/openseadragon.min.js", folder)


def compare(options, folder: Path) -> float:
    """The ratio of the medians."""
    sheet, var = folder / "sheet.tif", folder / "var"
    picture(sheet, options.width, options.height)
    var.mkdir()
    port, static_port = running.free_port(), running.free_port()
    env = {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "CATVANG_VAR": str(var), "PORT": str(port)}
    command = [sys.executable, "-m", "bench.servers.one_map", str(sheet)]
    subprocess.run(command, env=os.environ | env, cwd=ROOT, check=True)
    static = f"http://127.0.0.1:{static_port}"
    static_tiles(sheet, folder / "static-site", static)
    user, conf = "user root;" if os.geteuid() == 0 else "", folder / "nginx.conf"
    conf.write_text(NGINX.format(folder=folder, port=static_port, user=user))
    with (
        running.granian("config.wsgi:application", port, folder / "site.log", **env) as site,
        running.process([running.NGINX, "-p", str(folder), "-c", str(conf)], log=folder / "nginx.out"),
    ):
        pages = {"item page": f"{site}/vi/items/{one_map.IDENTIFIER}/", "static tiles": f"{static}/index.html"}
        for _time in range(20):  # both processes of the site have loaded all that they keep
            running.wait_for(pages["item page"])
        running.wait_for(f"{static}/tiles/info.json")
        return report(options, measure(options, folder, pages))


def measure(options, folder: Path, pages: dict[str, str]) -> dict[str, list[float]]:
    """Milliseconds by name, one a run; the first opening of each isn't counted: it warms the servers."""
    from playwright.sync_api import sync_playwright

    from tests.support.browser import ARGUMENTS, executable

    took: dict[str, list[float]] = {name: [] for name in pages}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        for run in range(options.runs + 1):
            for name, address in pages.items():
                drawn, size, tiles = opened(chromium, address)
                if name == "item page" and run == 0:
                    (folder / "static-site" / "index.html").write_text(STATIC_PAGE % size)
                    print(f"{options.width} x {options.height} in {size['width']} x {size['height']}", flush=True)
                if run == 0:
                    print(f"  {name:14} {tiles} tiles asked for")
                else:
                    took[name].append(drawn)
        chromium.close()
    return took


def opened(chromium, address: str) -> tuple[float, dict, int]:
    """Milliseconds until the map is drawn; the size of the viewer's element; how many tiles were asked for."""
    context = chromium.new_context(viewport=WINDOW)
    page, asked = context.new_page(), []
    page.add_init_script(WATCH)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="commit")
    drawn, end = None, time.monotonic() + WAIT
    while drawn is None:  # the pages' policy lets no function of ours wait in them
        if time.monotonic() > end:
            raise TimeoutError(f"{address} isn't drawn after {WAIT} s")
        page.wait_for_timeout(50)
        drawn = page.evaluate("window.drawnAt ?? null")
    size = page.evaluate("({ width: watched.element.clientWidth, height: watched.element.clientHeight })")
    context.close()
    return drawn, size, sum(url.endswith("default.jpg") for url in asked)


def report(options, took: dict[str, list[float]]) -> float:
    middle = {name: statistics.median(found) for name, found in took.items()}
    print(f"milliseconds until drawn, cold, median of {options.runs}")
    for name, found in middle.items():
        print(f"  {name:14} {found:8.0f}   ({min(took[name]):.0f} to {max(took[name]):.0f})")
    ratio = middle["item page"] / middle["static tiles"]
    print(f"  ratio          {ratio:8.2f}   goal {options.limit:.1f}: {'met' if ratio <= options.limit else 'NOT MET'}")
    return ratio


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--runs", type=int, default=7)
    arguments.add_argument("--width", type=int, default=12_000)
    arguments.add_argument("--height", type=int, default=9_000)
    arguments.add_argument("--limit", type=float, default=LIMIT)
    options = arguments.parse_args()
    if lacking := missing():
        print(f"bench.map_drawn skipped: not installed here: {' '.join(lacking)} (apt-get install {' '.join(lacking)})")
        return 0
    with tempfile.TemporaryDirectory(prefix="catvang-drawn-") as folder:
        return 0 if compare(options, Path(folder)) <= options.limit else 1


if __name__ == "__main__":
    sys.exit(main())
