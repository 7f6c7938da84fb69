"""A curator corrects lines with the keyboard and draws one; a visitor gets from a search to the words on the sheet."""

import pytest
from django.urls import reverse

from media import text_lines
from media.models import TextLine
from media.ocr import tables
from search import indexer
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READ = ["Hoang Sa", "quần đảo", "rác", "Trường Sa"]


@pytest.fixture
def scan(cataloguer):
    return factories.make_scan(cataloguer, "trang.png", width=1600, height=1000)


@pytest.fixture
def record(cataloguer, scan):
    record = factories.make_record(cataloguer, scans=[scan])
    lines = []
    for number, text in enumerate(READ):
        words = enumerate(text.split())
        boxes = [tables.Word(word, (200 + 200 * at, 200 + 150 * number, 180, 50), 70.0 + number) for at, word in words]
        lines.append(tables.Line(tuple(boxes)))
    text_lines.put_read(scan, 1, lines, ["vie"])
    return record


@pytest.fixture
def page(browser_page):
    faults = []
    browser_page.on("pageerror", lambda error: faults.append(str(error)))
    yield browser_page
    assert not faults


def texts() -> list[str]:
    return list(TextLine.objects.exclude(text="").order_by("number").values_list("text", flat=True))


def corrected() -> set[str]:
    return set(TextLine.objects.exclude(corrected_at=None).values_list("text", flat=True))


def test_lines_are_corrected_with_the_keyboard_and_drawn(page, record, scan, cataloguer, password):
    page.goto("/admin/login/")
    page.fill("input[name=username]", cataloguer.username)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    page.goto(reverse("archive_lines:editor", args=[scan.pk, 1]))
    page.locator(".line-box").nth(3).wait_for()
    fields = page.locator(".line-text")
    assert [fields.nth(at).input_value() for at in range(4)] == READ
    assert page.locator(".line.is-doubtful").count() == 4 and page.locator(".line-words mark").count() > 4

    # Enter stores what stands there, changed or not, and goes on.
    fields.first.fill("Hoàng Sa")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('[data-count]').textContent === '2 / 4'")
    assert corrected() == {"Hoàng Sa", "quần đảo"} and page.evaluate("document.activeElement.value") == "rác"
    page.keyboard.press("Alt+Delete")
    page.wait_for_function("document.querySelectorAll('.line').length === 3")
    assert texts() == ["Hoàng Sa", "quần đảo", "Trường Sa"]

    # A line that nobody found is drawn, and stands in reading order.
    stage = page.locator("[data-stage]").bounding_box()
    page.keyboard.press("Alt+n")
    page.mouse.move(stage["x"] + stage["width"] * 0.4, stage["y"] + stage["height"] * 0.45)
    page.mouse.down()
    page.mouse.move(stage["x"] + stage["width"] * 0.6, stage["y"] + stage["height"] * 0.5)
    page.mouse.up()
    page.keyboard.type("Vạn Lý")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.line.is-seen').length === 3")
    drawn = TextLine.objects.get(text="Vạn Lý")
    assert drawn.corrected_by == cataloguer and 0 < drawn.x < 100 and drawn.width > 1

    # Somebody else was faster: both versions are there, and only a second Enter writes over theirs.
    other = TextLine.objects.get(text="Trường Sa")
    text_lines.correct(other.pk, "Trường Sa!", text_lines.region_of(other), "vi", cataloguer, text_lines.digest(other))
    mine = next(one for one in page.locator(".line-text").all() if one.input_value() == "Trường Sa")
    mine.fill("Trường Sa?")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lấy chữ của họ").wait_for()
    assert "Trường Sa!" in texts() and "Trường Sa?" not in texts()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.line.is-seen').length === 4")
    assert "Trường Sa?" in texts()


def test_a_search_leads_to_the_words_on_the_sheet(page, record, cataloguer, reviewer):
    factories.clear(record, cataloguer, reviewer)
    indexer.drain()
    page.goto("/vi/search/?q=truong+sa")
    hit = page.locator(".hit h2 a")
    assert "Trường Sa" in page.locator(".hit .words").inner_text()
    hit.click()
    page.locator(".word-mark").nth(1).wait_for()
    mark, stage = page.locator(".word-mark").first.bounding_box(), page.locator(".stage-view").bounding_box()
    middle = mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2
    assert (
        stage["x"] < middle[0] < stage["x"] + stage["width"] and stage["y"] < middle[1] < stage["y"] + stage["height"]
    )
    # The lines beside the stage lead to their places, and frames may be shown around them.
    page.locator("[data-do=lines]").click()
    assert page.locator(".line-frame").count() >= 4
    page.locator("[data-line]:visible", has_text="quần đảo").click()
    page.locator("[data-line][aria-current]:visible", has_text="quần đảo").wait_for()
    assert page.url.endswith("#page=1&xywh=200,350,380,50")
