"""Importing: good rows come in whole, bad ones are named and leave nothing behind."""

import io
import unicodedata
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from openpyxl import Workbook
from PIL import Image

from archive import change_sets, clearance, subjects
from archive.importing import template
from archive.importing.run import Options, run
from archive.models import Agent, ChangeSet, ClearanceAuthor, Institution, Place, PlaceName, Record, Source, Status
from media.models import Job, Scan

HEAD = ["Số hiệu", "Loại hình", "Nhan đề (vi)", "Nhan đề (en)", "Niên đại", "Tệp quét"]


def picture(path: Path, colour: int = 0, size=(60, 40), kind="PNG") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, (colour, 80, 120)).save(path, kind)
    return path


@pytest.fixture
def scans(tmp_path):
    folder = tmp_path / "scans"
    for n, name in enumerate(["a.png", "b.png", "sub/c.png"]):
        picture(folder / name, n)
    return folder


@pytest.fixture
def sheet(tmp_path):
    def make(*rows, head=HEAD):
        book = Workbook()
        book.active.append(head)
        for row in rows:
            book.active.append(row)
        path = tmp_path / "sheet.xlsx"
        book.save(path)
        return path

    return make


def masters(settings) -> list[Path]:
    return [path for path in Path(settings.MASTERS_DIR).rglob("*") if path.is_file()]


def told(report) -> list[tuple]:
    return [(problem["row"], problem["column"]) for problem in report.problems]


# --- what comes in ------------------------------------------------------------------------------------


def test_good_rows_become_records_with_revisions_authors_and_scans(sheet, scans, cataloguer):
    path = sheet(
        ["vn-1", "Bản đồ", "Một", "One", 1838, "a.png; sub/C.PNG"], ["vn-2", "book", "Hai", "Two", "1900-1905", ""]
    )
    report = run(path, cataloguer, Options(scans=scans))
    assert (report.rows, report.created, report.refused, report.problems) == (2, 2, 0, [])
    assert report.unused_scans == ["b.png"]
    first, second = Record.objects.order_by("identifier")
    assert (first.kind, first.title_vi, first.title_en, first.date_from) == ("map", "Một", "One", 1838)
    assert (second.date_from, second.date_to) == (1900, 1905)
    assert [use.scan.original_name for use in first.scans.all()] == ["a.png", "c.png"]
    assert first.status == Status.DRAFT and not first.live and first.latest_revision.user == cataloguer
    assert ClearanceAuthor.objects.filter(subject=f"record:{first.pk}", number=1, user=cataloguer).exists()
    assert Job.objects.filter(kind="pyramid").count() == 2


def test_every_column(sheet, scans, cataloguer):
    Place.objects.create(key="hoang-sa", name_vi="Quần đảo Hoàng Sa", name_en="Paracel Islands")
    truong_sa = Place.objects.create(key="truong-sa", name_vi="Quần đảo Trường Sa", name_en="Spratly Islands")
    PlaceName.objects.create(place=truong_sa, text="萬里長沙", language="lzh")
    Institution.objects.create(key="ttlt1", name_vi="Trung tâm Lưu trữ quốc gia I", name_en="National Archives I")
    Agent.objects.create(key="phan-huy-chu", name_vi="Phan Huy Chú", name_en="Phan Huy Chú")
    Source.objects.create(key="sach", name_vi="Sách trắng", name_en="White Paper")
    row = {
        "Identifier": "vn-1",
        "Kind": "Map",
        "Title (vi)": "Đồ",
        "Title (en)": "Chart",
        "Original title": "大南一統全圖",
        "Original title language": "lzh",
        "Reading": "Đại Nam nhất thống toàn đồ",
        "Alternative titles": "Tên một; Tên hai",
        "Date": "1838",
        "Displayed date (en)": "about 1838",
        "Description (vi)": "Dòng một\n\nDòng hai",
        "Languages": "lzh; vi-Hani",
        "Institution": "trung tam luu tru quoc gia i",
        "Shelfmarks": "A.1; B.2",
        "Shown as": "facsimile",
        "Agents": "phan huy chú (người vẽ bản đồ); phan-huy-chu | signatory",
        "Places": "Paracel islands; 萬里長沙; hoang-sa",
        "West": "102°E",
        "South": "8 N",  # English, as the edge before it says
        "East": 115.5,
        "North": "24,25",
        "Approximate extent": "không",
        "Confidence": "nguồn vững",
        "Rights": "PDM",
        "Credit line (vi)": "Ảnh: TTLT",
        "Sources": "Sách trắng | 12-13",
        "Scans": "a.png; b.png",
        "Scan labels (vi)": "Trước;Sau",
        "Scan labels (en)": ";Back",
        "Illustration": "có",
        "Largest public width": "0;30",
        "Not a state secret": "x",
        "Internal notes": "riêng",
    }
    report = run(sheet(list(row.values()), head=list(row)), cataloguer, Options(scans=scans))
    assert report.problems == [] and report.unknown_columns == []
    record = Record.objects.get()
    assert record.alternative_titles == "Tên một\nTên hai" and record.shelfmarks == "A.1\nB.2"
    assert record.description_vi == "Dòng một\n\nDòng hai" and record.languages == "lzh vi-Hani"
    assert record.date_display_en == "about 1838" and record.date_display_vi in (None, "")
    assert record.institution.key == "ttlt1" and record.declared_not_secret and record.confidence == "high"
    assert (record.west, record.south, record.east, record.north) == (102, 8, 115.5, 24.25)
    assert record.extent_approximate is False
    assert [(use.agent.key, use.role) for use in record.agents.all()] == [
        ("phan-huy-chu", "cartographer"),
        ("phan-huy-chu", "signatory"),
    ]
    assert [use.place.key for use in record.places.all()] == ["hoang-sa", "truong-sa"]
    assert [(use.source.key, use.pages) for use in record.citations.all()] == [("sach", "12-13")]
    first, second = record.scans.all()
    assert (first.label_vi, first.label_en or "", first.is_illustration, first.max_width) == ("Trước", "", True, 0)
    assert (second.label_vi, second.label_en, second.is_illustration, second.max_width) == ("Sau", "Back", True, 30)
    assert Job.objects.filter(kind="pyramid", payload__max_width=30).exists(), (
        "a limit by rights is a picture of its own"
    )


def test_file_names_of_other_systems(sheet, tmp_path, cataloguer):
    folder = tmp_path / "scans"
    picture(folder / unicodedata.normalize("NFD", "Bản đồ Hoàng Sa.PNG"), 9)
    report = run(sheet(["vn-1", "map", "A", "A", "", "bản đồ hoàng sa.png"]), cataloguer, Options(scans=folder))
    assert report.problems == [] and Record.objects.get().scans.count() == 1


def test_scans_already_in_the_store_are_found_by_name(sheet, scans, cataloguer):
    run(sheet(["vn-1", "map", "A", "A", "", "a.png"]), cataloguer, Options(scans=scans))
    report = run(sheet(["vn-2", "map", "B", "B", "", "A.PNG"]), cataloguer, Options())
    assert report.problems == [] and Scan.objects.count() == 1


# --- what is refused -----------------------------------------------------------------------------------

BAD_ROWS = [
    (["", "map", "A", "A", "", ""], "Số hiệu", "trống"),
    (["VN 1", "map", "A", "A", "", ""], "Số hiệu", "gạch nối"),
    (["vn-1", "", "A", "A", "", ""], "Loại hình", "trống"),
    (["vn-1", "tranh", "A", "A", "", ""], "Loại hình", "danh mục"),
    (["vn-1", "map", "", "A", "", ""], "Nhan đề (vi)", "trống"),
    (["vn-1", "map", "A" * 501, "A", "", ""], "Nhan đề (vi)", "500"),
    (["vn-1", "map", "A", "A", "hôm qua hôm kia", ""], "Niên đại", "."),
    (["vn-1", "map", "=A1", "A", "", ""], "Nhan đề (vi)", "công thức"),
    (["vn-1", "map", "A", "A", "", "none.png"], "Tệp quét", "none.png"),
    (["vn-1", "map", "A", "A", "", "../a.png"], "Tệp quét", "ngoài"),
    (["vn-1", "map", "A", "A", "", "/etc/passwd"], "Tệp quét", "ngoài"),
    (["vn-1", "map", "A", "A", "", "..\\a.png"], "Tệp quét", "ngoài"),
    (["vn-1", "map", "A", "A", "", "C:\\a.png"], "Tệp quét", "ngoài"),
    (["vn-1", "map", "A", "A", "", "a.png; a.png"], "Tệp quét", "hai lần"),
    (["vn-1", "map", "A", "A", "", "a.png; broken.png"], "Tệp quét", "broken.png"),
    (["vn-1", "map", "A", "A", "", "a.png; cut.tif"], "Tệp quét", "cut.tif"),
    (["vn-1", "map", "A", "A", "", "a.png; huge.png"], "Tệp quét", "huge.png"),
    (["vn-1", "map", "A", "A", "", "a.png; empty.png"], "Tệp quét", "empty.png"),
]


@pytest.mark.parametrize("bad, column, words", BAD_ROWS)
@pytest.mark.parametrize("dry_run", [False, True], ids=["real", "dry"])
def test_a_bad_row_is_named_and_leaves_nothing(
    sheet, scans, cataloguer, settings, bad, column, words, dry_run, django_capture_on_commit_callbacks
):
    settings.SCAN_MAX_PIXELS = 10_000
    picture(scans / "huge.png", 5, (200, 200))
    (scans / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 50)
    (scans / "empty.png").write_bytes(b"")
    whole = io.BytesIO()
    Image.effect_noise((90, 90), 50).save(whole, "TIFF")
    (scans / "cut.tif").write_bytes(whole.getvalue()[:4000])
    good = ["vn-good", "map", "Tốt", "Good", "1838", "b.png"]
    with django_capture_on_commit_callbacks(execute=True):
        report = run(sheet(bad, good), cataloguer, Options(scans=scans, dry_run=dry_run))
    assert told(report) == [(2, column)]
    assert words in report.problems[0]["message"]
    assert (report.created, report.refused, report.failed) == (1, 1, True)
    left = [] if dry_run else ["vn-good"]
    assert list(Record.objects.values_list("identifier", flat=True)) == left
    assert list(Scan.objects.values_list("original_name", flat=True)) == ([] if dry_run else ["b.png"])
    assert len(masters(settings)) == len(left)


def test_scans_of_a_refused_row_stay_when_somebody_uses_them(sheet, scans, cataloguer):
    run(sheet(["vn-1", "map", "A", "A", "", "a.png"]), cataloguer, Options(scans=scans))
    (scans / "broken.png").write_bytes(b"no picture")
    report = run(sheet(["vn-2", "map", "B", "B", "", "a.png; broken.png"]), cataloguer, Options(scans=scans))
    assert report.refused == 1 and Scan.objects.count() == 1


def test_links_out_of_the_folder_are_no_scans(sheet, scans, tmp_path, cataloguer):
    picture(tmp_path / "outside.png")
    (scans / "link.png").symlink_to(tmp_path / "outside.png")
    report = run(sheet(["vn-1", "map", "A", "A", "", "link.png"]), cataloguer, Options(scans=scans))
    assert told(report) == [(2, "Tệp quét")] and Scan.objects.count() == 0


def test_two_files_of_one_name_need_their_folder(sheet, scans, cataloguer):
    picture(scans / "other/a.png", 77)
    rows = [["vn-1", "map", "A", "A", "", "other/a.png"], ["vn-2", "map", "A", "A", "", "x/a.png"]]
    report = run(sheet(*rows), cataloguer, Options(scans=scans))
    assert told(report) == [(3, "Tệp quét")]
    assert Record.objects.get().scans.get().scan.original_name == "a.png"


def test_a_number_twice_in_the_sheet_and_one_that_exists(sheet, cataloguer):
    row = ["vn-1", "map", "A", "A", "", ""]
    report = run(sheet(row, row), cataloguer, Options())
    assert told(report) == [(3, "Số hiệu")] and "dòng 2" in report.problems[0]["message"]
    report = run(sheet(["vn-1", "book", "Đổi", "Changed", "", ""]), cataloguer, Options())
    assert told(report) == [(2, "Số hiệu")] and "Đã có" in report.problems[0]["message"]
    assert Record.objects.get().title_vi == "A"


def test_unknown_authorities_are_refused_or_made(sheet, cataloguer):
    head = ["Số hiệu", "Loại hình", "Nhan đề (vi)", "Cơ quan lưu giữ", "Tác giả", "Địa danh", "Niên đại"]
    bad = ["vn-1", "map", "A", "Thư viện Lạ", "Người Lạ", "", "không rõ lắm đâu"]
    good = ["vn-2", "map", "B", "Thư viện Lạ", "Người Lạ; 某人", "", ""]
    report = run(sheet(good, head=head), cataloguer, Options())
    assert told(report) == [(2, "Cơ quan lưu giữ"), (2, "Tác giả")]
    report = run(sheet(bad, good, head=head), cataloguer, Options(create_missing=True))
    assert told(report) == [(2, "Niên đại")]
    assert [i.key for i in Institution.objects.all()] == ["thu-vien-la"]
    assert sorted(a.key for a in Agent.objects.all()) == ["agent", "nguoi-la"]
    report = run(sheet(["vn-3", "map", "C", "", "", "Nơi lạ", ""], head=head), cataloguer, Options(create_missing=True))
    assert told(report) == [(2, "Địa danh")] and not Place.objects.exists()


def test_an_ambiguous_name_asks_for_its_key(sheet, cataloguer):
    for key in ("thu-vien-1", "thu-vien-2"):
        Institution.objects.create(key=key, name_vi="Thư viện tỉnh")
    head = ["Số hiệu", "Loại hình", "Nhan đề (vi)", "Cơ quan lưu giữ"]
    rows = [["vn-1", "map", "A", "Thư viện tỉnh"], ["vn-2", "map", "B", "thu-vien-2"]]
    report = run(sheet(*rows, head=head), cataloguer, Options())
    assert told(report) == [(2, "Cơ quan lưu giữ")] and "thu-vien-1" in report.problems[0]["message"]
    assert Record.objects.get().institution.key == "thu-vien-2"


@pytest.mark.parametrize(
    "head, row, column",
    [
        (["Nhãn trang (vi)"], ["a;b;c"], "Nhãn trang (vi)"),
        (["Bề rộng công bố tối đa"], ["rộng"], "Bề rộng công bố tối đa"),
        (["Nhãn trang (vi)"], ["x" * 121], "Tệp quét"),
        (["Kinh độ tây"], ["111"], "Kinh độ tây"),
        (["Vĩ độ nam"], ["99"], "Vĩ độ nam"),
        (["Quyền"], ["của tôi"], "Quyền"),
    ],
)
def test_other_columns_are_named_too(sheet, scans, cataloguer, head, row, column):
    report = run(
        sheet(["vn-1", "map", "A", "A", "", "a.png", *row], head=HEAD + head), cataloguer, Options(scans=scans)
    )
    assert column in [problem["column"] for problem in report.problems]
    assert Record.objects.count() == Scan.objects.count() == 0


# --- updates ----------------------------------------------------------------------------------------------


@pytest.fixture
def existing(sheet, scans, cataloguer):
    run(sheet(["vn-1", "map", "Cũ", "Old", "1838", "a.png"]), cataloguer, Options(scans=scans))
    return Record.objects.get()


def test_update_changes_the_columns_that_are_there(sheet, existing, scans, administrator, django_user_model):
    other = django_user_model.objects.create_superuser("khac", "k@example.org", "x")
    path = sheet(["vn-1", "Mới", ""], head=["Số hiệu", "Nhan đề (vi)", "Nhan đề (en)"])
    report = run(path, other, Options(update=True))
    assert (report.updated, report.problems) == (1, [])
    record = Record.objects.get()
    assert (record.title_vi, record.title_en or "", record.date_text, record.kind) == ("Mới", "", "1838", "map")
    assert record.scans.count() == 1
    assert ClearanceAuthor.objects.filter(subject=f"record:{record.pk}", user=other).exists()


def test_update_replaces_scans_also_under_the_same_name(sheet, existing, scans, cataloguer):
    before = existing.scans.get().scan
    picture(scans / "a.png", 200)
    row = ["vn-1", "map", "Cũ", "Old", "1838", "a.png"]
    assert run(sheet(row), cataloguer, Options(scans=scans, update=True)).updated == 1
    assert Scan.objects.count() == 2 and Record.objects.get().scans.get().scan != before
    # Two scans of that name now; without a folder the record's own is meant.
    assert run(sheet(row), cataloguer, Options(update=True)).unchanged == 1


def test_an_unchanged_row_makes_nobody_an_author(sheet, existing, cataloguer, django_user_model):
    other = django_user_model.objects.create_superuser("khac", "k@example.org", "x")
    report = run(sheet(["vn-1", "map", "Cũ", "Old", "1838", "a.png"]), other, Options(update=True))
    assert (report.unchanged, report.updated) == (1, 0)
    assert Record.objects.get().revisions.count() == 1
    assert not ClearanceAuthor.objects.filter(user=other).exists()


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.HELD])
def test_what_is_under_review_or_held_is_not_touched(sheet, existing, cataloguer, status):
    """In the same words: who may not see a hold doesn't read of one."""
    Record.objects.update(status=status)
    report = run(sheet(["vn-1", "map", "Mới", "New", "1838", ""]), cataloguer, Options(update=True))
    assert told(report) == [(2, "Số hiệu")]
    assert report.problems[0]["message"].startswith("Bản ghi “vn-1” đang ở khâu duyệt nên chưa sửa được.")
    assert Record.objects.get().title_vi == "Cũ"


def test_an_import_of_a_cleared_record_changes_nothing_public(sheet, cataloguer, reviewer):
    head = ["Số hiệu", "Loại hình", "Nhan đề (vi)", "Nhan đề (en)", "Không thuộc danh mục bí mật nhà nước"]
    run(sheet(["vn-1", "map", "Cũ", "Old", "x"], head=head), cataloguer, Options())
    from archive.roles import ensure_roles

    ensure_roles()
    subject = subjects.of(Record.objects.get())
    clearance.submit(subject, cataloguer)
    subject = subjects.get(subject.key)
    clearance.clear(subject, clearance.preview(subject)[1], reviewer, clearance.CHECKLIST)
    report = run(sheet(["vn-1", "map", "Mới", "New", "x"], head=head), cataloguer, Options(update=True))
    assert report.updated == 1
    record = Record.objects.get()
    assert (record.title_vi, record.edition.title_vi, record.status) == ("Mới", "Cũ", Status.DRAFT)


# --- who, and the command ---------------------------------------------------------------------------------


def test_only_those_who_may_add_records(sheet, reviewer, cataloguer):
    path = sheet(["vn-1", "map", "A", "A", "", ""])
    with pytest.raises(PermissionDenied):
        run(path, reviewer, Options())
    cataloguer.is_active = False
    with pytest.raises(PermissionDenied):
        run(path, cataloguer, Options())
    assert not Record.objects.exists()


def test_command_prints_a_summary_and_says_1_when_a_row_was_refused(sheet, scans, cataloguer, capsys):
    path = sheet(["vn-1", "map", "A", "A", "", "a.png"], ["vn-2", "tranh", "B", "B", "", ""])
    with pytest.raises(SystemExit) as caught:
        call_command("import_records", path, user="cataloguer", scans=scans)
    out = capsys.readouterr().out
    assert caught.value.code == 1
    assert "Dòng 3, cột “Loại hình”" in out and "2 dòng: 1 mới" in out and "b.png" in out
    call_command("import_records", sheet(["vn-9", "map", "A", "A", "", ""]), user="cataloguer", dry_run=True)
    assert "chưa ghi gì" in capsys.readouterr().out and Record.objects.count() == 1


@pytest.mark.parametrize(
    "options", [{"user": "nobody"}, {"user": "cataloguer", "scans": Path("/nonexistent")}, {"user": "reviewer"}]
)
def test_command_refuses_what_it_cannot_do_with_a_sentence(sheet, cataloguer, reviewer, options):
    with pytest.raises(CommandError) as caught:
        call_command("import_records", sheet(["vn-1", "map", "A", "A", "", ""]), **options)
    assert str(caught.value).endswith(".")


def test_command_names_a_file_that_is_none(tmp_path, cataloguer):
    (tmp_path / "x.xlsx").write_bytes(b"\x00\x01\x02")
    for name in ("x.xlsx", "missing.xlsx"):
        with pytest.raises(CommandError):
            call_command("import_records", tmp_path / name, user="cataloguer")


def test_mapping_file(tmp_path, sheet, cataloguer):
    (tmp_path / "m.toml").write_text(
        '[columns]\n"Mã bản đồ" = "identifier"\n"Tên bản đồ" = "title_vi"\n[defaults]\nkind = "map"'
    )
    path = sheet(["vn-1", "Đồ"], head=["Mã bản đồ", "Tên bản đồ"])
    assert run(path, cataloguer, Options()).error
    assert run(path, cataloguer, Options(mapping=tmp_path / "m.toml")).created == 1
    assert Record.objects.get().kind == "map"


@pytest.mark.parametrize(
    "line, words",
    [
        ("b-1,map,Hai, dư,x", "Dòng này có 5 ô, dòng tiêu đề có 4"),
        ("b-1,map,Hai", "Dòng này chỉ có 3 ô, dòng tiêu đề có 4"),
        ("b-1,map,Hai,1838,,", ""),  # empty cells after the last heading do no harm
        ('b-1,map,"Hai, ba",1838', ""),
        ("b-1", "chỉ có 1 ô"),
        (",,,thừa,hẳn", "có 5 ô"),
    ],
)
def test_a_csv_row_whose_cells_do_not_fit_its_headings_is_named(tmp_path, cataloguer, line, words):
    path = tmp_path / "a.csv"
    path.write_text(f"Số hiệu,Loại hình,Nhan đề (vi),Niên đại\na-1,map,Một,1838\n{line}\n", encoding="utf-8")
    report = run(path, cataloguer, Options(dry_run=True))
    assert (report.created, report.refused) == ((1, 1) if words else (2, 0))
    assert told(report) == ([(3, "")] if words else [])
    assert words in "".join(problem["message"] for problem in report.problems)
    assert run(path, cataloguer, Options()).refused == bool(words) and Record.objects.count() == 2 - bool(words)


def test_a_sheet_without_records_says_what_to_do(sheet, tmp_path, cataloguer):
    template.write(tmp_path / "template.xlsx", "vi")
    said = run(tmp_path / "template.xlsx", cataloguer, Options(dry_run=True)).error
    assert "“Ví dụ - Examples” chỉ là ví dụ" in said and "Hãy điền vào trang" in said
    assert "chưa có bản ghi nào dưới dòng tiêu đề" in run(sheet(), cataloguer, Options()).error
    assert not change_sets.can_be_undone(ChangeSet.objects.get())
