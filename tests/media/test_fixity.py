"""Masters read again: everything damaged or missing is found, nothing else; a second copy mends and is mended."""

import errno
import hashlib
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from media import fixity, ingest, preservation, preservation_files, visibility
from media.models import Job, PreservationEvent, Scan

from .conftest import encoded, picture

pytestmark = pytest.mark.django_db


def keep(settings, number: int) -> Scan:
    """A master without its picture: fixity knows bytes alone."""
    data = f"tờ {number}".encode() * 50
    scan = Scan.objects.create(
        sha256=hashlib.sha256(data).hexdigest(), original_name=f"tờ {number}.png", format="png", size=len(data),
        width=1, height=1,
    )  # fmt: skip
    path = settings.MASTERS_DIR / scan.master_name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return scan


@pytest.fixture
def copies(settings, tmp_path):
    settings.MASTERS_COPY_DIR = tmp_path / "second"
    settings.MASTERS_COPY_DIR.mkdir()
    return settings.MASTERS_COPY_DIR


@pytest.fixture(autouse=True)
def at_once(monkeypatch, settings):
    settings.MASTERS_DIR.mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(fixity, "_next_at", 0.0)


def turn() -> bool:
    fixity._next_at = 0.0
    return fixity.turn()


def flip(path, at: int = -1):
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def run(capsys, *arguments) -> tuple[int, str, str]:
    try:
        call_command("check_fixity", *arguments)
        code = 0
    except SystemExit as end:
        code = end.code
    said = capsys.readouterr()
    return code, said.out, said.err


def events(scan) -> list[tuple[str, str]]:
    return list(scan.events.order_by("pk").values_list("kind", "outcome"))


def test_all_are_found_and_none_falsely(settings, capsys):
    """Of 200 masters: bytes flipped at either end, cut, grown, emptied, and gone."""
    scans = [keep(settings, number) for number in range(200)]
    paths = [settings.MASTERS_DIR / scan.master_name for scan in scans]
    wrong = {3: "HỎNG", 50: "HỎNG", 51: "HỎNG", 120: "HỎNG", 121: "HỎNG", 7: "THIẾU", 199: "THIẾU"}
    flip(paths[3], 0)
    flip(paths[50])
    paths[51].write_bytes(paths[51].read_bytes()[:-1])
    paths[120].write_bytes(paths[120].read_bytes() + b"\0")
    paths[121].write_bytes(b"")
    paths[7].unlink()
    paths[199].unlink()
    code, out, err = run(capsys)
    assert code == 1
    assert out.strip() == "Đã kiểm tra 200 tệp gốc, 7 tệp có lỗi."
    assert sorted(err.splitlines()) == sorted(
        f"{word}: {scans[n].master_name} (bản quét {scans[n].pk}, “tờ {n}.png”)" for n, word in wrong.items()
    )
    assert PreservationEvent.objects.filter(kind="fixity check", outcome="success").count() == 193
    assert {event.scan for event in preservation.faults()} == {scans[n] for n in wrong}
    code, out, err = run(capsys, "--lang", "en")
    assert out.strip() == "200 master files checked, 7 at fault."
    assert f"MISSING: {scans[7].master_name}" in err


def test_the_second_copy_mends_and_is_mended(settings, copies, capsys):
    scans = [keep(settings, number) for number in range(6)]
    assert run(capsys)[:2] == (
        0,
        "Đã kiểm tra 6 tệp gốc, 0 tệp có lỗi. Phục hồi 0 tệp từ bản thứ hai; chép 6 tệp vào bản thứ hai.\n",
    )
    masters = [settings.MASTERS_DIR / scan.master_name for scan in scans]
    seconds = [copies / scan.master_name for scan in scans]
    whole = masters[1].read_bytes()
    masters[0].unlink()
    flip(masters[1])
    flip(masters[2]), flip(seconds[2], 4)  # lost for good
    flip(seconds[3], 0)
    seconds[4].unlink()
    bad = masters[2].read_bytes(), seconds[2].read_bytes()

    code, out, err = run(capsys, "--no-repair")
    assert code == 1 and "3 tệp có lỗi" in out and "phục hồi từ bản" not in err
    assert not masters[0].exists()

    code, out, err = run(capsys)
    assert code == 1
    assert "1 tệp có lỗi. Phục hồi 2 tệp từ bản thứ hai; chép 2 tệp vào bản thứ hai." in out
    assert masters[1].read_bytes() == whole and masters[0].exists()
    assert [path.stat().st_size for path in seconds] == [scan.size for scan in scans]
    assert (masters[2].read_bytes(), seconds[2].read_bytes()) == bad  # nothing was written over what may yet be read
    assert f"HỎNG: {scans[1].master_name} (bản quét {scans[1].pk}, “tờ 1.png”); đã phục hồi từ bản thứ hai" in err
    assert f"BẢN THỨ HAI HỎNG: {scans[3].master_name}" in err
    assert events(scans[0])[-2:] == [("fixity check", "missing"), ("repair", "success")]
    assert events(scans[2])[-2:] == [("fixity check", "damaged"), ("repair", "failed")]
    assert events(scans[4])[-1] == ("replication", "success")
    assert [event.scan for event in preservation.faults()] == [scans[2]]
    assert list((settings.MASTERS_DIR / "incoming").iterdir()) == list((copies / "incoming").iterdir()) == []
    masters[2].write_bytes("tờ 2".encode() * 50)  # from somewhere else
    assert run(capsys)[0] == 0 and run(capsys)[2] == ""


def test_a_disk_that_isnt_there_is_no_loss(settings, copies, capsys):
    keep(settings, 1)
    copies.rmdir()
    code, out, err = run(capsys)
    assert code == 2 and str(copies) in err and "chưa được gắn" in err
    settings.MASTERS_COPY_DIR = ""
    settings.MASTERS_DIR = settings.MASTERS_DIR / "elsewhere"
    assert run(capsys)[0] == 2
    assert not PreservationEvent.objects.exists() and not copies.exists()


@pytest.mark.parametrize(("number", "outcome"), [(errno.EIO, "damaged"), (errno.EACCES, "failed")])
def test_what_cant_be_read(settings, monkeypatch, capsys, number, outcome):
    """A lost block is damage; a permission says nothing of the bytes, yet isn't a success."""
    scan = keep(settings, 1)

    def broken(*arguments):
        raise OSError(number, "no")

    monkeypatch.setattr(preservation_files.os, "posix_fadvise", broken)
    code, _out, err = run(capsys)
    assert code == 1 and events(scan) == [("fixity check", outcome)]
    assert ("KHÔNG ĐỌC ĐƯỢC" in err) == (outcome == "failed")


def test_a_full_second_disk_harms_no_master(settings, copies, monkeypatch, capsys):
    scan = keep(settings, 1)

    def full(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(preservation_files.shutil, "copyfile", full)
    code, _out, err = run(capsys)
    assert code == 1 and "BẢN THỨ HAI KHÔNG DÙNG ĐƯỢC" in err
    assert events(scan) == [("fixity check", "success"), ("replication", "failed")]
    assert not preservation.faults().exists()


def test_the_schedule(settings, copies, monkeypatch):
    """New masters are copied at once, checks come when they are due, and neither while work waits."""
    settings.FIXITY_EVERY_DAYS = 30
    scans = [keep(settings, number) for number in range(2)]
    Job.objects.create(kind="pyramid", queue="heavy")
    assert not turn()
    Job.objects.all().delete()
    assert [turn(), turn(), turn()] == [True, True, False]
    assert [events(scan) for scan in scans] == [[("replication", "success")]] * 2
    assert (copies / scans[0].master_name).exists()

    Scan.objects.filter(pk=scans[0].pk).update(created_at=timezone.now() - timedelta(31))
    flip(settings.MASTERS_DIR / scans[0].master_name)
    assert [turn(), turn()] == [True, False]
    assert events(scans[0])[1:] == [("fixity check", "damaged"), ("repair", "success")]
    PreservationEvent.objects.update(happened_at=timezone.now() - timedelta(40))
    assert [turn(), turn()] == [True, False]
    settings.FIXITY_EVERY_DAYS = 0
    PreservationEvent.objects.update(happened_at=timezone.now() - timedelta(400))
    assert not turn()
    # A check that began gives way to work that comes, unless it has waited too long already.
    settings.FIXITY_EVERY_DAYS = 300
    Scan.objects.filter(pk=scans[0].pk).update(created_at=timezone.now() - timedelta(1000))
    clock = iter(range(0, 10_000, 2))
    monkeypatch.setattr(fixity.time, "monotonic", lambda: next(clock))
    wanted = iter([False] + [True] * 50)
    monkeypatch.setattr(fixity, "_is_wanted", lambda: next(wanted))
    before = PreservationEvent.objects.count()
    fixity._next_at = 0.0
    assert not fixity.turn() and PreservationEvent.objects.count() == before
    settings.FIXITY_EVERY_DAYS = 15
    wanted = iter([False] + [True] * 50)
    assert fixity.turn() and PreservationEvent.objects.count() > before


def test_checks_take_a_tenth_of_the_time(settings, monkeypatch):
    settings.FIXITY_EVERY_DAYS = 1
    scan = keep(settings, 1)
    Scan.objects.update(created_at=timezone.now() - timedelta(1.5))
    clock = [1000.0]
    monkeypatch.setattr(fixity.time, "monotonic", lambda: clock[0])

    def slow(*arguments, **options):
        clock[0] += 12
        return fixity.Finding(scan, "success")

    monkeypatch.setattr(fixity, "check_one", slow)
    assert fixity.turn()
    clock[0] = 1000.0 + 119
    assert not fixity.turn()
    clock[0] = 1000.0 + 121
    assert fixity.turn()


def test_taking_in_is_an_event(take, cataloguer):
    scan = take(encoded(picture(50, 40)), user=cataloguer)
    take(encoded(picture(50, 40)), user=cataloguer)
    (event,) = scan.events.all()
    assert (event.kind, event.outcome, event.user) == ("ingestion", "success", cataloguer)
    assert scan.sha256 in event.detail and event.program.startswith("Cát Vàng")


MEASURED = ingest.Measured("png", 1, 1)
# Two files of 320 bytes that differ and have one SHA-1 (SHAttered, 2017): the prefix and the two pairs of blocks.
PREFIX = bytes.fromhex(
    "255044462d312e330a25e2e3cfd30a0a0a312030206f626a0a3c3c2f57696474682032203020522f4865696768742033203020522f547970"
    "652034203020522f537562747970652035203020522f46696c7465722036203020522f436f6c6f7253706163652037203020522f4c656e67"
    "74682038203020522f42697473506572436f6d706f6e656e7420383e3e0a73747265616d0affd8fffe00245348412d312069732064656164"
    "2121212121852fec092339759c39b1a1c63c4c97e1fffe01"
)
ONE = (
    "7f46dc93a6b67e013b029aaa1db2560b45ca67d688c7f84b8c4c791fe02b3df614f86db1690901c56b45c1530afedfb76038e972722fe7ad"
    "728f0e4904e046c230570fe9d41398abe12ef5bc942be33542a4802d98b5d70f2a332ec37fac3514e74ddc0f2cc1a874cd0c78305a215664"
    "61309789606bd0bf3f98cda8044629a1"
)
TWO = (
    "7346dc9166b67e118f029ab621b2560ff9ca67cca8c7f85ba84c79030c2b3de218f86db3a90901d5df45c14f26fedfb3dc38e96ac22fe7bd"
    "728f0e45bce046d23c570feb141398bb552ef5a0a82be331fea48037b8b5d71f0e332edf93ac3500eb4ddc0decc1a864790c782c76215660"
    "dd309791d06bd0af3f98cda4bc4629b1"
)


def test_files_that_collide_in_sha1_stay_two(take, settings, monkeypatch, capsys):
    """Still two scans, each with its own master, and neither passes for the other."""
    one, two = (PREFIX + bytes.fromhex(blocks) for blocks in (ONE, TWO))
    assert one != two and hashlib.sha1(one).digest() == hashlib.sha1(two).digest()
    # They are beginnings of a PDF, not pictures: what they are is beside the point here.
    monkeypatch.setattr(ingest, "measure", lambda path, name: MEASURED)
    scans = [take(data, "tờ.png") for data in (one, two, one)]
    assert scans[0] == scans[2] != scans[1]
    masters = [settings.MASTERS_DIR / scan.master_name for scan in scans]
    assert [path.read_bytes() for path in masters] == [one, two, one]
    masters[1].chmod(0o600)
    masters[1].write_bytes(one)
    assert run(capsys)[0] == 1
    assert [event.scan for event in preservation.faults()] == [scans[1]]


# --- the page ------------------------------------------------------------------------------------------


PAGE = "/admin/scans/preservation/"


def test_the_page(settings, client, reviewer, monkeypatch, django_assert_max_num_queries):
    client.force_login(reviewer)
    assert "Chưa kiểm tra lần nào" in client.get(PAGE).content.decode()
    scans = [keep(settings, number) for number in range(12)]
    list(fixity.check())
    with django_assert_max_num_queries(40) as few:
        text = client.get(PAGE).content.decode()
    assert "Không tệp gốc nào được biết là hỏng hay mất" in text and "tờ 11.png" in text
    flip(settings.MASTERS_DIR / scans[3].master_name)
    (settings.MASTERS_DIR / scans[4].master_name).unlink()
    list(fixity.check())
    with django_assert_max_num_queries(len(few)):
        text = client.get(PAGE).content.decode()
    assert "2 tệp gốc đang hỏng hoặc mất" in text and "hỏng tệp" in text and "mất tệp" in text
    text = client.get(PAGE, {"scan": scans[3].pk}).content.decode()
    assert "Sự kiện của “tờ 3.png”" in text and "tờ 5.png" not in text
    for asked in ("x", "9" * 40, "-1", "٣"):
        assert client.get(PAGE, {"scan": asked, "p": asked}).status_code == 200
    # What is hidden from a person isn't named here either.
    hidden = Scan.objects.filter(pk=scans[3].pk).values("pk")
    monkeypatch.setattr(visibility, "_hiding", [lambda user: hidden])
    text = client.get(PAGE, {"scan": scans[3].pk}).content.decode()
    assert "tờ 3.png" not in text and "1 tệp gốc đang hỏng hoặc mất" in text


def test_the_page_isnt_for_everybody(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("visitor"))
    assert client.get(PAGE).status_code in (302, 403)
