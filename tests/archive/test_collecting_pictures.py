"""The pictures in the PDF of a collection, read back out of it."""

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from archive.collecting.pictures import pictures
from media import renditions, storage
from tests import factories
from tests.search.factories import both, edition, scan
from tests.search.standing import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def make(cataloguer):
    """(width, height, limit by rights) → the image id of a picture that is public unless told otherwise."""

    def made(width, height, limit=0, public=True, of=factories.make_scan) -> str:
        found = of(cataloguer, f"{width}.png", width=width, height=height, colour=(width % 256, height % 256, 90))
        image = renditions.make_now(found, limit).image_id
        if public:
            storage.release([image])
        return image

    return made


def printed(client, *items, lang="vi", **data):
    pytest.importorskip("weasyprint")
    answer = client.post(f"/{lang}/my-collection/export/pdf/", {"items": ",".join(items), **data})
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    return pypdfium2.PdfDocument(answer.content)


def images(pdf) -> list[tuple[int, int]]:
    """Width and height in pixels of each picture, in the order of the pages."""
    return [one.get_px_size() for page in pdf for one in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE])]


def words(pdf) -> str:
    return " ".join("".join(page.get_textpage().get_text_range() for page in pdf).split())


SIZES = [
    # (pixels of the scan, limit by rights, pixels in print)
    ((1200, 900), 0, (400, 300)),
    ((900, 1600), 0, (281, 500)),
    ((30, 700), 0, (21, 500)),
    ((120, 90), 0, (120, 90)),  # never enlarged
    ((1201, 900), 200, (200, 150)),
]


def test_a_picture_is_small_and_no_larger_than_rights_allow(make):
    documents = [
        edition(f"to-{at}", scans=[scan(make(*size, limit), width=size[0], height=size[1], max_width=limit)])
        for at, (size, limit, _wanted) in enumerate(SIZES)
    ]
    found = pictures(documents)
    assert list(found) == [document["identifier"] for document in documents]
    for at, (_size, _limit, wanted) in enumerate(SIZES):
        assert size_of(found[f"to-{at}"][1]) == pytest.approx(wanted, abs=1), at
    wide = pictures([edition("rong", scans=[scan(documents[0]["scans"][0]["image"], max_width=100)])])
    assert size_of(wide["rong"][1]) == (100, 75), "a document's own limit holds even where the file is wider"


def size_of(jpeg: bytes) -> tuple[int, int]:
    import io

    from PIL import Image

    return Image.open(io.BytesIO(jpeg)).size


def test_each_item_has_its_first_public_picture_and_no_other(client, reviewer, make):
    first, second, hidden = make(1200, 900), make(900, 901), make(640, 480, public=False)
    limited = make(1201, 900, 200)
    publish(edition("hai-to", "Hai tờ", scans=[scan(first), scan(second)]), reviewer)
    publish(edition("kin-truoc", "Tờ đầu kín", scans=[scan(hidden), scan(second)]), reviewer)
    publish(edition("kin", "Kín", scans=[scan(hidden)]), reviewer)
    publish(edition("khong", "Không có ảnh"), reviewer)
    publish(edition("han-che", "Hạn chế", scans=[scan(limited, max_width=200)]), reviewer)
    pdf = printed(client, "hai-to", "kin-truoc", "kin", "khong", "han-che")
    assert images(pdf) == [(400, 300), (400, 400), (200, 150)]
    assert all(title in words(pdf) for title in ("Hai tờ", "Tờ đầu kín", "Kín", "Không có ảnh", "Hạn chế"))


def test_what_is_withdrawn_takes_its_picture_with_it(client, reviewer, make):
    image = make(1200, 900)
    publish(edition("mot", "Một", scans=[scan(image)]), reviewer)
    assert len(images(printed(client, "mot"))) == 1
    storage.retract([image])
    assert images(printed(client, "mot")) == []


@pytest.mark.parametrize("harm", ["gone", "cut", "other"])
def test_a_picture_that_cant_be_read_leaves_its_entry(client, reviewer, make, caplog, harm):
    broken, whole = make(1200, 900), make(800, 600)
    path = storage.private_path(broken)
    if harm == "gone":
        path.unlink()
        storage.public_path(broken).unlink(missing_ok=True)
    else:
        path.write_bytes(path.read_bytes()[:200] if harm == "cut" else b"<svg/>" * 99)
    publish(edition("hong", "Ảnh hỏng", scans=[scan(broken)]), reviewer)
    publish(edition("lanh", "Ảnh lành", scans=[scan(whole)]), reviewer)
    pdf = printed(client, "hong", "lanh")
    assert images(pdf) == [(400, 300)] and "Ảnh hỏng" in words(pdf) and "Ảnh lành" in words(pdf)
    assert broken in caplog.text and whole not in caplog.text


def test_many_pictures_are_one_question(make, django_assert_num_queries):
    image = make(1200, 900)
    documents = [edition(f"to-{at}", scans=[scan(image)] * 3) for at in range(20)]
    with django_assert_num_queries(1):
        assert len(pictures(documents)) == 20


def test_an_illustration_says_so_and_credit_is_given(client, reviewer, make):
    rights = {"statement": "", "note": both(), "credit": both("Ảnh: Viện Hán Nôm", "Photo: Hán-Nôm Institute")}
    publish(edition("mot", "Một", "One", scans=[scan(make(640, 480), illustration=True)], rights=rights), reviewer)
    publish(edition("hai", "Hai", "Two", rights=rights), reviewer)
    said = words(printed(client, "mot", "hai"))
    assert said.count("Hình minh hoạ, không phải bản quét") == 1 and said.count("Ảnh: Viện Hán Nôm") == 1
    said = words(printed(client, "mot", lang="en"))
    assert "Illustration, not a scan" in said and "Photo: Hán-Nôm Institute" in said


def test_no_picture_lies_on_words_and_none_is_torn(client, reviewer, make):
    """Long titles, Hán, addresses that can't be broken, notes: on the pages that they fill."""
    shapes = [make(1200, 900), make(300, 1600), make(1600, 200)]
    han, names = "安南大國畫圖撫邊雜錄黃沙", []
    for at in range(12):
        names.append(f"to-{at}-" + "rat-dai-" * 8 + "het")
        title = "Bản đồ " + "Hoàng Sa và Trường Sa " * (at % 4 * 3)
        document = edition(names[-1], title, han=han * (1 + at % 3), scans=[scan(shapes[at % 3])])
        publish(document | {"rights": {"statement": "", "note": both(), "credit": both("Ảnh " * at)}}, reviewer)
    notes = {f"note-{names[2]}": "chữ" * 300, f"note-{names[5]}": "dòng\n" * 40}
    pdf = printed(client, *names, **notes)
    assert len(pdf) > 2 and len(images(pdf)) == 12
    for page in pdf:
        text = page.get_textpage()
        lines = [text.get_rect(at) for at in range(text.count_rects())]
        width, height = page.get_size()
        boxes = [one.get_bounds() for one in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE])]
        for left, bottom, right, top in boxes:
            assert 0 < left < right < width and 40 < bottom < top < height
            assert not [one for one in lines if one[0] < right and left < one[2] and one[1] < top and bottom < one[3]]
    assert words(pdf).replace(" ", "").count(han) >= 24
