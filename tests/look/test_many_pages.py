"""A book of three hundred pages: the strip loads what is seen, and is walked by keyboard and by number."""

import io

import pytest
from PIL import Image

from media import storage
from media.ingest import ingest
from media.renditions import make_now
from tests.archive import samples

from . import documents
from .test_viewer import HEIGHT, WIDTH, drawing, errors, opened  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = 300
SEEN = 60  # far more thumbnails than a screen of 1440 pixels shows, far fewer than the book has
CURRENT = ".strip a[data-page='{}'][aria-current]"


@pytest.fixture
def thumbnails(browser_page):
    """The addresses of thumbnails that were asked for; each is answered with a speck."""
    speck, asked = io.BytesIO(), set()
    Image.new("RGB", (20, 20)).save(speck, "JPEG")

    def answer(route):
        asked.add(route.request.url)
        route.fulfill(body=speck.getvalue(), content_type="image/jpeg")

    browser_page.route("**/full/200,/**", answer)
    return asked


def test_three_hundred_pages(browser_page, cataloguer, reviewer, thumbnails, errors):  # noqa: F811
    page = browser_page
    rendition = make_now(ingest(drawing(), "sheet.jpg", cataloguer))
    samples.publish(documents.volume(PAGES, rendition.image_id, width=WIDTH, height=HEIGHT), reviewer)
    storage.release([rendition.image_id])
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/vi/items/vn-map-1838/")
    opened(page)
    links = page.locator(".strip a[data-page]")
    assert links.count() == PAGES and 0 < len(thumbnails) < SEEN
    assert page.locator(".strip a[tabindex='0']").count() == 1  # one stop of the Tab key

    links.first.focus()
    for key in ("ArrowRight", "PageDown", "End"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.dataset.page") == str(PAGES)
    page.keyboard.press("Enter")
    page.locator(CURRENT.format(PAGES)).wait_for()
    page.wait_for_url(f"**#page={PAGES}")
    assert page.get_by_role("spinbutton").input_value() == str(PAGES)
    assert page.get_by_role("button", name="Trang sau").get_attribute("aria-disabled") == "true"
    assert len(thumbnails) < 2 * SEEN

    page.get_by_role("spinbutton").fill("1")
    page.keyboard.press("Enter")
    page.locator(CURRENT.format(1)).wait_for()
    page.go_back()
    page.locator(CURRENT.format(PAGES)).wait_for()
    assert errors == []
