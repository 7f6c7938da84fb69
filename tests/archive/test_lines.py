"""Lines of text on a record's scans: read, corrected and used by people, never while reviewers look at the record."""

import json

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from archive import clearance, subjects, touched
from archive.lines import reading, transcribing, whole
from archive.models import Edition, Record, RecordScan
from media import jobs, text_lines
from media.models import TextLine
from media.ocr import page as ocr_page
from media.ocr import tables
from tests import factories

pytestmark = pytest.mark.django_db
REGION = {"x": "10", "y": "10", "width": "40", "height": "5"}


def read_line(text="Hoang Sa", top=48, confidence=61.0) -> tables.Line:
    words = text.split()
    return tables.Line(
        tuple(tables.Word(word, (64 + 100 * at, top, 90, 24), confidence) for at, word in enumerate(words))
    )


@pytest.fixture
def scan(cataloguer):
    return factories.make_scan(cataloguer)


@pytest.fixture
def record(cataloguer, scan):
    record = factories.make_record(cataloguer, scans=[scan], languages="vi fr")
    text_lines.put_read(scan, 1, [read_line(), read_line("Truong Sa", 200, 88.0)], ["vie"])
    return record


@pytest.fixture
def line(record):
    return TextLine.objects.order_by("number").first()


@pytest.fixture
def editor(client, cataloguer):
    client.force_login(cataloguer)
    return client


def address(name, scan, *more):
    return reverse(f"archive_lines:{name}", args=[scan.pk, 1, *more])


def correct(client, scan, line, text="Hoàng Sa", **more):
    said = {"do": "correct", "text": text, "seen": text_lines.digest(line), "language": "vi", **REGION, **more}
    return client.post(address("change", scan, line.pk), said)


# --- the page ---------------------------------------------------------------------------------------------


def test_the_page_shows_the_lines_and_proposes_the_records_languages(
    editor, scan, record, django_assert_max_num_queries
):
    for number in range(30):
        text_lines.add(scan, 1, f"dòng {number}", [10, 20 + number, 30, 1], "", record.latest_revision.user)
    with django_assert_max_num_queries(45):
        response = editor.get(address("editor", scan) + f"?record={record.pk}")
    content = response.content.decode()
    lines = json.loads(content.split('id="page-lines" type="application/json">')[1].split("</script>")[0])
    assert [one["text"] for one in lines][:1] == ["Hoang Sa"] and len(lines) == 32
    assert lines[0]["confidence"] == 61.0 and lines[0]["by"] == ""
    assert 'value="vie" checked' in content and 'value="fra" checked' in content
    assert '<option value="sparse" selected' in content  # a map
    assert "no-store" in response["Cache-Control"]


def test_a_record_leads_to_its_first_page(editor, record, scan, cataloguer):
    response = editor.get(reverse("archive_lines:record", args=[record.pk]))
    assert response["Location"] == address("editor", scan) + f"?record={record.pk}"
    bare = factories.make_record(cataloguer, identifier="khong-anh")
    response = editor.get(reverse("archive_lines:record", args=[bare.pk]))
    assert response["Location"] == subjects.of(bare).edit_url


def test_without_the_program_the_page_says_so_and_works(editor, scan, record, line, settings):
    settings.OCR_PROGRAM = "khong-co-tren-may"
    content = editor.get(address("editor", scan)).content.decode()
    assert "apt install tesseract-ocr" in content and "Đọc lại trang này" not in content
    response = editor.post(address("read", scan), {"language": "vie"})
    assert "tesseract" in str(list(get_messages(response.wsgi_request))[0])
    assert correct(editor, scan, line).status_code == 200


def test_who_may_not_edit_may_look_only(client, reviewer, hall_staff, scan, record, line):
    client.force_login(reviewer)
    assert client.get(address("editor", scan)).status_code == 200
    assert correct(client, scan, line).status_code in (302, 403)
    client.force_login(hall_staff)
    assert client.get(address("editor", scan)).status_code in (302, 403)
    line.refresh_from_db()
    assert line.text == "Hoang Sa"


def test_there_is_no_second_page(editor, record, scan):
    assert editor.get(reverse("archive_lines:editor", args=[scan.pk, 2])).status_code == 404


# --- corrections -----------------------------------------------------------------------------------------


def test_a_correction_keeps_who_when_and_the_machines_confidence(editor, scan, line, cataloguer):
    response = correct(editor, scan, line)
    said = response.json()["line"]
    line.refresh_from_db()
    assert response.status_code == 200 and said["text"] == line.text == "Hoàng Sa" and "cataloguer" in said["by"]
    assert line.corrected_by == cataloguer and line.corrected_at and line.confidence == 61.0
    assert said["seen"] == text_lines.digest(line)


def test_two_curators_at_once_lose_nothing(editor, scan, line):
    stale = text_lines.digest(line)
    other = TextLine.objects.order_by("number").last()
    assert correct(editor, scan, line).status_code == 200
    assert correct(editor, scan, other, "Trường Sa").status_code == 200  # another line is no conflict
    response = correct(editor, scan, line, "Hoang Xa", seen=stale)
    assert response.status_code == 409
    assert "“Hoàng Sa”" in response.json()["error"] and response.json()["theirs"]["text"] == "Hoàng Sa"
    again = correct(editor, scan, line, "Hoàng Xa", seen=response.json()["theirs"]["seen"])
    assert again.status_code == 200
    editor.post(address("change", scan, line.pk), {"do": "remove", "seen": again.json()["line"]["seen"]})
    response = correct(editor, scan, line, "x", seen=stale)
    assert response.status_code == 409 and response.json()["theirs"] is None


WRONG = [
    ({"text": " "}, "Dòng không có chữ nào"),
    ({"width": "0"}, "Khung của dòng"),
    ({"x": "abc"}, "Khung của dòng"),
    ({"x": "nan"}, "Khung của dòng"),
    ({"language": "tiếng gì đó"}, "“tiếng gì đó”"),
]


@pytest.mark.parametrize("said, sentence", WRONG)
def test_what_cant_be_a_line_is_answered_in_a_sentence(editor, scan, line, said, sentence):
    response = correct(editor, scan, line, **said)
    assert response.status_code == 422 and sentence in response.json()["error"]
    response = editor.post(address("add", scan), {"text": "mới", "language": "", **REGION, **said})
    assert response.status_code == 422


def test_a_line_is_added_and_found_in_its_place(editor, scan, line):
    response = editor.post(address("add", scan), {"text": "ở giữa", "language": "Hán văn", **REGION, "y": "30"})
    assert response.status_code == 201 and response.json()["line"]["number"] == 2
    assert response.json()["line"]["language"] == "lzh"
    assert [one.text for one in text_lines.of_page(scan, 1)] == ["Hoang Sa", "ở giữa", "Truong Sa"]


def test_a_line_of_another_page_isnt_reached(editor, scan, line, cataloguer):
    other = factories.make_scan(cataloguer, "b.png", colour=(1, 2, 3))
    assert correct(editor, other, line).status_code == 404


def test_under_review_nothing_is_written(editor, scan, record, line, cataloguer):
    clearance.submit(subjects.of(record), cataloguer)
    response = correct(editor, scan, line)
    assert response.status_code == 409 and record.identifier in response.json()["error"]
    editor.post(address("read", scan), {"language": "vie"})
    assert reading.latest(scan.pk, 1) is None
    content = editor.get(address("editor", scan)).content.decode()
    assert "data-locked" in content and "chờ duyệt" in content
    line.refresh_from_db()
    assert line.text == "Hoang Sa" and line.corrected_at is None


# --- clearance --------------------------------------------------------------------------------------------


def test_corrected_words_of_a_cleared_record_are_offered_and_the_corrector_cant_clear_them(
    editor, scan, record, line, cataloguer, reviewer
):
    factories.clear(record, cataloguer, reviewer)
    assert not touched.count()
    assert Edition.objects.get().data["scans"][0]["lines"][0]["text"] == "Hoang Sa"
    correct(editor, scan, line)
    (row,) = touched.compared(touched.touched())
    assert row["changes"] and row["document"]["scans"][0]["lines"][0]["text"] == "Hoàng Sa"
    subject = subjects.of(Record.objects.get())
    assert clearance.is_author(subject, cataloguer) and not clearance.is_author(subject, reviewer)
    touched.submit([subject.key], cataloguer)
    subject = subjects.of(Record.objects.get())
    clearance.clear(subject, clearance.preview(subject)[1], reviewer, clearance.CHECKLIST)
    (said, _other) = Edition.objects.get().data["scans"][0]["lines"]
    assert said["corrected"] and said["confidence"] == 61 and said["words"][0]["text"] == "Hoàng"


# --- the job ------------------------------------------------------------------------------------------------


@pytest.fixture
def machine(monkeypatch):
    """The program's reading, taken as done; tests/media/test_ocr.py reads with the program itself."""
    monkeypatch.setattr(ocr_page, "read", lambda *args, **kwargs: [read_line("Hoang 5a"), read_line("Mới", 300)])


def run(job):
    while claimed := jobs.claim("heavy", "test"):  # the scan's pyramid waits before it
        jobs.run(claimed)
    job.refresh_from_db()
    return job


def test_a_new_reading_keeps_what_people_corrected(editor, scan, record, line, cataloguer, machine):
    correct(editor, scan, line)
    editor.post(address("read", scan), {"language": ["vie", "fra"], "layout": "sparse", "record": record.pk})
    job = reading.latest(scan.pk, 1)
    assert job.payload == {"scan": scan.pk, "page": 1, "languages": ["vie", "fra"], "layout": "sparse", "again": False}
    assert reading.start(scan, 1, ["vie"], "page", cataloguer).pk == job.pk  # the one that is at it
    assert editor.get(address("job", scan)).json()["state"] == "queued"
    done = run(job)
    assert (done.state, done.result) == ("done", {"lines": 2, "kept": 1, "read": 1, "left_out": 0})
    assert [one.text for one in text_lines.of_page(scan, 1)] == ["Hoàng Sa", "Mới"]


def test_a_record_that_went_to_the_reviewers_meanwhile_stops_the_writing(scan, record, cataloguer, monkeypatch):
    job = reading.start(scan, 1, ["vie"], "page", cataloguer)

    def read(*args, **kwargs):
        clearance.submit(subjects.of(Record.objects.get(pk=record.pk)), cataloguer)
        return [read_line("khác")]

    monkeypatch.setattr(ocr_page, "read", read)
    done = run(job)
    assert done.state == "failed" and "khâu duyệt" in done.reason_text
    assert text_lines.of_page(scan, 1).count() == 2


def test_a_reading_is_cancelled_and_tried_again(editor, scan, record, machine):
    editor.post(address("read", scan), {"language": "vie"})
    editor.post(address("steer", scan, "cancel"))
    assert reading.latest(scan.pk, 1).state == "cancelled"
    editor.post(address("steer", scan, "retry"))
    assert run(reading.latest(scan.pk, 1)).state == "done"


def test_no_language_is_no_reading(editor, scan, record):
    response = editor.post(address("read", scan), {"language": ["xyz"]})
    assert "ngôn ngữ" in str(list(get_messages(response.wsgi_request))[0]) and reading.latest(scan.pk, 1) is None


# --- what was deleted, and all pages at once --------------------------------------------------------------


def test_a_deleted_line_comes_back_only_when_it_is_asked_for(editor, scan, record, line, machine):
    editor.post(address("change", scan, line.pk), {"do": "remove", "seen": text_lines.digest(line)})
    assert "Dòng đã xoá không đọc lại nữa." in editor.get(address("editor", scan)).content.decode()
    editor.post(address("read", scan), {"language": "vie"})
    assert run(reading.latest(scan.pk, 1)).result["left_out"] == 1
    assert [one.text for one in text_lines.of_page(scan, 1)] == ["Mới"]
    editor.post(address("read", scan), {"language": "vie", "again": "1"})
    assert run(reading.latest(scan.pk, 1)).state == "done"
    assert [one.text for one in text_lines.of_page(scan, 1)] == ["Hoang 5a", "Mới"]
    assert not text_lines.removed_from(scan, 1).exists()


def test_a_deleted_line_stands_in_no_edition(editor, scan, record, line, cataloguer, reviewer):
    editor.post(address("change", scan, line.pk), {"do": "remove", "seen": text_lines.digest(line)})
    factories.clear(record, cataloguer, reviewer)
    assert [one["text"] for one in Edition.objects.get().data["scans"][0]["lines"]] == ["Truong Sa"]


@pytest.fixture
def book(cataloguer, scan):
    """A record of three sheets, of which the first has been read."""
    sheets = [scan, *[factories.make_scan(cataloguer, f"{side}.png", height=side) for side in (484, 488)]]
    record = factories.make_record(cataloguer, scans=sheets, languages="vi")
    text_lines.put_read(scan, 1, [read_line("đã có")], ["vie"])
    return record


def read_all(editor, book, scan):
    where = {"scan": scan.pk, "page": 1}
    return editor.post(reverse("archive_lines:read_record", args=[book.pk]), {"language": "vie", **where})


def test_all_pages_without_lines_are_read_in_one_job(editor, scan, book, machine):
    shown = editor.get(address("editor", scan) + f"?record={book.pk}").content.decode()
    assert "Đọc mọi trang chưa có chữ (2)" in shown
    assert read_all(editor, book, scan)["Location"] == address("editor", scan) + f"?record={book.pk}"
    job = whole.latest(book.pk)
    told = reverse("archive_lines:record_job", args=[book.pk])
    assert editor.get(told).json()["state"] == "queued"
    assert told in editor.get(address("editor", scan) + f"?record={book.pk}").content.decode()
    done = run(job)
    assert (done.state, done.result, done.percent) == ("done", {"pages": 2, "lines": 4}, 100)
    assert TextLine.objects.filter(scan=scan).count() == 1, "a page that has lines stays as it is"
    response = read_all(editor, book, scan)
    assert "cũng đã có chữ" in str(list(get_messages(response.wsgi_request))[0])


def test_a_page_that_fails_keeps_no_other_from_being_read(editor, scan, book, monkeypatch):
    bad = book.scans.all()[1].scan_id

    def read(scan, *args, **kwargs):
        if scan.pk == bad:
            raise jobs.Failed(ocr_page.NOT_READY)
        return [read_line()]

    monkeypatch.setattr(ocr_page, "read", read)
    read_all(editor, book, scan)
    done = run(whole.latest(book.pk))
    assert done.state == "failed" and "trang 2" in done.reason_text and "chưa xử lý xong" in done.reason_text
    assert whole.without_lines(book.pk) == [(bad, 1)]
    steer = reverse("archive_lines:steer_record", args=[book.pk, "retry"])
    monkeypatch.setattr(ocr_page, "read", lambda *args, **kwargs: [read_line()])
    editor.post(steer)
    assert run(whole.latest(book.pk)).state == "done" and whole.without_lines(book.pk) == []


def test_all_pages_are_refused_while_reviewers_look(editor, scan, book, cataloguer):
    clearance.submit(subjects.of(book), cataloguer)
    read_all(editor, book, scan)
    assert whole.latest(book.pk) is None


# --- as transcription -----------------------------------------------------------------------------------------


def test_lines_become_the_pages_transcription_by_one_click(editor, scan, record, cataloguer):
    revisions = record.revisions.count()
    editor.post(address("transcribe", scan, record.pk))
    use = RecordScan.objects.get(record=record)
    assert (use.transcription, use.transcription_language) == ("Hoang Sa\nTruong Sa", "vi")
    assert record.revisions.count() == revisions + 1
    assert transcribing.use_lines(record.pk, scan, 1, cataloguer) is False


def test_what_is_printed_stands_on_the_item_page_unless_it_is_transcribed(
    editor, client, scan, record, line, cataloguer, reviewer
):
    correct(editor, scan, line)
    factories.clear(record, cataloguer, reviewer)
    content = client.get("/vi/items/vn-map-1838/").content.decode()
    assert 'data-line="64,48,256,24"' in content and 'href="#page=1&amp;xywh=64,48,256,24"' in content
    assert "Hoàng Sa</span></a>" in content and "Máy đọc (OCR)" in content and "bundles/viewer" in content
    editor.post(address("transcribe", scan, record.pk))
    factories.clear(Record.objects.get(), cataloguer, reviewer)
    content = client.get("/vi/items/vn-map-1838/").content.decode()
    assert "data-line=" not in content and content.count("Truong Sa") == 1
