"""Citations, by tables: names, dates, laws, papers, signs that mean something to LaTeX and RIS."""

import re

import pytest

from archive.citing.apa import apa
from archive.citing.bibtex import bibtex, escape
from archive.citing.formats import FORMATS, listed
from archive.citing.people import Name, initials, read
from archive.citing.ris import ris
from archive.citing.runs import as_html, plain, sentence
from archive.citing.vietnamese import vietnamese
from tests.look.documents import both, empty

BASE = "https://hoangsa.example.vn"
AT = f"{BASE}/id/vn-map-1838"


def agent(name: str, role: str = "creator", kind: str = "person", en: str = "") -> dict:
    return {
        "key": "a", "name": {"vi": name, "en": en or name}, "role": role, "kind": kind, "dates": "", "other_names": []
    }  # fmt: skip


def dated(edtf: str, first: int | None, last: int | None) -> dict:
    return {"edtf": edtf, "from": first, "to": last, "display": both(f"năm {first}"), "as_written": ""}


def law(number: str = "18/2012/QH13", issued: str | None = "2012-06-21") -> dict:
    return {"number": number, "issued": issued, "in_force_from": None, "in_force_to": None, "articles": []}


NAMES = [
    ("Lê Quý Đôn", "person", Name("Lê", "Quý Đôn", True)),
    ("Lê Quý Đôn (1726–1784)", "", Name("Lê", "Quý Đôn", True)),
    ("Nguyễn Văn Ngữ, Thủ ngự cửa biển Đà Nẵng", "", Name("Nguyễn", "Văn Ngữ", True)),
    ("Đỗ Bá (tự Công Đạo)", "", Name("Đỗ", "Bá", True)),
    ("Jean-Louis Taberd (1794–1840)", "", Name("Taberd", "Jean-Louis")),
    ("Taberd, Jean-Louis", "person", Name("Taberd", "Jean-Louis")),
    ("Fernão Vaz Dourado (khoảng 1520–1580)", "", Name("Vaz Dourado", "Fernão")),
    ("Jan Huygen van Linschoten", "person", Name("van Linschoten", "Jan Huygen")),
    ("Minh Mạng", "person", Name("Minh Mạng")),  # a reign has no family name
    ("黎貴惇", "person", Name("黎貴惇")),
    ("Bộ Công triều Nguyễn", "", Name("Bộ Công triều Nguyễn")),
    ("China Inland Mission", "", Name("China Inland Mission")),
    ("Sở Lưu trữ, Hà Nội", "body", Name("Sở Lưu trữ, Hà Nội")),
    ("Voltaire", "person", Name("Voltaire")),
]


@pytest.mark.parametrize("text, kind, wanted", NAMES)
def test_names_are_taken_apart(text, kind, wanted):
    assert read(text, kind) == wanted


@pytest.mark.parametrize(
    "given, wanted", [("Jean-Louis", "J.-L."), ("Quý Đôn", "Q. Đ."), ("J.", "J."), ("", ""), ("-", "")]
)
def test_initials(given, wanted):
    assert initials(given) == wanted


# changes of an empty document, language, style of the Ministry of Education, APA 7
STYLES = [
    (
        {},
        "vi",
        f"Đại Nam nhất thống toàn đồ (không rõ năm), Cát Vàng, bản công bố số 1, {AT}",
        f"Đại Nam nhất thống toàn đồ [Bản đồ]. (không rõ năm). Cát Vàng (bản công bố số 1). {AT}",
    ),
    (
        {"title_original": [{"text": "大南一統全圖", "lang": "lzh"}], "reading": "Đại Nam nhất thống toàn đồ"},
        "en",
        f"Complete Map of the Unified Đại Nam 大南一統全圖 (n.d.), Cát Vàng, edition 1, {AT}",
        f"Đại Nam nhất thống toàn đồ [Complete Map of the Unified Đại Nam] [Map]. (n.d.). Cát Vàng (edition 1). {AT}",
    ),
    (
        {
            "kind": "book",
            "title": both("Phủ biên tạp lục"),
            "agents": [agent("Lê Quý Đôn")],
            "date": dated("1776~", 1776, 1776),
            "institution": {"key": "i", "name": both("Viện Nghiên cứu Hán Nôm"), "url": ""},
            "shelfmarks": ["A.184"],
        },
        "vi",
        "Lê Quý Đôn (khoảng 1776), Phủ biên tạp lục, Viện Nghiên cứu Hán Nôm, ký hiệu A.184, Cát Vàng, bản công bố số "
        f"1, {AT}",
        f"Lê, Q. Đ. (khoảng 1776). Phủ biên tạp lục. Viện Nghiên cứu Hán Nôm, A.184. Cát Vàng (bản công bố số 1). {AT}",
    ),
    (
        {
            "agents": [agent("Jean-Louis Taberd"), agent("Phan Huy Chú"), agent("Oriental Press", "publisher", "body")],
            "date": dated("1838/1841", 1838, 1841),
            "place_of_publication": both("Calcutta"),
        },
        "en",
        "Taberd, Jean-Louis and Phan Huy Chú (1838–1841), Complete Map of the Unified Đại Nam, Oriental Press, "
        f"Calcutta, Cát Vàng, edition 1, {AT}",
        "Taberd, J.-L., & Phan, H. C. (1838–1841). Complete Map of the Unified Đại Nam [Map]. Oriental Press. "
        f"Cát Vàng (edition 1). {AT}",
    ),
    (
        {
            "kind": "legal_text",
            "title": both("Luật Biển Việt Nam"),
            "legal": law(),
            "agents": [agent("Quốc hội", "issuer", "body")],
        },
        "vi",
        "Quốc hội (2012), Luật Biển Việt Nam, số 18/2012/QH13, ngày 21 tháng 6 năm 2012, Cát Vàng, bản công bố số 1, "
        f"{AT}",
        f"Luật Biển Việt Nam, 18/2012/QH13 (2012). Quốc hội. Cát Vàng (bản công bố số 1). {AT}",
    ),
    (
        {"kind": "legal_text", "title": both("Sắc lệnh 143-NV"), "legal": law("143-NV", "1956-10-22")},
        "en",
        f"Sắc lệnh 143-NV (1956), 22 October 1956, Cát Vàng, edition 1, {AT}",
        f"Sắc lệnh 143-NV (1956). Cát Vàng (edition 1). {AT}",
    ),
    (
        {
            "kind": "press_item",
            "title": both("Les îles Paracels"),
            "agents": [agent("Henri Cucherousset"), agent("L'Éveil économique", "publisher", "body")],
            "date": dated("1929-05-19", 1929, 1929),
        },
        "en",
        f"Cucherousset, Henri (1929), “Les îles Paracels”, 19 May 1929, L'Éveil économique, Cát Vàng, edition 1, {AT}",
        f"Cucherousset, H. (1929, May 19). Les îles Paracels. L'Éveil économique. Cát Vàng (edition 1). {AT}",
    ),
    (
        {"date": dated("../1790", None, 1790)},
        "vi",
        f"Đại Nam nhất thống toàn đồ (–1790), Cát Vàng, bản công bố số 1, {AT}",
        f"Đại Nam nhất thống toàn đồ [Bản đồ]. (–1790). Cát Vàng (bản công bố số 1). {AT}",
    ),
]


@pytest.mark.parametrize("changes, lang, in_vietnamese, in_apa", STYLES)
def test_styles(changes, lang, in_vietnamese, in_apa):
    document = empty(**changes)
    assert plain(vietnamese(document, lang, BASE)) == in_vietnamese
    assert plain(apa(document, lang, BASE)) == in_apa


def test_more_than_twenty_authors_are_shortened():
    """APA 7, 9.8: the first nineteen, three points, the last."""
    found = plain(apa(empty(agents=[agent(f"Ann Name{number}") for number in range(25)]), "en", BASE))
    assert "Name18, A., . . . Name24, A. (n.d.)" in found and "Name19" not in found


def test_titles_stand_in_italics_and_nothing_else_is_markup():
    html = as_html(apa(empty(title=both("<b>A & B</b>")), "en", BASE))
    assert html.startswith("<i>&lt;b&gt;A &amp; B&lt;/b&gt;</i> [Map]")
    assert "<i>" not in as_html(apa(empty(kind="press_item"), "en", BASE))


def test_a_part_that_ends_in_a_mark_gets_no_second_one():
    assert plain(sentence("J. K.", [], "Ai?", "", "Cát Vàng", "https://x.vn/a")) == "J. K. Ai? Cát Vàng. https://x.vn/a"


LATEX = [
    ("50 % & $3", r"50 \% \& \$3"),
    ("a_b#c", r"a\_b\#c"),
    ("{x}", r"\{x\}"),
    ("~^\\", r"\textasciitilde{}\textasciicircum{}\textbackslash{}"),
    ("hai\ndòng\t黃沙 𡉏", "hai dòng 黃沙 𡉏"),
]


@pytest.mark.parametrize("text, wanted", LATEX)
def test_latex_signs_are_escaped(text, wanted):
    assert escape(text) == wanted


def test_a_bibtex_entry():
    document = empty(
        agents=[agent("Lê Quý Đôn"), agent("Bộ Lễ, triều Nguyễn and sons", kind="body")],
        date=dated("1776/1780", 1776, 1780),
        title=both("Bản đồ {50%}"),
        title_original=[{"text": "黃沙", "lang": "lzh"}],
        languages=["lzh", "vi"],
    )
    assert bibtex(document, "vi", BASE) == (
        "@misc{vn-map-1838,\n"
        "  author = {Lê, Quý Đôn and {Bộ Lễ, triều Nguyễn and sons}},\n"
        "  title = {{Bản đồ \\{50\\%\\}}},\n"
        "  year = {1776--1780},\n"
        "  howpublished = {Bản đồ},\n"
        "  note = {黃沙},\n"
        "  language = {lzh, vi},\n"
        f"  url = {{{AT}}}\n"
        "}\n"
    )


@pytest.mark.parametrize(
    "kind, publisher, wanted",
    [
        ("book", "", "@book{"),
        ("manuscript", "", "@unpublished{"),
        ("press_item", "Nam Phong", "@article{"),
        ("press_item", "", "@misc{"),
        ("map", "", "@misc{"),
    ],
)
def test_bibtex_types_have_the_fields_that_they_need(kind, publisher, wanted):
    agents = [agent(publisher, "publisher", "body")] if publisher else []
    found = bibtex(empty(kind=kind, agents=agents), "vi", BASE)
    assert found.startswith(wanted)
    assert ("journal = {Nam Phong}" in found) == (wanted == "@article{")
    assert wanted != "@unpublished{" or "note = " in found  # BibTeX asks for one


def test_an_ris_record():
    document = empty(
        agents=[agent("Jean-Louis Taberd", "cartographer"), agent("Bộ Lễ, Huế", kind="body")],
        date=dated("1838-05", 1838, 1838),
        description=both("Dòng một.\nER  - \nTY  - BOOK"),
        institution={"key": "i", "name": both("Thư viện Quốc gia"), "url": ""},
        shelfmarks=["A.1"],
    )
    lines = ris(document, "vi", BASE).split("\r\n")
    assert lines[0] == "TY  - MAP" and lines[-3:] == ["ER  - ", "", ""]
    assert "AU  - Taberd, Jean-Louis" in lines and "AU  - Bộ Lễ Huế" in lines
    assert "PY  - 1838" in lines and "DA  - 1838/05//" in lines
    assert "DB  - Thư viện Quốc gia" in lines and "AN  - A.1" in lines and f"UR  - {AT}" in lines
    assert "AB  - Dòng một. ER - TY - BOOK" in lines
    assert sum(line.startswith("TY  - ") for line in lines) == 1


@pytest.mark.parametrize(
    "kind, wanted",
    [("map", "MAP"), ("legal_text", "STAT"), ("press_item", "NEWS"), ("photograph", "ART"), ("book", "BOOK")],
)
def test_ris_types(kind, wanted):
    assert ris(empty(kind=kind), "en", BASE).startswith(f"TY  - {wanted}\r\n")


def test_a_law_has_its_number_and_day_in_ris():
    lines = ris(empty(kind="legal_text", legal=law()), "vi", BASE).split("\r\n")
    assert {"M1  - 18/2012/QH13", "DA  - 2012/06/21/", "PY  - 2012"} <= set(lines)


@pytest.mark.parametrize("name", FORMATS)
def test_lists_keep_the_order_and_part_the_items(name):
    documents = [empty(identifier=f"item-{number}", title=both(f"Nhan đề {number}")) for number in (2, 1, 3)]
    text = listed(name, documents, "vi", BASE)
    assert re.findall(r"/id/(item-\d)", text) == ["item-2", "item-1", "item-3"]
    assert listed(name, [], "vi", BASE) == ""
