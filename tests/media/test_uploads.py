"""Resumable uploads after tus 1.0: the protocol as a client meets it, broken lines, crashes and strangers."""

import base64
import errno
import hashlib
import io
import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from media import ingest, jobs
from media.models import Job, Scan, Upload
from media.uploads import intake, store
from media.uploads.protocol import Wrong

from .conftest import encoded, picture

pytestmark = pytest.mark.django_db
FILES = "/admin/scans/files/"
BODY = "application/offset+octet-stream"


def b64(value) -> str:
    return base64.b64encode(value.encode() if isinstance(value, str) else value).decode()


class Tus:
    """A client that sends what it is told, right or wrong."""

    def __init__(self, client):
        self.client = client

    def send(self, method, address, data=b"", type=BODY, resumable="1.0.0", **headers):
        headers = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        if resumable:
            headers["Tus-Resumable"] = resumable
        # Django's client leaves both out where there is no body.
        about = {"CONTENT_TYPE": type, "CONTENT_LENGTH": str(len(data))}
        return self.client.generic(method, address, data, content_type=type, headers=headers, **about)

    def create(self, length, name="bản đồ.png", **headers):
        headers.setdefault("Upload_Metadata", f"filename {b64(name)}")
        return self.send("POST", FILES, type="", Upload_Length=length, **headers)

    def patch(self, address, data, offset, **headers):
        return self.send("PATCH", address, data, Upload_Offset=offset, **headers)

    def offset(self, address) -> int:
        return int(self.send("HEAD", address)["Upload-Offset"])


@pytest.fixture
def tus(client, cataloguer):
    client.force_login(cataloguer)
    return Tus(client)


@pytest.fixture
def png() -> bytes:
    return encoded(picture(120, 90).effect_spread(9))


def parts(settings):
    return sorted((settings.MASTERS_DIR / "uploads").glob("*"))


def test_what_the_server_can(tus, settings):
    response = tus.send("OPTIONS", FILES, resumable="")
    assert response.status_code == 204
    assert response["Tus-Version"] == response["Tus-Resumable"] == "1.0.0"
    assert response["Tus-Extension"] == "creation,creation-with-upload,expiration,checksum,termination"
    assert response["Tus-Max-Size"] == str(4 * 1024**3)
    assert response["Tus-Checksum-Algorithm"].split(",")[0] == "sha1"


def test_in_pieces_to_a_scan(tus, png, work, settings, files, cataloguer):
    """Every header that the protocol asks for on the way, and nothing of a half upload in a list."""
    created = tus.create(len(png))
    address = created["Location"]
    assert created.status_code == 201 and created["Upload-Offset"] == "0" and "Upload-Expires" in created
    assert address.startswith(FILES)
    half = len(png) // 2
    patched = tus.patch(address, png[:half], 0)
    assert (patched.status_code, patched["Upload-Offset"], patched.content) == (204, str(half), b"")
    head = tus.send("HEAD", address)
    assert (head["Upload-Offset"], head["Upload-Length"]) == (str(half), str(len(png)))
    assert "no-store" in head["Cache-Control"]
    work()
    assert "bản đồ.png" not in tus.client.get(reverse("media_scans:index")).content.decode()
    assert not Scan.objects.exists() and not Job.objects.exists()

    assert tus.patch(address, b"", half).status_code == 204
    last = tus.patch(address, png[half:], half, Upload_Checksum=f"sha1 {b64(hashlib.sha1(png[half:]).digest())}")
    assert last["Upload-Offset"] == str(len(png)) and "Upload-Expires" not in last
    assert [job.kind for job in Job.objects.all()] == ["intake"]
    assert tus.patch(address, b"", len(png)).status_code == 204  # the answer to the last one was lost
    work()
    scan = Scan.objects.get()
    assert (scan.original_name, scan.uploaded_by, scan.size) == ("bản đồ.png", cataloguer, len(png))
    assert files(settings.MASTERS_DIR) == [scan.master_name]
    assert (settings.MASTERS_DIR / scan.master_name).read_bytes() == png
    assert tus.offset(address) == len(png)
    (told,) = tus.client.get(FILES, {"token": [address.split("/")[-2], "x"]}).json()["uploads"]
    assert (told["state"], told["scan"]["id"], told["scan"]["state"]) == ("taken", scan.pk, "ready")
    assert told["reason"] == ""
    again = tus.client.post(reverse("media_scans:upload"), {"files": ContentFile(png, "bản đồ (2).png")})
    assert "“bản đồ (2).png” đã có trong kho dưới tên “bản đồ.png”" in again.content.decode()
    Scan.objects.update(original_name="cũ.png")
    (told,) = tus.client.get(FILES, {"token": [address.split("/")[-2]]}).json()["uploads"]
    assert "“bản đồ.png” đã có trong kho dưới tên “cũ.png”" in told["reason"]
    assert tus.send("DELETE", address).status_code == 204
    assert Scan.objects.exists() and not Upload.objects.exists()


def test_creation_with_the_first_bytes(tus, png):
    about = {"Upload_Length": len(png), "Upload_Metadata": f"filename {b64('a.png')},filetype {b64('image/png')}"}
    created = tus.send("POST", FILES, png[:100], **about)
    assert (created.status_code, created["Upload-Offset"]) == (201, "100")
    assert tus.offset(created["Location"]) == 100
    wrong = tus.send("POST", FILES, png[:100], **about, Upload_Checksum=f"md5 {b64(b'0' * 16)}")
    assert wrong.status_code == 460 and Upload.objects.count() == 1


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_a_corrupt_piece_is_sent_again(tus, png, algorithm):
    address = tus.create(len(png))["Location"]
    tus.patch(address, png[:500], 0)
    said = f"{algorithm} {b64(hashlib.new(algorithm, png[500:900]).digest())}"
    refused = tus.patch(address, b"\0" * 400, 500, Upload_Checksum=said)
    assert refused.status_code == 460 and "hỏng trên đường truyền" in refused.json()["error"]["message"]
    assert tus.offset(address) == 500
    assert tus.patch(address, png[500:900], 500, Upload_Checksum=said)["Upload-Offset"] == "900"


REFUSED = {
    "too large": (413, "lớn hơn mức cho phép", {"length": 4 * 1024**3 + 1}),
    "empty": (400, "rỗng", {"length": 0}),
    "another kind": (415, "không nhận được loại tệp “.svg”", {"length": 9, "name": "a.svg"}),
    "double ending": (415, "“.exe”", {"length": 9, "name": "a.png.exe"}),
    "negative": (400, "Upload-Length", {"length": "-1"}),
    "a word": (400, "Upload-Length", {"length": "1e9"}),
    "other digits": (400, "Upload-Length", {"length": "٣"}),
    "absurd": (400, "Upload-Length", {"length": "9" * 30}),
    "no length": (400, "Upload-Length", {"length": "", "Upload_Defer_Length": 1}),
    "metadata": (400, "Upload-Metadata", {"length": 9, "Upload_Metadata": "filename !!!"}),
    "no utf-8": (400, "Upload-Metadata", {"length": 9, "Upload_Metadata": f"filename {b64(bytes([255, 254]))}"}),
    "twice": (400, "Upload-Metadata", {"length": 9, "Upload_Metadata": "filename YQ==,filename Yg=="}),
    "sha256": (400, "SHA-256", {"length": 9, "Upload_Metadata": f"sha256 {b64('abc')}"}),
    "another version": (412, "", {"length": 9, "resumable": "0.2.2"}),
    "no version": (412, "", {"length": 9, "resumable": ""}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_before_a_byte_is_sent(tus, settings, case):
    status, part, how = REFUSED[case]
    response = tus.create(**how)
    assert response.status_code == status
    assert part in _message(response)
    assert not Upload.objects.exists() and parts(settings) == []
    if status == 413:
        assert response["Tus-Max-Size"] == str(4 * 1024**3)


def _message(response) -> str:
    return response.json()["error"]["message"] if response.content else ""


def test_no_room(tus, settings, monkeypatch):
    class Usage:
        free = store.RESERVE + 5 * 2**20

    monkeypatch.setattr(store.shutil, "disk_usage", lambda path: Usage)
    response = tus.create(7 * 2**20)
    assert response.status_code == 507
    assert "chỉ còn trống 5 MB" in _message(response) and "(7 MB)" in _message(response)
    assert parts(settings) == []


PATCHES = {
    "behind": (409, {"offset": 0}),
    "ahead": (409, {"offset": 200}),
    "no offset": (400, {"offset": ""}),
    "too long": (413, {"data": b"x" * 10_000_000}),
    "as a form": (415, {"type": "application/x-www-form-urlencoded"}),
    "as json": (415, {"type": "application/json"}),
    "unknown checksum": (400, {"Upload_Checksum": f"crc32 {b64(b'1234')}"}),
    "hex checksum": (400, {"Upload_Checksum": "sha1 " + "0" * 40}),
    "bare checksum": (400, {"Upload_Checksum": "sha1"}),
    "version": (412, {"resumable": "2.0.0"}),
}


@pytest.mark.parametrize("case", PATCHES)
def test_wrong_pieces_change_nothing(tus, png, case):
    status, how = PATCHES[case]
    address = tus.create(len(png))["Location"]
    tus.patch(address, png[:100], 0)
    assert tus.patch(address, **{"data": b"x", "offset": 100} | how).status_code == status
    assert tus.offset(address) == 100
    assert tus.patch(address, png[100:], 100)["Upload-Offset"] == str(len(png))


def test_a_length_that_isnt_told(tus, png):
    """A chunked body has no Content-Length; Django would read nothing of it and call that a success."""
    address = tus.create(len(png))["Location"]
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    response = tus.client.generic("PATCH", address, b"", headers=headers, CONTENT_TYPE=BODY)
    assert response.status_code == 411


def test_other_methods(tus, png):
    address = tus.create(len(png))["Location"]
    assert tus.send("PUT", address).status_code == 405
    assert tus.send("POST", address, png, X_HTTP_Method_Override="PATCH", Upload_Offset=0)["Upload-Offset"] == str(
        len(png)
    )
    # A GET isn't checked against forgery, so it is nothing else than a GET.
    assert tus.send("GET", address, X_HTTP_Method_Override="DELETE").status_code == 405
    assert Upload.objects.count() == 1


def test_strangers(tus, png, reviewer, cataloguer, client, django_user_model):
    address = tus.create(len(png))["Location"]
    other = Client()
    assert other.get(FILES).status_code == 302
    assert Tus(other).patch(address, png, 0).status_code == 302
    other.force_login(reviewer)
    for response in (Tus(other).create(9), Tus(other).patch(address, png, 0), other.get(FILES)):
        assert response.status_code == 403 and "không có quyền" in _message(response)
    second = django_user_model.objects.create_user("second")
    second.groups.set(cataloguer.groups.all())
    other.force_login(second)
    for method in ("HEAD", "PATCH", "DELETE"):
        assert Tus(other).send(method, address, png, Upload_Offset=0).status_code == 404
    assert other.get(FILES, {"token": address.split("/")[-2]}).json() == {"uploads": []}
    assert other.post(f"{address}retry/").status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cataloguer)
    assert Tus(strict).create(9).status_code == 403
    assert Tus(strict).patch(address, png, 0).status_code == 403
    assert Tus(strict).send("DELETE", address).status_code == 403
    assert tus.offset(address) == 0
    for name in ("../../../etc/passwd", "x" * 32, "%00"):
        assert tus.send("HEAD", f"{FILES}{name}/").status_code == 404
    assert tus.client.get(FILES, {"token": ["\0", "x"]}).json() == {"uploads": []}


# --- the store -------------------------------------------------------------------------------------------


class Line(io.BytesIO):
    """A body whose sender goes away after `until` bytes, quietly or with an error."""

    def __init__(self, data: bytes, until: int, error: bool = False):
        super().__init__(data[:until])
        self.error = error

    def read(self, size=-1):
        data = super().read(size)
        if not data and self.error:
            raise ConnectionResetError("gone")
        return data


@pytest.fixture
def upload(cataloguer, png):
    return store.create(cataloguer, "tờ 1.png", len(png))


@pytest.mark.parametrize("error", [False, True])
def test_what_came_before_the_line_broke_is_kept(upload, png, error):
    assert store.append(upload, 0, Line(png, 700, error), len(png)) == 700
    checksum = store.Checksum("sha256", hashlib.sha256(png[700:]).digest())
    with pytest.raises(Wrong) as refused:
        store.append(upload, 700, Line(png[700:], 300, error), len(png) - 700, checksum)
    assert refused.value.status == 460
    assert store.offset_of(Upload.objects.get()) == 700  # nothing that wasn't checked
    assert store.append(upload, 700, io.BytesIO(png[700:]), len(png) - 700, checksum) == len(png)
    assert store.part_of(upload).read_bytes() == png


def test_two_at_once(upload, png):
    """While one writes, another is told to wait; what it would have written isn't there."""

    class Meanwhile(io.BytesIO):
        def read(self, size=-1):
            if not self.tell():
                same = Upload.objects.get()
                for act in (
                    lambda: store.append(same, 0, io.BytesIO(b"x" * 50), 50),
                    lambda: store.remove(same),
                ):
                    with pytest.raises(Wrong) as refused:
                        act()
                    assert refused.value.status == 423
                Upload.objects.update(expires_at=timezone.now() - timedelta(1))
                assert intake.purge_now() == []
            return super().read(size)

    assert store.append(upload, 0, Meanwhile(png), len(png)) == len(png)
    assert store.part_of(upload).read_bytes() == png
    assert Job.objects.count() == 1


def test_after_a_crash_only_certain_bytes_count(upload, png, monkeypatch):
    """kill -9 leaves bytes that were never flushed or checked; they are cut off."""
    monkeypatch.setattr(store, "CHECKPOINT", 300)
    monkeypatch.setattr(store, "CHUNK", 100)

    class Killed(BaseException):
        pass

    class Dying(io.BytesIO):
        def read(self, size=-1):
            if self.tell() >= 500:
                raise Killed
            return super().read(size)

    with pytest.raises(Killed):
        store.append(upload, 0, Dying(png), len(png))
    with open(store.part_of(upload), "r+b") as part:  # what a dead process would have left
        part.seek(300)
        part.write(b"garbage")
    again = Upload.objects.get()
    assert store.offset_of(again) == 300
    store.append(again, 300, io.BytesIO(png[300:]), len(png) - 300)
    assert store.part_of(again).read_bytes() == png

    # And the other way round: the disk lost bytes that the row calls certain.
    lost = store.create(again.user, "tờ 2.png", len(png))
    store.append(lost, 0, io.BytesIO(png[:600]), 600)
    store.part_of(lost).write_bytes(png[:200])
    assert store.offset_of(lost) == 200
    store.append(lost, 200, io.BytesIO(png[200:400]), 200)
    store.part_of(lost).unlink()
    assert store.offset_of(Upload.objects.get(pk=lost.pk)) == 0


def test_a_full_disk(upload, png, monkeypatch):
    store.append(upload, 0, io.BytesIO(png[:400]), 400)
    real = store.os.fsync

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    with override("vi"), pytest.raises(Wrong, match="đã đầy. Phần đã tải lên được giữ lại") as refused:
        store.append(upload, 400, io.BytesIO(png[400:]), len(png) - 400)
    assert refused.value.status == 507
    assert store.part_of(upload).stat().st_size == 400 == store.offset_of(Upload.objects.get())
    monkeypatch.setattr(store.os, "fsync", real)
    assert store.append(upload, 400, io.BytesIO(png[400:]), len(png) - 400) == len(png)


def send_all(upload, data):
    store.append(upload, 0, io.BytesIO(data), len(data))
    return upload


def test_what_is_wrong_is_said_and_removed(cataloguer, tus, png, work, settings, files):
    cases = [
        ("tờ 1.png", b"hello" * 50, "", "không phải"),
        ("tờ 2.png", png, "0" * 64, "SHA-256"),
    ]
    for name, data, sha256, _part in cases:
        send_all(store.create(cataloguer, name, len(data), sha256), data)
    work()
    assert not Scan.objects.exists() and files(settings.MASTERS_DIR) == []
    tokens = list(Upload.objects.order_by("pk").values_list("token", flat=True))
    told = tus.client.get(FILES, {"token": tokens}).json()["uploads"]
    for (name, _data, _sha, part), one in zip(
        cases, sorted(told, key=lambda one: tokens.index(one["token"])), strict=True
    ):
        assert one["state"] == "refused" and name in one["reason"] and part in one["reason"]
    assert {job.state for job in Job.objects.all()} == {"done"}


def test_intake_survives_being_cut_off(upload, png, settings, monkeypatch, files):
    """Killed after the scan was made but before the upload said so: the same scan, and no second file."""
    send_all(upload, png)
    job = Job.objects.get()

    def killed(*arguments, **options):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(store, "settle", killed)
        intake.work(job, lambda *step: None)
    scan = Scan.objects.get()
    intake.work(job, lambda *step: None)
    intake.work(job, lambda *step: None)
    assert Upload.objects.get().scan == scan
    assert files(settings.MASTERS_DIR) == [scan.master_name]


def test_intake_has_lost_bytes_sent_again(upload, png):
    send_all(upload, png)
    store.part_of(upload).write_bytes(png[:50])
    assert intake.work(Job.objects.get(), lambda *step: None) == {"bytes": 50}
    upload.refresh_from_db()
    assert store.append(upload, 50, io.BytesIO(png[50:]), len(png) - 50) == len(png)


def test_a_broken_disk_isnt_the_files_fault(tus, upload, png, work, monkeypatch):
    send_all(upload, png)
    with monkeypatch.context() as broken:
        broken.setattr(ingest, "_move", lambda *paths: (_ for _ in ()).throw(OSError(errno.EIO, "I/O error")))
        Job.objects.update(attempts=jobs.MAX_ATTEMPTS - 1)
        work()
    (told,) = tus.client.get(FILES, {"token": upload.token}).json()["uploads"]
    assert told["may_retry"] and "I/O error" in told["reason"]
    assert tus.client.post(f"{FILES}{upload.token}/retry/").status_code == 200
    work()
    assert Upload.objects.get().state == "taken"


def test_half_uploads_go_after_a_day(tus, cataloguer, png, settings):
    address = tus.create(len(png))["Location"]
    tus.patch(address, png[:100], 0)
    fresh = store.create(cataloguer, "mới.png", 9)
    whole = send_all(store.create(cataloguer, "đủ.png", len(png)), png)
    Upload.objects.exclude(pk=fresh.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    assert tus.send("HEAD", address).status_code == 410
    orphan = store.folder() / ("0" * 32 + ".part")
    orphan.touch()
    assert intake.purge_now() == [address.split("/")[-2]]
    assert tus.send("HEAD", address).status_code == 404
    os.utime(orphan, (0, 0))
    assert intake.purge_now() == ["0" * 32]
    assert {part.stem for part in parts(settings)} == {fresh.token, whole.token}
