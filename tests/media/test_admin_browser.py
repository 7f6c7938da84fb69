"""A curator in a browser: uploads, watches the work, and chooses a scan for a record by hand."""

import io

import pytest

from media.ingest import ingest
from media.models import Job, Rendition, Scan
from media.worker import Worker

from .conftest import encoded, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def curator(browser_page, cataloguer, password):
    browser_page.goto("/admin/login/")
    browser_page.fill("input[name=username]", cataloguer.username)
    browser_page.fill("input[name=password]", password)
    browser_page.click("button[type=submit]")
    browser_page.wait_for_url("**/admin/")
    return browser_page


def file(name: str, data: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def test_upload_and_watch(curator):
    page = curator
    page.goto("/admin/scans/upload/")
    large = encoded(picture(2400, 1800), "JPEG")
    page.set_input_files(
        "[data-scan-files]",
        [file("Bản đồ 1838.jpg", large), file("hỏng.jpg", large[:-500]), file("thư.pdf", b"%PDF-1")],
    )
    page.get_by_role("button", name="Tải lên").click()
    page.get_by_text("2 tệp không được nhận").wait_for()
    assert page.get_by_text("Tệp “hỏng.jpg”: ảnh hỏng").count() == 1
    scan = Scan.objects.get()
    row = page.locator(f'[data-scan="{scan.pk}"]')
    assert row.get_by_text("đang chờ").is_visible() and row.locator("progress").is_visible()

    Job.objects.update(state="running", done=42, total=100, stage="đang dựng ảnh nhiều lớp")
    row.get_by_text("đang dựng ảnh nhiều lớp (42 %)").wait_for()
    assert row.locator("progress").evaluate("bar => bar.value") == 42

    Job.objects.update(state="failed", reason="Ảnh cần nhiều bộ nhớ hơn mức cho phép.")
    row.get_by_text("Ảnh cần nhiều bộ nhớ").wait_for()
    row.get_by_role("button", name="Thử lại").click()
    page.wait_for_url("**/admin/scans/")
    page.get_by_text("vào hàng đợi để xử lý lại").wait_for()
    Worker("heavy").run(once=True)
    page.locator(f'[data-scan="{scan.pk}"]').get_by_text("sẵn sàng").wait_for()
    picture_ = page.locator(f'[data-scan-thumbnail="{scan.pk}"]')
    page.wait_for_function("image => image.naturalWidth > 0", arg=picture_.element_handle())
    assert Rendition.objects.get().width == 2400


def test_choose_and_upload_for_a_record(curator):
    from django.urls import reverse

    from archive.models import Record

    page = curator
    ingest(io.BytesIO(encoded(picture(300, 200))), "Tờ 1.png", None)
    Worker("heavy").run(once=True)
    page.goto(reverse(Record.snippet_viewset.get_url_name("add")))
    page.fill("input[name=identifier]", "vn-map-1838")
    page.select_option("select[name=kind]", "map")
    page.fill("[name=title_vi]", "Đại Nam nhất thống toàn đồ")

    # One that is here already, found by its name and picture.
    page.locator("#id_scans-ADD").click()
    page.locator("#id_scans-0-scan-chooser [data-chooser-action-choose]").first.click()
    page.get_by_role("link", name="Tờ 1.png").click()
    page.locator("#id_scans-0-scan-chooser").get_by_text("Tờ 1.png").wait_for()

    # One uploaded on the spot; a wrong file is refused in the same window.
    page.locator("#id_scans-ADD").click()
    page.locator("#id_scans-1-scan-chooser [data-chooser-action-choose]").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Tải lên").click()
    dialog.locator("input[type=file]").set_input_files([file("Tờ 2.png", b"%PDF-1.7")])
    dialog.get_by_role("button", name="Tải lên").click()
    dialog.get_by_text("Tệp “Tờ 2.png”: không phải ảnh").wait_for()
    dialog.locator("input[type=file]").set_input_files([file("Tờ 2.png", encoded(picture(200, 300)))])
    dialog.get_by_role("button", name="Tải lên").click()
    page.locator("#id_scans-1-scan-chooser").get_by_text("Tờ 2.png").wait_for()

    page.locator("button[type=submit][name='action-save'], button.action-save").first.click()
    page.wait_for_url("**/edit/**")
    record = Record.objects.get(identifier="vn-map-1838")
    assert [row.scan.original_name for row in record.scans.all()] == ["Tờ 1.png", "Tờ 2.png"]
