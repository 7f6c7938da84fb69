"""A curator in a browser: uploads, watches the work, and chooses a scan for a record by hand."""

import hashlib
import io

import pytest

from media.admin import views
from media.ingest import ingest
from media.models import Job, Rendition, Scan, Upload
from media.uploads import intake
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


def noisy(path, width: int, height: int):
    """A picture that doesn't compress, as a file on disk: a browser knows it again by its date."""
    path.write_bytes(encoded(picture(width, height).effect_spread(50), "JPEG", quality=95))
    return path


def row_of(page, name: str):
    return page.locator(".scan-file", has_text=name)


def test_a_lost_line_and_a_closed_browser(curator, tmp_path, monkeypatch):
    """Cut while it sends, it goes on by itself; closed and opened again, it goes on where it was."""
    monkeypatch.setattr(views, "PIECE", 20_000)
    page, file = curator, noisy(tmp_path / "Bản đồ 1838.jpg", 500, 400)
    size = file.stat().st_size
    sent, cut = [], {}

    def line(route):
        offset = Upload.objects.get().offset  # what the client goes on from; a request may reach us without headers
        sent.append(offset)
        if offset == cut.get("once"):
            del cut["once"]
            route.abort("connectionreset")
        elif offset >= cut.get("for ever", size):
            route.abort("internetdisconnected")
        else:
            assert route.request.headers["upload-checksum"].startswith("sha256 ")
            route.continue_()

    page.route(
        lambda url: "/admin/scans/files/" in url,
        lambda route: line(route) if route.request.method == "PATCH" else route.continue_(),
    )
    cut |= {"once": 20_000, "for ever": 40_000}
    page.goto("/admin/scans/upload/")
    assert not page.locator("[data-plain-upload]").is_visible()
    page.set_input_files("[data-input]", file)
    for _tenth in range(300):  # until the third piece was tried, which this line never lets through
        if 40_000 in sent:
            break
        page.wait_for_timeout(100)
    row_of(page, "Bản đồ").get_by_text("mất kết nối, đang thử lại").wait_for()
    row_of(page, "Bản đồ").get_by_role("button", name="Tạm dừng").click()
    row_of(page, "Bản đồ").get_by_text("đã tạm dừng").wait_for()
    assert sent[:3] == [0, 20_000, 20_000] and 40_000 in sent
    assert Upload.objects.get().offset == 40_000

    page.goto("about:blank")
    sent.clear(), cut.clear()
    page.goto("/admin/scans/upload/")
    page.get_by_text("Còn tải dở từ lần trước").wait_for()
    assert page.locator("[data-unfinished-list]").inner_text().startswith("Bản đồ 1838.jpg (")
    page.set_input_files("[data-input]", file)
    row_of(page, "Bản đồ").get_by_text("chờ kiểm tra").wait_for()
    assert sent[0] == 40_000 and Upload.objects.count() == 1
    Worker("heavy").run(once=True)
    row_of(page, "Bản đồ").get_by_text("sẵn sàng").wait_for()
    page.get_by_text("1 / 1 tệp đã vào kho").wait_for()
    scan = Scan.objects.get()
    assert scan.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('tus::'))") == []


def test_upload_and_watch(curator, tmp_path):
    page = curator
    page.goto("/admin/scans/upload/")
    large = noisy(tmp_path / "Bản đồ 1838.jpg", 2400, 1800)
    broken = tmp_path / "hỏng.jpg"
    broken.write_bytes(large.read_bytes()[:-500])
    letter = tmp_path / "thư.txt"
    letter.write_text("Kính gửi")
    page.set_input_files("[data-input]", [large, broken, letter])
    row_of(page, "thư.txt").get_by_text("không nhận được loại tệp “.txt”").first.wait_for()
    row_of(page, "thư.txt").get_by_role("button", name="Bỏ tệp này: thư.txt").press("Enter")
    assert row_of(page, "thư.txt").count() == 0
    for name in ("Bản đồ", "hỏng.jpg"):
        row_of(page, name).get_by_text("chờ kiểm tra").wait_for()
    for job in Job.objects.filter(kind="intake"):
        intake.work(job, lambda *step: None)
    row_of(page, "hỏng.jpg").get_by_text("Tệp “hỏng.jpg”: ảnh hỏng").wait_for()
    scan = Scan.objects.get()
    row = page.locator(f'[data-scan="{scan.pk}"]')
    row.get_by_text("đang chờ").wait_for()
    assert row.locator("progress").is_visible()
    Job.objects.filter(kind="intake").delete()

    Job.objects.update(state="running", done=42, total=100, stage="đang dựng ảnh nhiều lớp")
    row.get_by_text("đang dựng ảnh nhiều lớp (42 %)").wait_for()
    assert row.locator("progress").evaluate("bar => bar.value") == 42

    Job.objects.update(state="failed", reason="Ảnh cần nhiều bộ nhớ hơn mức cho phép.")
    row.get_by_text("Ảnh cần nhiều bộ nhớ").wait_for()
    page.get_by_role("link", name="Tất cả bản quét").click()
    page.wait_for_url("**/admin/scans/")
    row.get_by_role("button", name="Thử lại").click()
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
    dialog.locator("input[type=file]").set_input_files([file("Tờ 2.png", b"GIF89a" + bytes(40))])
    dialog.get_by_role("button", name="Tải lên").click()
    dialog.get_by_text("Tệp “Tờ 2.png”: không phải ảnh").wait_for()
    dialog.locator("input[type=file]").set_input_files([file("Tờ 2.png", encoded(picture(200, 300)))])
    dialog.get_by_role("button", name="Tải lên").click()
    page.locator("#id_scans-1-scan-chooser").get_by_text("Tờ 2.png").wait_for()

    page.locator("button[type=submit][name='action-save'], button.action-save").first.click()
    page.wait_for_url("**/edit/**")
    record = Record.objects.get(identifier="vn-map-1838")
    assert [row.scan.original_name for row in record.scans.all()] == ["Tờ 1.png", "Tờ 2.png"]
