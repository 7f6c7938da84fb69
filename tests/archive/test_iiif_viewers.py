"""A real Mirador and a real OpenSeadragon opened on what we publish: tiles, names, search within, no other host."""

import io
import re

import pytest
from django.db import transaction
from PIL import Image, ImageChops

from media import storage
from media.ingest import ingest
from media.renditions import make_now
from tests.conftest import missing
from tests.media.conftest import encoded, picture
from tests.support import mirador

from .samples import both, document, publish, scan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTH, HEIGHT = 2600, 1900
MENTION = {
    "place": "quan-dao-hoang-sa",
    "name": "黃沙渚",
    "lang": "lzh",
    "reading": "Hoàng Sa chử",
    "meaning": both("bãi cát vàng", "golden sandbank"),
    "region": [1700, 900, 300, 80],
}
WRITTEN = {"text": "自大占門越海", "lang": "lzh", "translation": both("Từ cửa Đại Chiêm vượt biển", "From Đại Chiêm")}
MIRADOR = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Mirador</title>
<style>#mirador { position: absolute; inset: 0 }</style><div id="mirador"></div>
<script src="/viewers/mirador.js"></script>
<script>
Mirador.viewer({
  id: "mirador", language: "vi", osdConfig: { drawer: "canvas" }, workspaceControlPanel: { enabled: false },
  windows: [{
    manifestId: new URL("/iiif/presentation/vn-map-1838/manifest.json", location).href,
    defaultSearchQuery: new URLSearchParams(location.search).get("q") || undefined,
  }],
  window: { sideBarOpen: true, defaultSideBarPanel: "annotations", highlightAllAnnotations: true },
});
</script></html>"""
# Given the canvas of the manifest, and nothing of ours.
OPENSEADRAGON = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>OpenSeadragon</title>
<style>#sheet { position: absolute; inset: 0 }</style><div id="sheet"></div>
<script src="/viewers/openseadragon.js"></script>
<script>
fetch("/iiif/presentation/vn-map-1838/manifest.json").then((answer) => answer.json()).then((manifest) => {
  const source = `${manifest.items[0].items[0].items[0].body.service[0].id}/info.json`;
  const viewer = OpenSeadragon({ id: "sheet", drawer: "canvas", showNavigationControl: false, tileSources: source });
  viewer.addOnceHandler("open", () => {
    const sheet = viewer.world.getItemAt(0), check = () => { if (sheet.getFullyLoaded()) document.title = "drawn"; };
    sheet.addHandler("fully-loaded-change", check);
    check();
  });
});
</script></html>"""


@pytest.fixture
def viewer(browser_page, live_server, settings, cataloguer, reviewer):
    """A page of the browser, for which /viewers/mirador.html and /viewers/openseadragon.html are there."""
    build = settings.BASE_DIR / "node_modules" / "openseadragon" / "build" / "openseadragon" / "openseadragon.min.js"
    if not mirador.ready() or not build.exists():
        missing("Mirador or OpenSeadragon (make test installs them)")
    image = make_now(ingest(io.BytesIO(encoded(picture(WIDTH, HEIGHT), "JPEG")), "sheet.jpg", cataloguer)).image_id
    size = {"width": WIDTH, "height": HEIGHT}
    publish(document(scans=[scan(image, mentions=[MENTION], transcription=WRITTEN, **size)]), reviewer)
    with transaction.atomic():
        storage.release([image])
    served = {
        "mirador.html": {"body": MIRADOR, "content_type": "text/html"},
        "openseadragon.html": {"body": OPENSEADRAGON, "content_type": "text/html"},
        "mirador.js": {"path": mirador.FILE, "content_type": "application/javascript"},
        "openseadragon.js": {"path": build, "content_type": "application/javascript"},
    }
    for name, answer in served.items():
        browser_page.route(re.compile(rf"{live_server.url}/viewers/{name}(\?.*)?$"), giving(answer))
    return browser_page


def giving(answer: dict):
    return lambda route: route.fulfill(**answer)


def shows_the_sheet(page, selector: str) -> bool:
    """Whether red is there, green to its right and blue below it: see tests.media.conftest.picture."""
    shot = Image.open(io.BytesIO(page.locator(selector).first.screenshot())).convert("RGB")
    boxes = []
    for strong in range(3):
        bands = shot.split()
        masks = [band.point(lambda value: 255 * (value > 180)) for band in bands]
        others = [band.point(lambda value: 255 * (value < 90)) for band in bands]
        masks = [masks[number] if number == strong else others[number] for number in range(3)]
        boxes.append(ImageChops.multiply(ImageChops.multiply(masks[0], masks[1]), masks[2]).getbbox())
    if None in boxes:
        return False
    red, green, blue = boxes
    return red[2] < green[0] and red[3] < blue[1]


def tiles(log) -> set[str]:
    """The regions that were asked for."""
    return set(re.findall(r"/iiif/image/\w+/(\d+,\d+,\d+,\d+)/\d+,\d*/0/default\.jpg", "\n".join(log)))


def test_mirador_shows_the_sheet_its_names_and_what_is_searched(viewer, request_log):
    from playwright.sync_api import expect

    broken = []
    viewer.on("response", lambda answer: broken.append(answer.url) if answer.status >= 400 else None)
    viewer.goto("/viewers/mirador.html")
    panel = viewer.locator(".mirador-companion-area-left")
    expect(panel).to_contain_text("黃沙渚", timeout=60_000)
    expect(panel).to_contain_text("Hoàng Sa chử")
    expect(panel).to_contain_text("bãi cát vàng")
    viewer.wait_for_load_state("networkidle")
    assert shows_the_sheet(viewer, ".mirador-osd-container")
    assert tiles(request_log)

    viewer.goto("/viewers/mirador.html?q=dai chiem")
    expect(panel).to_contain_text("Từ cửa Đại Chiêm vượt biển", timeout=60_000)
    expect(panel).to_contain_text("From Đại Chiêm")
    assert not broken


def test_openseadragon_draws_the_canvas(viewer, request_log):
    viewer.goto("/viewers/openseadragon.html")
    viewer.wait_for_function("document.title === 'drawn'", timeout=60_000)
    assert shows_the_sheet(viewer, "#sheet")
    assert tiles(request_log)
