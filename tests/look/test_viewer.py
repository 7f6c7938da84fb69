"""Pages in a browser: deep zoom, the view in the address, images that fail, WCAG, no other host."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageDraw

from archive.models import EditionPlace
from media import storage
from media.ingest import ingest
from media.renditions import make_now
from tests.archive import samples
from tests.conftest import missing

from . import documents

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Odd, so that the last column and row of tiles are narrow; and larger than what may be asked for in one piece.
WIDTH, HEIGHT = 5201, 3901
MENTION = {
    "place": "quan-dao-hoang-sa",
    "name": "黃沙渚",
    "lang": "lzh",
    "reading": "Hoàng Sa chử",
    "meaning": {"vi": "bãi cát vàng", "en": "golden sandbank"},
    "region": [2600, 1950, 400, 200],
}
# Ten degrees of longitude and of latitude over the whole sheet, at the equator: 0.214 km a pixel.
CORNERS = {(0, 0): (110, 5), (WIDTH, 0): (120, 5), (WIDTH, HEIGHT): (120, -5), (0, HEIGHT): (110, -5)}
GEOREFERENCE = {
    "transformation": "affine",
    "points": [{"pixel": list(pixel), "lonlat": list(at), "label": "", "error_km": 0} for pixel, at in CORNERS.items()],
    "mask": [list(pixel) for pixel in CORNERS],
    "footprint": [list(at) for at in (*CORNERS.values(), (110, 5))],
    "error_km": 0,
}


def drawing() -> io.BytesIO:
    """A sheet whose four quarters have four colours."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "#efe6d0")
    draw = ImageDraw.Draw(image)
    for column, row, colour in ((0, 0, "#c00000"), (1, 0, "#00a000"), (0, 1, "#0000c0"), (1, 1, "#c0c000")):
        x, y = column * WIDTH // 2, row * HEIGHT // 2
        draw.rectangle((x, y, x + WIDTH // 2, y + HEIGHT // 2), fill=colour)
    data = io.BytesIO()
    image.save(data, "JPEG", quality=90)
    data.seek(0)
    return data


@pytest.fixture
def sheet(cataloguer, reviewer, settings):
    """The path of a public item with two scans of one image."""
    if not (settings.BASE_DIR / "static" / "vendor").is_dir():
        missing("static/vendor (npm ci && python -m config.frontend.build)")
    rendition = make_now(ingest(drawing(), "sheet.jpg", cataloguer))
    scans = [
        documents.scan(image=rendition.image_id, width=WIDTH, height=HEIGHT, label=documents.both(f"Tờ {number}"))
        for number in (1, 2)
    ]
    scans[0]["georeference"] = GEOREFERENCE
    scans[1]["mentions"] = [MENTION]
    scans[1]["transcription"] = {"text": "黃沙渚", "lang": "lzh", "translation": documents.both("Bãi Cát Vàng")}
    document = documents.full(scans=scans)
    edition = samples.publish(document, reviewer)
    for place in document["places"]:
        EditionPlace.objects.create(
            edition=edition,
            key=place["key"],
            kind=place["kind"],
            name_vi=place["name"]["vi"],
            name_en=place["name"]["en"],
        )
    storage.release([rendition.image_id])
    return "/vi/items/vn-map-1838/"


@pytest.fixture
def errors(browser_page):
    """What the browser complains of."""
    found = []
    browser_page.on("pageerror", lambda error: found.append(str(error)))
    browser_page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    return found


def opened(page):
    """Wait until every tile of the view has been drawn."""
    page.locator(".stage-tools").wait_for()
    page.locator(".stage-plain").wait_for(state="hidden")


def colours(page) -> list[str]:
    """The colours in the middle of the four quarters of the sheet as the canvas shows them at first."""
    box = page.locator(".stage canvas").first.bounding_box()
    shot = Image.open(io.BytesIO(page.screenshot(clip=box))).convert("RGB")
    wide = shot.height * WIDTH / HEIGHT
    found = []
    for column, row in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        red, green, blue = shot.getpixel(
            (int(shot.width / 2 + column * wide / 8), int(shot.height / 2 + row * shot.height / 8))
        )
        found.append(f"{red > 128:d}{green > 128:d}{blue > 128:d}")
    return found


def test_the_whole_sheet_is_drawn_from_tiles(browser_page, sheet, errors):
    browser_page.goto(sheet)
    opened(browser_page)
    assert colours(browser_page) == ["100", "010", "001", "110"]
    assert errors == []


def test_a_view_has_an_address(browser_page, sheet, errors):
    browser_page.goto(sheet)
    opened(browser_page)
    assert "#" not in browser_page.url
    browser_page.get_by_role("button", name="Xoay").click()
    browser_page.get_by_role("button", name="Phóng to").click()
    browser_page.wait_for_url("**#xywh=*rotate=90")
    address = browser_page.url
    browser_page.goto("about:blank")
    browser_page.goto(address)
    browser_page.locator(".stage-tools").wait_for()
    browser_page.get_by_role("button", name="Phóng to").click()
    browser_page.get_by_role("button", name="Thu nhỏ").click()
    browser_page.wait_for_function("address => location.href === address", arg=address)
    assert errors == []


def test_the_strip_leads_to_another_page(browser_page, sheet):
    browser_page.goto(sheet)
    opened(browser_page)
    browser_page.locator(".strip a").nth(1).click()
    browser_page.locator('.strip a[data-page="2"][aria-current]').wait_for()
    assert browser_page.locator(".strip [aria-current]").count() == 1


def test_a_name_on_another_page_opens_that_page_and_says_what_it_means(browser_page, sheet, errors):
    browser_page.goto(sheet)
    opened(browser_page)
    assert "km" in browser_page.locator(".stage-scale").inner_text()
    browser_page.locator("[data-mention] .mention-at").click()
    browser_page.locator('.strip a[data-page="2"][aria-current]').wait_for()
    card = browser_page.locator(".stage-card")
    card.wait_for()
    assert all(words in card.inner_text() for words in ("黃沙渚", "Hoàng Sa chử", "bãi cát vàng"))
    browser_page.locator(".mark-frame.is-chosen").wait_for()
    browser_page.wait_for_url("**#xywh=*page=2*")
    assert not browser_page.locator(".stage-scale").is_visible()  # this page has no place on the earth
    browser_page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert errors == []


def test_an_image_that_does_not_open_leaves_the_plain_one_and_a_sentence(browser_page, sheet):
    browser_page.route("**/info.json", lambda route: route.abort())
    browser_page.goto(sheet)
    browser_page.get_by_text("Không mở được ảnh phóng to").wait_for()
    assert browser_page.locator(".stage-plain img").is_visible()
    browser_page.unroute("**/info.json")
    browser_page.get_by_role("button", name="Tải lại").click()
    opened(browser_page)
    assert not browser_page.locator(".stage-trouble").is_visible()


def test_without_javascript_a_large_picture_stands_alone(browser, live_server, sheet):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(sheet)
    small, large = page.locator(".stage-plain > img"), page.locator(".stage-plain noscript img")
    assert large.is_visible() and not small.is_visible()
    assert "/full/" in large.get_attribute("src") and large.get_attribute("alt") == small.get_attribute("alt") != ""
    assert large.bounding_box()["width"] > 600
    context.close()


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "/vi/items/vn-map-1838/": 200,
    "/en/places/": 200,
    "/vi/places/quan-dao-hoang-sa/": 200,
    "/vi/search/?from=abc": 400,
    "/vi/khong-co/": 404,
    "/admin/login/": 200,
}


def faults(page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response
    assert found["passes"], "nothing was checked"
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found["violations"]]


def test_pages_meet_wcag_and_fit_the_window(browser_page, sheet):
    for path, status in PAGES.items():
        for width in (390, 1440):
            browser_page.set_viewport_size({"width": width, "height": 844})
            assert browser_page.goto(path).status == status
            assert browser_page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert faults(browser_page) == [], f"{path} at {width} px"
    browser_page.evaluate("document.querySelector('h1').style.color = '#e8e4da'")
    assert any("color-contrast" in fault for fault in faults(browser_page)), "the check can't fail"
