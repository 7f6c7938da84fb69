"""A curator draws place mentions in a browser: by pointer and by keyboard, on two sheets, and finds them again."""

import os

import pytest
from django.urls import reverse

from archive.models import Place, PlaceMention, PlaceName, Record
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def record(cataloguer):
    place = Place(key="quan-dao-hoang-sa", name_vi="Quần đảo Hoàng Sa", name_en="Paracels", kind="archipelago")
    place.names = [PlaceName(text="黃沙渚", language="lzh"), PlaceName(text="Bãi Cát Vàng", language="vi")]
    place.save()
    scans = [
        factories.make_scan(cataloguer, "to-1.png", width=1600, height=1000),
        factories.make_scan(cataloguer, "to-2.png", width=900, height=1200, colour=(210, 190, 140)),
    ]
    return factories.make_record(cataloguer, scans=scans)


@pytest.fixture
def page(browser_page, cataloguer, password, record):
    browser_page.goto("/admin/login/")
    browser_page.fill("input[name=username]", cataloguer.username)
    browser_page.fill("input[name=password]", password)
    browser_page.click("button[type=submit]")
    browser_page.wait_for_url("**/admin/")
    faults = []
    browser_page.on("pageerror", lambda error: faults.append(str(error)))
    open_tool(browser_page, record)
    yield browser_page
    assert not faults


def open_tool(page, record):
    page.goto(reverse("archive_mentions:editor", args=[record.pk]))
    page.locator("[data-mentions][data-ready]").wait_for()


def look(page, name: str):
    """A picture, where somebody asks for it."""
    if folder := os.environ.get("MENTIONS_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")


def box_of(page, index=0) -> dict:
    return page.locator(".mention-box").nth(index).bounding_box()


def drag(page, start, end):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    page.mouse.move(*end)
    page.mouse.up()


def numbers(page, index=0) -> list[float]:
    row = page.locator("[data-mention]").nth(index)
    return [float(row.locator(f"[name$='-{name}']").input_value()) for name in ("x", "y", "width", "height")]


def draw(page, start=(0.3, 0.3), end=(0.5, 0.4)):
    stage = page.locator("[data-stage]").bounding_box()
    page.get_by_role("button", name="Vẽ khung").click()
    points = [(stage["x"] + stage["width"] * x, stage["y"] + stage["height"] * y) for x, y in (start, end)]
    drag(page, *points)


def choose_place(page, typed="hoang sa"):
    page.keyboard.type(typed)
    page.get_by_role("option", name="Quần đảo Hoàng Sa").wait_for()
    page.keyboard.press("Enter")


def save(page):
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Đã lưu các chỗ nhắc địa danh").wait_for()


def test_draw_move_resize_undo_and_save(page, record):
    draw(page)
    first = box_of(page)
    look(page, "drawn")
    choose_place(page)  # the place's box has the focus
    page.keyboard.type("黃沙渚")
    assert page.locator("[name$='-language']").first.input_value() == "lzh", "the gazetteer knows the name's language"
    look(page, "named")

    middle = (first["x"] + first["width"] / 2, first["y"] + first["height"] / 2)
    drag(page, middle, (middle[0] + 60, middle[1] + 30))
    moved = box_of(page)
    assert moved["x"] - first["x"] == pytest.approx(60, abs=2) and moved["width"] == pytest.approx(
        first["width"], abs=2
    )
    corner = (moved["x"] + moved["width"], moved["y"] + moved["height"])
    drag(page, corner, (corner[0] + 40, corner[1] + 25))
    larger = box_of(page)
    assert larger["width"] - moved["width"] == pytest.approx(40, abs=3)
    assert larger["x"] == pytest.approx(moved["x"], abs=2)

    page.keyboard.press("Control+z")
    assert box_of(page)["width"] == pytest.approx(moved["width"], abs=2)
    page.locator("[name$='-meaning_vi']").first.fill("bãi cát vàng")
    before = numbers(page)
    save(page)
    mention = PlaceMention.objects.get()
    stored = [mention.x, mention.y, mention.width, mention.height]
    assert stored == pytest.approx(before, abs=0.001)
    assert (mention.place.key, mention.name_as_written, mention.language) == ("quan-dao-hoang-sa", "黃沙渚", "lzh")
    assert mention.meaning_vi == "bãi cát vàng"
    page.locator(".mention-box").wait_for()
    assert box_of(page)["width"] == pytest.approx(moved["width"], abs=3), "it stands where it was drawn"
    assert Record.objects.get().revisions.count() == 2


def grown(page, start, **wanted):
    """The frame differs from what it was by so many pixels; it is drawn with the next picture of the sheet."""
    for _tenth in range(50):
        now = box_of(page)
        if all(now[name] - start[name] == pytest.approx(by, abs=0.6) for name, by in wanted.items()):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{start} became {now}, not {wanted}")


def test_by_keyboard_alone(page, record):
    page.keyboard.press("n")
    assert page.get_by_role("button", name="Vẽ khung").get_attribute("aria-pressed") == "true"
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.press("Enter")  # a frame in the middle, with the focus on it
    page.keyboard.press("Enter")
    choose_place(page, "bai cat vang")
    page.keyboard.type("Bãi Cát Vàng")
    page.keyboard.press("Escape")  # back to the frame
    before, start = numbers(page), box_of(page)
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    grown(page, start, x=2, y=10)
    page.keyboard.press("Alt+Shift+ArrowRight")
    grown(page, start, width=10)
    page.keyboard.press("Delete")
    assert page.locator(".mention-box").count() == 0
    page.keyboard.press("Control+z")
    page.locator(".mention-box").wait_for()
    page.locator("[name$='-x']").first.fill("10")
    page.wait_for_function("x => document.querySelector('.mention-box').getBoundingClientRect().x < x", arg=start["x"])
    page.keyboard.press("Control+s")
    page.get_by_text("Đã lưu các chỗ nhắc địa danh").wait_for()
    mention = PlaceMention.objects.get()
    assert mention.x == 10 and mention.height == pytest.approx(before[3], abs=0.001)


def test_two_sheets_order_and_choice(page, record):
    first, second = record.scans.all()
    for number in range(2):
        draw(page, (0.2, 0.2 + number * 0.3), (0.4, 0.3 + number * 0.3))
        choose_place(page)
        page.keyboard.type(f"Tên {number}")
    page.locator(f"[data-strip] [data-scan='{second.scan_id}']").click()
    page.locator(f"[data-mentions][data-ready='{second.scan_id}']").wait_for()
    assert page.locator(".mention-box").count() == 0 and page.get_by_text("Tờ này chưa có chỗ nhắc nào").is_visible()
    draw(page, (0.45, 0.4), (0.55, 0.5))
    choose_place(page)
    page.keyboard.type("Tên 2")
    page.locator(f"[data-strip] [data-scan='{first.scan_id}']").click()
    page.locator(f"[data-mentions][data-ready='{first.scan_id}']").wait_for()
    rows = page.locator("[data-mention]:visible")
    assert rows.count() == 2
    rows.nth(1).locator("[data-row=up]").click()
    page.locator("[data-select]:visible").filter(has_text="Tên 0").click()
    assert "is-chosen" in page.locator(".mention-box[aria-label*='Tên 0']").get_attribute("class")
    look(page, "two-sheets")
    save(page)
    assert [mention.name_as_written for mention in Record.objects.get().mentions.all()] == ["Tên 1", "Tên 0", "Tên 2"]
    assert [mention.scan_id for mention in Record.objects.get().mentions.all()] == [first.scan_id] * 2 + [
        second.scan_id
    ]


def test_what_was_typed_survives_a_colleague(page, record, cataloguer):
    from archive.records import save_record

    draw(page)
    choose_place(page)
    page.keyboard.type("Của tôi")
    other = Record.objects.get()
    scan = other.scans.first().scan
    region = {"x": 60, "y": 60, "width": 10, "height": 5}
    other.mentions = [PlaceMention(scan=scan, place=Place.objects.get(), name_as_written="Của họ", **region)]
    save_record(other, cataloguer)
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("đã sửa các chỗ nhắc này").wait_for()
    page.locator("[data-mentions][data-ready]").wait_for()
    assert page.get_by_role("cell", name="Của họ").is_visible()
    assert page.locator("[name$='-name_as_written']").first.input_value() == "Của tôi"
    look(page, "conflict")
    save(page)
    assert [mention.name_as_written for mention in PlaceMention.objects.all()] == ["Của tôi"]


def test_a_session_that_ended_loses_nothing(page, record):
    draw(page)
    choose_place(page)
    page.keyboard.type("黃沙渚")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Phiên đăng nhập đã hết nên chưa lưu gì.").wait_for()
    assert page.locator("[name$='-name_as_written']").first.input_value() == "黃沙渚"
    assert not PlaceMention.objects.exists()


def test_it_is_usable_on_a_small_screen(page, record):
    page.set_viewport_size({"width": 768, "height": 1024})
    open_tool(page, record)
    draw(page)
    choose_place(page)
    page.keyboard.type("黃沙渚")
    look(page, "small")
    assert page.evaluate("document.documentElement.scrollWidth") <= 768
    save(page)
    assert PlaceMention.objects.count() == 1
