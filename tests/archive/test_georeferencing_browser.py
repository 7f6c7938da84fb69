"""A sheet is placed by pointer and by keys, and lies over the basemap in public, in a real browser."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from media import georeferencing as acts
from media import storage
from tests import factories
from tests.conftest import missing
from tests.look import documents

from . import samples
from .test_placed_sheets import georeference

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH, HEIGHT = 1300, 1000
RED, BLUE = (190, 30, 30), (30, 30, 190)


@pytest.fixture(autouse=True)
def front_end(settings):
    if not (settings.BASE_DIR / "static" / "vendor" / "basemap" / "land.json").is_file():
        missing("static/vendor/basemap/land.json (python -m media.basemap.build static/vendor/basemap)")


@pytest.fixture
def page(browser_page):
    faults = []
    browser_page.on("pageerror", lambda error: faults.append(str(error)))
    yield browser_page
    assert not faults


def test_pairs_are_set_by_pointer_and_keys_and_kept(page, cataloguer, password):
    scan = factories.make_scan(cataloguer, width=WIDTH, height=HEIGHT)
    factories.make_record(cataloguer, scans=[scan], west=102, south=10, east=115, north=20)
    page.goto("/admin/login/")
    page.fill("input[name=username]", cataloguer.username)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    page.goto(reverse("archive_georeference:editor", args=[scan.pk, 1]))
    page.locator(".openseadragon-canvas canvas").first.wait_for()
    page.locator("[data-map] canvas.leaflet-tile-loaded").first.wait_for()
    sheet, land = page.locator("[data-sheet]"), page.locator("[data-map]")
    box = sheet.bounding_box()
    for x, y in ((0.3, 0.4), (0.7, 0.4), (0.7, 0.6)):
        sheet.click(position={"x": box["width"] * x, "y": box["height"] * y})
        page.get_by_text("Bây giờ hãy bấm đúng chỗ ấy trên bản đồ nền").wait_for()
        land.click(position={"x": box["width"] * x, "y": box["height"] * y})
    page.get_by_text("phép biến đổi luôn khớp hẳn").wait_for()
    page.locator("canvas.warped[data-drawn=all]").wait_for()  # the sheet lies over the basemap
    sheet.locator(".openseadragon-canvas").focus()
    page.keyboard.press("p")
    page.locator("[data-map]").focus()
    page.keyboard.press("p")
    page.locator("[data-rows] tr").nth(3).wait_for()
    page.locator("[data-rows] [data-field=lat]").nth(3).fill("16°30′ Bắc")
    page.keyboard.press("Tab")
    page.wait_for_function("/[1-9]/.test(document.querySelector('[data-total]').textContent)")
    page.locator("[data-rows] [data-field=off]").nth(3).uncheck()
    page.locator("[data-store]").click()
    page.get_by_text("Đã lưu").wait_for()
    points = acts.of_page(scan, 1).points
    assert [one["off"] for one in points] == [False, False, False, True] and points[3]["lat"] == 16.5
    assert all(one["error_km"] is not None for one in points)
    page.reload()
    page.locator("canvas.warped[data-drawn=all]").wait_for()
    assert page.locator("[data-rows] tr").count() == 4


def colour(page) -> tuple:
    """What the middle of the map looks like."""
    shot = Image.open(io.BytesIO(page.locator("[data-map]").screenshot())).convert("RGB")
    return shot.getpixel((shot.width // 2, shot.height // 2))


def near(one, other) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def test_a_sheet_fades_over_the_basemap_and_two_into_each_other(page, cataloguer, reviewer):
    points = [([0, 0], [102, 20]), ([WIDTH, 0], [115, 20]), ([WIDTH, HEIGHT], [115, 10]), ([0, HEIGHT], [102, 10])]
    for name, ink, kind in (("mot", RED, "thinPlateSpline"), ("hai", BLUE, "affine")):
        scan = factories.make_scan(cataloguer, f"{name}.png", width=WIDTH, height=HEIGHT, colour=ink)
        rendition = scan.renditions.get()
        told = georeference(kind, points) | {"mask": [[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]]}
        shown = documents.scan(image=rendition.image_id, width=WIDTH, height=HEIGHT, georeference=told)
        samples.publish(documents.full(identifier=name, scans=[shown]), reviewer)
        storage.release([rendition.image_id])
    page.goto("/vi/items/mot/")
    page.locator(".earth").scroll_into_view_if_needed()
    page.locator("canvas.warped[data-drawn=all]").wait_for()
    page.get_by_role("button", name="Chỉ tờ này").click()
    assert near(colour(page), RED)
    slider = page.get_by_label("Độ đậm của tờ")
    slider.focus()
    page.keyboard.press("Home")
    assert slider.input_value() == "0" and not near(colour(page), RED)
    page.get_by_role("button", name="Đậm hơn").click()
    assert slider.input_value() == "10"

    page.goto("/vi/compare/?a=mot&b=hai&mode=overlay")
    page.locator("canvas.warped[data-drawn=all]").nth(1).wait_for()
    slider = page.get_by_label("Chuyển dần từ tờ thứ nhất")
    slider.focus()
    page.keyboard.press("Home")
    assert near(colour(page), RED)
    page.keyboard.press("End")
    assert near(colour(page), BLUE)
    for _step in range(5):
        page.get_by_role("button", name="Về phía tờ thứ nhất").click()
    red, _green, blue = colour(page)
    assert abs(red - blue) < 20 and red > 80


def test_the_overlay_lays_the_sheet_that_is_chosen_and_its_address_says_which(page, cataloguer, reviewer):
    points = [([0, 0], [102, 20]), ([WIDTH, 0], [115, 20]), ([WIDTH, HEIGHT], [115, 10])]
    shown = []
    for name, ink in (("do", RED), ("xanh", BLUE)):
        scan = factories.make_scan(cataloguer, f"{name}.png", width=WIDTH, height=HEIGHT, colour=ink)
        rendition = scan.renditions.get()
        told = georeference("affine", points) | {"mask": [[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]]}
        shown.append(documents.scan(image=rendition.image_id, width=WIDTH, height=HEIGHT, georeference=told))
        storage.release([rendition.image_id])
    samples.publish(documents.full(identifier="mot", scans=shown[:1]), reviewer)
    samples.publish(documents.full(identifier="hai", scans=shown), reviewer)
    page.goto("/vi/compare/?a=mot&b=hai&mode=overlay")
    page.locator("canvas.warped[data-drawn=all]").nth(1).wait_for()
    page.get_by_label("Chuyển dần từ tờ thứ nhất").press("End")
    assert near(colour(page), RED)
    page.locator("select[data-sheet='1']").select_option("1")
    page.locator("canvas.warped[data-drawn=all]").nth(1).wait_for()
    assert page.url.endswith("#a.page=1&b.page=2")
    assert near(colour(page), BLUE)
    page.reload()
    page.locator("canvas.warped[data-drawn=all]").nth(1).wait_for()
    page.get_by_label("Chuyển dần từ tờ thứ nhất").press("End")
    assert near(colour(page), BLUE) and page.locator("select[data-sheet='1']").input_value() == "1"
    page.goto("/vi/compare/?a=hai&b=hai&mode=overlay")  # two sheets of one item
    page.locator("canvas.warped[data-drawn=all]").nth(1).wait_for()
    assert [page.locator(f"select[data-sheet='{at}']").input_value() for at in (0, 1)] == ["0", "1"]
