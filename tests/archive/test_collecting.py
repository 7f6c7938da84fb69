"""My collection, its exports, citations at an address, unAPI: through their addresses, from standing editions alone."""

import csv
import io
import re
import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from archive import limits
from archive.collecting.pdf import apart, needed_faces
from archive.models import Tombstone
from tests.search.factories import both, edition
from tests.search.standing import publish, withdraw

pytestmark = pytest.mark.django_db
HOSTILE = '=HYPERLINK("http://x")'


@pytest.fixture(autouse=True)
def fresh_buckets():
    limits.buckets.clear()


@pytest.fixture
def stood(reviewer):
    publish(edition("an-nam", "An Nam đại quốc họa đồ", "Map of An Nam", agents=["taberd"]), reviewer)
    publish(edition("chau-ban", HOSTILE, "Imperial record", kind="official_document"), reviewer)
    publish(edition("rut-roi", "Bản đã rút", "Withdrawn", description=both("bí mật")), reviewer)
    withdraw("rut-roi")
    Tombstone.objects.create(subject="record:999", identifier="rut-roi", number=1)


def test_the_page_needs_no_item(client):
    answer = client.get("/vi/my-collection/")
    assert answer.status_code == 200 and "nằm trong trình duyệt" in answer.text
    assert "noindex" in answer.text and answer["Cache-Control"] == "no-cache"


def test_a_shared_address_keeps_the_order_and_tells_what_is_gone(client, stood):
    answer = client.get("/vi/my-collection/", {"items": "chau-ban,an-nam,rut-roi,khong-co,an-nam"})
    body = answer.text
    assert answer.status_code == 200
    assert re.findall(r'data-star="([a-z-]+)"', body) == ["chau-ban", "an-nam"]
    assert "Tư liệu rut-roi đã được rút ngày" in body and "bí mật" not in body
    assert "Không có tư liệu công bố nào mang số hiệu khong-co" in body


def test_more_items_cost_no_more_questions(client, stood):
    def asked(items: str) -> int:
        client.get("/vi/my-collection/", {"items": items})  # what is kept between requests is there now
        with CaptureQueriesContext(connection) as queries:
            client.get("/vi/my-collection/", {"items": items})
        return len(queries)

    assert asked("an-nam,rut-roi") == asked("an-nam,chau-ban,rut-roi,khong-co")


def test_shared_in_english(client, stood):
    body = client.get("/en/my-collection/", {"items": "an-nam"}).text
    assert "Map of An Nam" in body and 'action="/en/my-collection/export/' in body


def test_too_many_are_refused_with_a_sentence(client):
    items = ",".join(f"item-{number}" for number in range(201))
    for address in ("/vi/my-collection/", "/vi/my-collection/export/ris/"):
        answer = client.get(address, {"items": items})
        assert answer.status_code == 400 and "nhiều nhất 200" in answer.text


@pytest.mark.parametrize("items", ["", ",", "A B,<script>,../x", "khong-co", "rut-roi"])
def test_nothing_to_export_is_said(client, stood, items):
    answer = client.get("/vi/my-collection/export/csv/", {"items": items})
    assert answer.status_code == 404 and "Không có tư liệu nào đang công bố" in answer.text
    assert "<script>," not in answer.text


@pytest.mark.parametrize(
    "form, kind, extension, holds",
    [
        ("bibtex", "application/x-bibtex", "bib", "@misc{an-nam,"),
        ("ris", "application/x-research-info-systems", "ris", "ID  - an-nam"),
        ("vietnamese", "text/plain", "txt", "/id/an-nam"),
        ("apa", "text/plain", "txt", "[Bản đồ]"),
        ("csv", "text/csv", "csv", "an-nam"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_exports(client, stood, form, kind, extension, holds, method):
    answer = getattr(client, method)(f"/vi/my-collection/export/{form}/", {"items": "an-nam,rut-roi"})
    assert answer.status_code == 200 and answer["Content-Type"].startswith(kind)
    assert answer["Content-Disposition"] == f'attachment; filename="cat-vang.{extension}"'
    text = answer.content.decode()
    assert holds in text and "bí mật" not in text
    assert ("rut-roi" in text) == (form != "ris")


def test_the_form_needs_no_token_and_its_answer_is_kept_nowhere(stood):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/vi/my-collection/export/csv/", {"items": "an-nam"})
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    assert Client().put("/vi/my-collection/export/csv/").status_code == 405


def test_an_export_by_address_has_an_etag(client, stood):
    address = "/vi/my-collection/export/ris/?items=an-nam"
    first = client.get(address)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.head(address).status_code == 200


def test_no_cell_is_a_formula(client, stood):
    data = {"items": "chau-ban,rut-roi", "note-chau-ban": "@cmd|' /C calc'!A0\nhai dòng"}
    answer = client.post("/vi/my-collection/export/csv/", data)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Thứ tự", "Số hiệu", "Loại hình", "Nhan đề"]
    assert rows[1][3] == "'" + HOSTILE and rows[1][-1] == "'@cmd|' /C calc'!A0\nhai dòng"
    assert rows[2][1] == "rut-roi" and "đã được rút" in rows[2][3]


def test_a_pdf_with_notes(client, stood):
    pytest.importorskip("weasyprint")
    data = {"items": "an-nam,rut-roi", "note-an-nam": "Xem lại <b>tờ 3</b>"}
    answer = client.post("/vi/my-collection/export/pdf/", data)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    import pypdfium2

    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    text = " ".join(text.split())
    assert "An Nam đại quốc họa đồ" in text and "Xem lại <b>tờ 3</b>" in text
    assert "rut-roi đã được rút" in text and "http://testserver/id/an-nam" in text.replace(" ", "")


def test_without_weasyprint_the_visitor_is_told_what_to_do(client, stood, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    answer = client.get("/vi/my-collection/export/pdf/", {"items": "an-nam"})
    assert answer.status_code == 503 and "in trang bộ sưu tập bằng trình duyệt" in answer.text
    assert 'href="/vi/my-collection/?items=an-nam"' in answer.text


def test_only_the_faces_that_a_text_needs_are_loaded():
    css = "@font-face{a;unicode-range:U+4E00-4E8F,U+9ec3}\n@font-face{b;unicode-range:U+20-7E}\n@font-face{c}"
    assert needed_faces(css, "黃") == ["@font-face{a;unicode-range:U+4E00-4E8F,U+9ec3}", "@font-face{c}"]
    assert len(needed_faces(css, "x")) == 2


def test_files_of_one_family_get_names_of_their_own():
    face = "@font-face{{font-family:'Noto';font-style:normal;font-weight:{};src:url({})}}".format
    faces, families = apart([face(400, "a"), face(500, "b"), face(400, "c"), face(500, "d"), face(400, "e")])
    assert [re.search("'(.*?)'", one)[1] for one in faces] == ["Noto", "Noto", "Noto 1", "Noto 1", "Noto 2"]
    assert families == {"Noto": ["Noto", "Noto 1", "Noto 2"]}


def test_han_of_many_files_comes_out_as_it_was_written(client, reviewer):
    """Twelve characters lie in as many font files; each must be told from the others in the finished PDF."""
    pytest.importorskip("weasyprint")
    han = "安南大國畫圖撫邊雜錄黃沙"
    publish(edition("han", "Bản đồ chữ Hán", "Map", han=han), reviewer)
    answer = client.get("/vi/my-collection/export/pdf/", {"items": "han"})
    import pypdfium2

    text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
    assert text.count(han) == 2  # below the title and in the citation


@pytest.mark.parametrize(
    "form, start", [("bibtex", "@misc{an-nam"), ("ris", "TY  - MAP"), ("apa", ""), ("vietnamese", "")]
)
def test_one_items_citation_has_an_address(client, stood, form, start):
    address = f"/en/items/an-nam/cite/{form}/"
    answer = client.get(address)
    assert answer.status_code == 200 and answer.text.startswith(start) and "Map of An Nam" in answer.text
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.get(f"/en/items/rut-roi/cite/{form}/").status_code == 410
    assert client.get(f"/en/items/khong-co/cite/{form}/").status_code == 404
    assert client.get("/en/items/an-nam/cite/mla/").status_code == 404


def test_exports_have_a_limit_for_others_and_none_for_this_computer(client, stood, settings):
    settings.RATE_LIMITS = {"export": 2}
    address = "/vi/my-collection/export/ris/?items=an-nam"
    got = [client.get(address, REMOTE_ADDR="192.0.2.7") for _ in range(3)]
    assert [answer.status_code for answer in got] == [200, 200, 429]
    assert 1 <= int(got[2]["Retry-After"]) <= 30 and "Xin thử lại sau" in got[2].text
    assert client.get(address, REMOTE_ADDR="192.0.2.8").status_code == 200
    assert {client.get(address).status_code for _ in range(5)} == {200}


# --- what Zotero reads ------------------------------------------------------------------------------------


def metas(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<meta name="([^"]+)" content="([^"]*)"', html)


def test_an_item_page_names_its_metadata(client, stood):
    html = client.get("/vi/items/an-nam/").text
    found = metas(html)
    assert ("z:itemType", "map") in found and ("citation_title", "An Nam đại quốc họa đồ") in found
    assert ("citation_public_url", "http://testserver/id/an-nam") in found
    assert [name for name, _ in found].count("citation_title") == 1
    assert any(name == "DC.title" for name, _ in found)
    assert 'rel="schema.DC" href="http://purl.org/dc/elements/1.1/"' in html
    for kind in ("application/x-bibtex", "application/x-research-info-systems"):
        address = re.search(rf'<link rel="alternate" type="{kind}" href="([^"]+)"', html)[1]
        assert client.get(address)["Content-Type"].startswith(kind)


def test_zoteros_unapi_translator_finds_ris(client, stood):
    """The steps of https://github.com/zotero/translators/blob/master/unAPI.js."""
    html = client.get("/vi/items/an-nam/").text
    resolver = re.search(r'<link rel="unapi-server"[^>]* href="([^"]+)"', html)[1]
    (identifier,) = re.findall(r'<abbr class="unapi-id" title="([^"]+)">', html)
    formats = [element.get("name") for element in ET.fromstring(client.get(resolver).content).iter("format")]
    assert formats[0] == "ris"  # of those that it knows, it takes RIS before BibTeX
    record = client.get(f"{resolver}?id={identifier}&format=ris").text
    assert record.startswith("TY  - MAP\r\n") and "AU  - Jean-Louis Taberd" in record
    assert client.get(f"{resolver}?id={identifier}").status_code == 300
    assert client.get(f"{resolver}?id={identifier}&format=mods").status_code == 406
    assert client.get(f"{resolver}?id=rut-roi&format=ris").status_code == 410
    assert client.get(f"{resolver}?id=khong-co").status_code == 404


def test_hostile_words_stay_words_in_the_head(client, reviewer):
    publish(edition("hostile", '"><script>alert(1)</script>', "x"), reviewer)
    html = client.get("/vi/items/hostile/").text
    assert "<script>alert(1)" not in html and "&quot;&gt;&lt;script&gt;" in html


# --- limits ---------------------------------------------------------------------------------------------


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_bucket_fills_evenly():
    clock = Clock()
    buckets = limits.Buckets(clock)
    assert [buckets.take("a", "x", 60) for _ in range(61)] == [0] * 60 + [1]
    clock.now = 0.9
    assert buckets.take("a", "x", 60) == 1
    clock.now = 1.0
    assert [buckets.take("a", "x", 60) for _ in range(2)] == [0, 1]
    assert buckets.take("b", "x", 60) == 0 and buckets.take("a", "y", 60) == 0
    clock.now = 1000
    assert [buckets.take("a", "x", 60) for _ in range(61)].count(0) == 60  # no more than a minute's is saved up


def test_buckets_forget_whom_they_saw_longest_ago():
    buckets = limits.Buckets(Clock(), most=2)
    assert [buckets.take("a", who, 1) for who in ("x", "y", "x", "z", "y")] == [0, 0, 60, 0, 0]


@pytest.mark.parametrize(
    "address, wanted",
    [
        ("127.0.0.1", ""),
        ("::1", ""),
        ("::ffff:127.0.0.1", ""),
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_who_is_counted(address, wanted):
    assert limits.reader(address) == wanted


def test_behind_a_proxy_the_visitor_is_counted_and_not_the_proxy(settings):
    settings.AXES_CLIENT_IP_CALLABLE = "config.lockout.client_address"
    settings.RATE_LIMITS = {"search": 1}

    def asked(real):
        return RequestFactory().get("/", REMOTE_ADDR="172.18.0.2", HTTP_X_REAL_IP=real)

    assert [limits.wait(asked(real), "search") > 0 for real in ("192.0.2.1", "192.0.2.2", "192.0.2.1")] == [0, 0, 1]


def test_a_header_is_not_believed_where_no_proxy_stands(settings):
    settings.RATE_LIMITS = {"search": 1}
    forged = [RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_REAL_IP=f"10.0.0.{n}") for n in range(2)]
    assert [limits.wait(request, "search") > 0 for request in forged] == [False, True]
