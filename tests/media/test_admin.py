"""The curators' pages of scans: progress, refusals, retry, and choosing a scan for a record."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from media import jobs, renditions
from media.ingest import ingest
from media.models import Job, Scan

from .conftest import encoded, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client, cataloguer):
    client.force_login(cataloguer)
    return client


def upload(client, *files):
    given = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(reverse("media_scans:upload"), {"files": given})


def scan_of(width: int = 64, height: int = 48) -> Scan:
    return ingest(io.BytesIO(encoded(picture(width, height))), f"bản đồ {width}.png", None)


def failed(scan: Scan) -> Job:
    Job.objects.filter(subject=f"scan:{scan.pk}").update(
        state="failed", reason="Việc hỏng vì %(why)s.", reason_params={"why": "<b>mất điện</b>"}
    )
    return jobs.latest_for(f"scan:{scan.pk}")


def test_many_files_at_once(curator, cataloguer):
    response = upload(
        curator,
        ("Bản đồ 1838.png", encoded(picture())),
        ("rỗng.png", b""),
        ("<script>.svg", b"<svg/>"),
        ("ảnh.jpg", encoded(picture(), "JPEG")),
    )
    text = response.content.decode()
    assert response.status_code == 200
    assert {scan.original_name for scan in Scan.objects.all()} == {"Bản đồ 1838.png", "ảnh.jpg"}
    assert {scan.uploaded_by for scan in Scan.objects.all()} == {cataloguer}
    assert "2 tệp không được nhận" in text and "2 tệp đã nhận" in text
    assert "Tệp “rỗng.png”: tệp rỗng" in text
    assert "&lt;script&gt;.svg" in text and "<script>.svg" not in text
    assert text.count("không phải ảnh TIFF, JPEG, PNG") == 1


def test_nothing_taken_is_said_so(curator):
    assert upload(curator, ("a.png", b"text")).status_code == 422
    response = curator.post(reverse("media_scans:upload"), {})
    assert "Hãy chọn ít nhất một tệp" in response.content.decode()
    assert not Scan.objects.exists()


def test_the_list_shows_states(curator, work):
    done = scan_of(64)
    work()
    waiting, broken = scan_of(65), scan_of(66)
    failed(broken)
    text = curator.get(reverse("media_scans:index")).content.decode()
    for scan in (done, waiting, broken):
        assert scan.original_name in text
    assert f"/admin/iiif/{renditions.find(done).image_id}/full/!96,72/0/default.jpg" in text
    assert "Việc hỏng vì &lt;b&gt;mất điện&lt;/b&gt;." in text
    assert f'action="{reverse("media_scans:retry", args=[broken.pk])}"' in text
    assert "sẵn sàng" in text and "đang chờ" in text and "<progress" in text
    for tool in ("archive_lines:editor", "archive_georeference:editor"):  # a sheet is worked on once it can be seen
        assert reverse(tool, args=[done.pk, 1]) in text and reverse(tool, args=[waiting.pk, 1]) not in text


def test_the_list_asks_no_more_for_more_scans(curator, django_assert_max_num_queries):
    for width in range(64, 69):
        scan_of(width)
    curator.get(reverse("media_scans:index"))  # Wagtail fills its caches
    with django_assert_max_num_queries(30) as few:
        curator.get(reverse("media_scans:index"))
    for width in range(70, 85):
        scan_of(width)
    with django_assert_max_num_queries(len(few)):
        curator.get(reverse("media_scans:index"))


def test_search_by_name(curator):
    scan_of(64), scan_of(77)
    text = curator.get(reverse("media_scans:index_results"), {"q": "77"}).content.decode()
    assert "bản đồ 77.png" in text and "bản đồ 64.png" not in text


def test_progress_as_json(curator):
    scan, other = scan_of(64), scan_of(65)
    Job.objects.filter(subject=f"scan:{scan.pk}").update(state="running", done=30, total=100, stage="đang làm")
    failed(other)
    response = curator.get(reverse("media_scans:state"), {"id": [scan.pk, other.pk, 99999, "x"]})
    assert "no-store" in response["Cache-Control"]
    first, second = response.json()["scans"]
    assert first == {
        "id": scan.pk,
        "state": "running",
        "label": "đang chạy",
        "percent": 30,
        "stage": "đang làm",
        "reason": "",
        "thumbnail": "",
    }
    assert (second["state"], second["reason"]) == ("failed", "Việc hỏng vì <b>mất điện</b>.")


def test_retry(curator, cataloguer, work):
    scan = scan_of()
    job = failed(scan)
    address = reverse("media_scans:retry", args=[scan.pk])
    assert curator.get(address).status_code == 405
    response = curator.post(address, follow=True)
    assert "xử lý lại" in response.content.decode()
    job.refresh_from_db()
    assert (job.state, job.user, job.reason) == ("queued", cataloguer, "")
    work()
    assert renditions.find(scan)
    # A rendition whose file was lost is made anew in the same way.
    renditions.private_path(renditions.find(scan).image_id).unlink()
    curator.post(address)
    work()
    assert renditions.find(scan)


@pytest.mark.parametrize("who", ["nobody", "visitor", "reviewer"])
def test_who_may_not(client, who, request, django_user_model):
    scan = scan_of()
    failed(scan)
    if who == "visitor":
        client.force_login(django_user_model.objects.create_user("visitor"))
    elif who == "reviewer":
        client.force_login(request.getfixturevalue("reviewer"))
    before = Scan.objects.count()
    assert upload(client, ("a.png", encoded(picture()))).status_code in (302, 403)
    assert Scan.objects.count() == before
    assert client.post(reverse("media_scans:retry", args=[scan.pk])).status_code in (302, 403)
    assert jobs.latest_for(f"scan:{scan.pk}").state == "failed"
    seen = client.get(reverse("media_scans:index")).status_code
    assert seen == (200 if who == "reviewer" else 302)


def test_a_request_from_elsewhere_is_refused(cataloguer):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cataloguer)
    scan = scan_of()
    failed(scan)
    assert client.post(reverse("media_scans:retry", args=[scan.pk])).status_code == 403
    assert upload(client, ("a.png", encoded(picture()))).status_code == 403


def test_choosing_a_scan(curator, work):
    scan = scan_of()
    work()
    chosen = curator.get(reverse("scan_chooser:choose"))
    html = chosen.json()["html"]
    assert scan.original_name in html and "64 × 48, PNG" in html
    assert renditions.find(scan).image_id in html
    assert 'enctype="multipart/form-data"' in html
    found = curator.get(reverse("scan_chooser:choose_results"), {"q": "không có"}).content.decode()
    assert scan.original_name not in found
    picked = curator.get(reverse("scan_chooser:chosen", args=[scan.pk])).json()
    assert picked["result"]["id"] == str(scan.pk)


def test_uploading_while_choosing(curator, cataloguer):
    address = reverse("scan_chooser:create")
    good = curator.post(address, {"file": SimpleUploadedFile("Tờ 3.png", encoded(picture()))}).json()
    scan = Scan.objects.get()
    assert good["step"] == "chosen" and good["result"] == {"id": str(scan.pk), "title": "Tờ 3.png", "edit_url": None}
    assert scan.uploaded_by == cataloguer
    bad = curator.post(address, {"file": SimpleUploadedFile("Tờ 4.png", b"GIF89a")}).json()
    assert bad["step"] == "reshow_creation_form"
    assert "không phải ảnh TIFF, JPEG, PNG" in bad["htmlFragment"]
    assert Scan.objects.count() == 1


def test_only_those_who_may_upload_can_while_choosing(client, reviewer):
    client.force_login(reviewer)
    given = {"file": SimpleUploadedFile("a.png", encoded(picture()))}
    assert client.post(reverse("scan_chooser:create"), given).status_code in (302, 403)
    assert not Scan.objects.exists()


def test_every_form_offers_the_chooser():
    from django import forms

    from media.admin.chooser import scan_chooser

    reverse("wagtailadmin_home")  # loads the admin's addresses, which register the chooser
    from wagtail.admin.forms.models import registry

    from archive.models import RecordScan

    field = RecordScan._meta.get_field("scan")
    override = registry.get(field)
    assert issubclass(override["widget"], scan_chooser.widget_class.__mro__[1])
    assert not issubclass(override["widget"], forms.Select)
