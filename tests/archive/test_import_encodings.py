"""Text of before Unicode: recognised and named, converted when asked; other languages are left alone."""

import json
import unicodedata
from pathlib import Path

import pytest
from babel import Locale
from openpyxl import Workbook
from openpyxl.styles import Font

from archive.importing import encodings, legacy, sheets
from archive.importing.cells import Faulty
from archive.importing.mapping import Mapping
from archive.importing.syllables import is_syllable
from archive.importing.xlsx import SheetError

# --- the other way round: Vietnamese as those programs stored it -------------------------------------------


def _vni_pairs() -> dict[str, str]:
    marks = [("aeouyôöAEOUYÔÖ", "ùøûõï"), ("aeoAEO", "âáàåãä"), ("aA", "êéèúüë")]
    pairs = [base + (m.upper() if base.isupper() else m) for bases, some in marks for base in bases for m in some]
    return {legacy.convert(old, "vni"): old for old in (*pairs, *"ôöæóòîñÔÖÆÓÒÎÑíìÍÌ")}


OLD = {
    "tcvn3": {new: old for old, new in legacy.TCVN3_TABLE.items()},
    "viscii": {new: old for old, new in legacy.VISCII_TABLE.items()},
    "vni": _vni_pairs(),
}


def old(text: str, name: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if name == "utf8":
        return "".join(legacy.WINDOWS[byte] for byte in text.encode())
    if name == "cp1258":
        return "".join(_old_windows(letter) for letter in text)
    return "".join(OLD[name].get(c, OLD[name].get(c.lower(), c) if name == "tcvn3" else c) for c in text)


def _old_windows(letter: str) -> str:
    try:
        data = letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tone))
        data = (base + tone).encode("cp1258")
    return "".join(legacy.WINDOWS[byte] for byte in data)


VIETNAMESE = [
    "Bản đồ Đại Nam nhất thống toàn đồ",
    "Phủ biên tạp lục chép về Bãi Cát Vàng ngoài cửa biển Quảng Ngãi",
    "Châu bản triều Nguyễn, Minh Mạng năm thứ 19",
    "Quần đảo Hoàng Sa và quần đảo Trường Sa của Việt Nam",
    "Sắc chỉ của triều đình cử đội thuyền đi Hoàng Sa",
    "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Trung tâm Lưu trữ quốc gia I, Hà Nội",
]


@pytest.mark.parametrize("name", ["tcvn3", "vni", "viscii", "cp1258", "utf8"])
@pytest.mark.parametrize("text", VIETNAMESE)
def test_legacy_text_is_recognised_and_converted(text, name):
    assert legacy.recognise(old(text, name)) == name
    assert legacy.convert(old(text, name), name) == text


@pytest.mark.parametrize(
    "text, name, reads",
    [
        ("B¶n ®å", "tcvn3", "Bản đồ"),
        ("Hoµng Sa", "tcvn3", "Hoàng Sa"),
        ("B¶N §å HOµNG SA", "tcvn3", "BẢN ĐỒ HOÀNG SA"),
        ("Baûn ñoà", "vni", "Bản đồ"),
        ("BAÛN ÑOÀ HOAØNG SA", "vni", "BẢN ĐỒ HOÀNG SA"),
        ("Hoaøng Sa", "vni", "Hoàng Sa"),
        ("Bän ð°", "viscii", "Bản đồ"),
        ("Báº£n Ä‘á»“", "utf8", "Bản đồ"),
        ("16Â°30'", "utf8", "16°30'"),
        ("MÃ©moire sur la gÃ©ographie", "utf8", "Mémoire sur la géographie"),
        ("B¶n ®å 36 × 24 cm", "tcvn3", "Bản đồ 36 × 24 cm"),
        ("B¶n ®å cña Jean-Louis Taberd, Calcutta 1838", "tcvn3", "Bản đồ của Jean-Louis Taberd, Calcutta 1838"),
        ("Hoµng Sa và Tr­êng Sa của Việt Nam", "tcvn3", "Hoàng Sa và Trường Sa của Việt Nam"),  # half converted
    ],
)
def test_single_cells(text, name, reads):
    assert (legacy.recognise(text), legacy.convert(text, name)) == (name, reads)


@pytest.mark.parametrize(
    "text",
    [
        *VIETNAMESE,
        "Hà Tiên, Gò Công, Tân An",
        "bãi cát vàng",
        "Carte générale de l'Île de Haïnan, où l'on a marqué les côtes",
        "août",
        "goût naïf de l'abbé Caïn",
        "où est le laïc Loïc ?",
        "«Carte de la Cochinchine»",
        "« né à Hué »",
        "né",
        "thé",
        "Thaï",
        "Feuille n° 12, 2ª ed., 1re éd.",
        "N° 5, An Nam",
        "Mª José Núñez",
        "Mapa de las Indias Orientales, año de 1595, España",
        "São Tomé e Príncipe; não há; à mão; João de Barros, décadas da Ásia",
        "più però può così",
        "Bücher über Süd-Asien, Größe 5 × 7, Köln",
        "Für König und Straße",
        "Søren Kierkegaard, Århus, Tromsø",
        "Åbo, Göteborg, Malmö, på svenska",
        "Tabula Asiæ nova, œuvres, Ptolemæus, poëta, aër",
        "Seán Ó hÉigeartaigh",
        "Plan de l’isle Poulo-Condor – échelle 1:50 000",
        "5 µm, 16°30'B, ±3, ½, §5, © 2017, ¶ 3, 1·5",
        "皇沙 大南一統全圖",
        "Đại Nam nhất thống toàn đồ 大南一統全圖, chép chữ Bãi Cát Vàng",
        "Пара́сельские острова",
        "Ελλάδα",
        "",
        "ñ",
        "ø",
        "ß",
    ],
)
def test_texts_of_other_languages_and_of_unicode_are_let_be(text):
    assert legacy.recognise(text) is None
    assert legacy.recognise(unicodedata.normalize("NFD", text)) is None


LANGUAGES = "fr de pt es it da sv nb nl fi et pl cs tr hu ro is ga ca eo zh ja lb gl eu fo af cy br hr lv mt vi".split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_the_world_are_let_be(language):
    locale = Locale.parse(language)
    names = [*locale.territories.values(), *locale.languages.values(), *locale.currencies.values()]
    names += [zone["city"] for zone in locale.time_zones.values() if "city" in zone]
    assert len(names) > 300
    assert [name for name in names if legacy.recognise(name)] == []


def texts_in(value) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, (list, dict)):
        return [text for one in (value.values() if isinstance(value, dict) else value) for text in texts_in(one)]
    return []


def test_the_demonstration_is_let_be_and_is_recognised_when_it_is_legacy():
    folder = Path(__file__).parents[2] / "archive" / "demo"
    texts = {text for path in folder.glob("*.json") for text in texts_in(json.loads(path.read_text()))}
    assert len(texts) > 500
    assert [text for text in texts if legacy.recognise(text)] == []
    own = [t for t in texts if len(t) > 60 and all(ord(c) < 256 or c in legacy.UNICODE_ONLY for c in t)]
    own = [t for t in own if sum(c in legacy.UNICODE_ONLY for c in t) > 8]
    assert len(own) > 50
    for name in ("tcvn3", "vni", "viscii", "utf8"):
        found = [legacy.recognise(old(text, name)) for text in own]
        assert set(found) <= {name, None} and found.count(name) > 0.99 * len(own), name


def test_tables_are_those_of_the_standards():
    """A few places of each, as TCVN 5712 and RFC 1456 print them."""
    tcvn = {
        0xA7: "Đ",
        0xAE: "đ",
        0xB5: "à",
        0xB9: "ạ",
        0xD0: "é",
        0xDC: "ĩ",
        0xE4: "ọ",
        0xEF: "ù",
        0xFE: "ỵ",
        0xAD: "ư",
    }
    assert {byte: legacy.TCVN3_TABLE[chr(byte)] for byte in tcvn} == tcvn
    viscii = {0x80: "Ạ", 0xD0: "Đ", 0xF0: "đ", 0xE4: "ả", 0xAA: "ế", 0xFF: "Ữ", 0x9F: "Ỳ", 0xA0: "Õ", 0xD5: "ạ"}
    assert {byte: legacy.VISCII_TABLE[legacy.WINDOWS[byte]] for byte in viscii} == viscii
    for table, letters in ((legacy.TCVN3_TABLE, 74), (legacy.VISCII_TABLE, 128)):
        assert len(table) == len(set(table.values())) == letters


@pytest.mark.parametrize(
    "word", "Hoàng hoà hòa Sa quốc khuya nghiêng giếng gì Nguyễn thuở ườn quyển ỷ yêu Phú Thọ kỳ xoong".split()
)
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", "bat carte gỏt Hoaøng ngin cê kơx thộng1 zà Bửcher tốố wa aa".split())
def test_what_is_no_syllable(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    "font, says",
    [
        (".VnTime", ("tcvn3", False)),
        (".VnTimeH", ("tcvn3", True)),
        ("VNI-Times", ("vni", False)),
        ("Arial", (None, False)),
    ],
)
def test_fonts(font, says):
    assert legacy.font_says(font) == says


# --- CSV files --------------------------------------------------------------------------------------------

CSV = "Số hiệu;Loại hình;Nhan đề (vi)\nvn-1;Bản đồ;Đại Nam nhất thống toàn đồ\nvn-2;Sách cổ;Phủ biên tạp lục\n"


def bytes_of(text: str) -> bytes:
    return bytes(legacy.BYTE_OF[letter] for letter in text)


def read(path, convert=False, **mapping):
    return sheets.read(path, Mapping(**mapping), convert)


@pytest.mark.parametrize(
    "data, codec, name",
    [
        (CSV.encode(), "utf-8-sig", "UTF-8"),
        (CSV.encode("utf-8-sig"), "utf-8-sig", "UTF-8"),
        (CSV.encode("utf-16"), "utf-16", "UTF-16"),
        (CSV.encode("utf-32"), "utf-32", "UTF-32"),
        (b"\x00\x00\xfe\xff" + CSV.encode("utf-32-be"), "utf-32", "UTF-32"),
        (CSV.encode("utf-16-be"), "utf-16-be", "UTF-16"),
        (bytes_of(old(CSV, "cp1258")), "cp1258", "Windows-1258"),
        (bytes_of(old(CSV, "tcvn3")), "latin-1", "TCVN3 (ABC)"),
        (bytes_of(old(CSV, "vni")), "latin-1", "VNI"),
        (bytes_of(old(CSV, "viscii")), "latin-1", "VISCII"),
        ("Identifier;Title\nfr-1;Carte générale des côtes\n".encode("cp1252"), "latin-1", "Windows-1252"),
    ],
)
def test_encoding_of_a_file(tmp_path, data, codec, name):
    (tmp_path / "a.csv").write_bytes(data)
    found = encodings.detect(tmp_path / "a.csv")
    assert (found.codec, found.name) == (codec, name)


@pytest.mark.parametrize("name", ["tcvn3", "vni", "viscii"])
def test_a_legacy_file_is_named_and_converted_when_asked(tmp_path, name):
    (tmp_path / "a.csv").write_bytes(bytes_of(old(CSV, name)))
    table = read(tmp_path / "a.csv")
    cells = [cell for _number, row in table.rows() for cell in (row["kind"], row["title_vi"])]
    assert all(isinstance(cell, Faulty) for cell in cells)
    assert cells[1].values["reads"] == "Đại Nam nhất thống toàn đồ" and cells[1].values["name"] == legacy.NAMES[name]
    assert any(legacy.NAMES[name] in note and "chưa chuyển" in note for note in table.notes())
    table = read(tmp_path / "a.csv", convert=True)
    rows = [row for _number, row in table.rows()]
    assert [(row["kind"], row["title_vi"]) for row in rows] == [
        ("Bản đồ", "Đại Nam nhất thống toàn đồ"),
        ("Sách cổ", "Phủ biên tạp lục"),
    ]
    assert any("4" in note and legacy.NAMES[name] in note for note in table.notes())


def test_western_text_is_read_as_such(tmp_path):
    (tmp_path / "a.csv").write_bytes("Identifier;Title (vi)\npt-1;São João – Índia\n".encode("cp1252"))
    table = read(tmp_path / "a.csv")
    assert [row["title_vi"] for _number, row in table.rows()] == ["São João – Índia"]
    assert "Windows-1252" in " ".join(table.notes())


def test_a_broken_line_of_utf8_is_named(tmp_path):
    lines = [f"vn-{n};Đường trong {n}".encode() for n in range(40)]
    lines[20] = b"vn-x;\xc4Duong"
    (tmp_path / "a.csv").write_bytes("Số hiệu;Nhan đề\n".encode() + b"\n".join(lines))
    with pytest.raises(SheetError) as caught:
        encodings.detect(tmp_path / "a.csv")
    assert "22" in str(caught.value)


def test_decomposed_cells_are_composed_and_counted(tmp_path):
    (tmp_path / "a.csv").write_text(unicodedata.normalize("NFD", CSV), encoding="utf-8")
    table = read(tmp_path / "a.csv")
    assert [row["title_vi"] for _number, row in table.rows()] == ["Đại Nam nhất thống toàn đồ", "Phủ biên tạp lục"]
    assert table.notes() == ["4 ô ở dạng tổ hợp (NFD), đã chuẩn hoá."]
    (tmp_path / "b.csv").write_text(CSV, encoding="utf-8")
    table = read(tmp_path / "b.csv")
    assert list(table.rows()) and table.notes() == []


# --- workbooks -----------------------------------------------------------------------------------------------


def workbook(path, *rows, font=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell in book.active[2] if font else ():
        cell.font = Font(name=font)
    book.save(path)


HEAD = ["Số hiệu", "Nhan đề (vi)", "Mô tả (vi)"]


def test_cells_of_a_workbook(tmp_path):
    rows = [["vn-1", old("Đại Nam nhất thống toàn đồ", "tcvn3"), "Sách của người Việt"], ["vn-2", "sè", "thé à Huế"]]
    workbook(tmp_path / "a.xlsx", HEAD, *rows)
    (_n, first), (_m, second) = read(tmp_path / "a.xlsx", convert=True).rows()
    assert first["title_vi"] == "Đại Nam nhất thống toàn đồ" and first["description_vi"] == "Sách của người Việt"
    # A doubtful cell goes with its column, not with the others.
    assert second["title_vi"] == "số" and second["description_vi"] == "thé à Huế"


def test_the_font_decides_where_the_words_do_not(tmp_path):
    workbook(tmp_path / "a.xlsx", HEAD, ["vn-1", "sè", "hoµng"], font=".VnTimeH")
    ((_n, row),) = read(tmp_path / "a.xlsx", convert=True).rows()
    assert (row["title_vi"], row["description_vi"]) == ("SỐ", "HOÀNG")
    workbook(tmp_path / "b.xlsx", HEAD, ["vn-1", "Hà Tiên của Việt", "Đúng là Unicode"], font=".VnTime")
    ((_n, row),) = read(tmp_path / "b.xlsx", convert=True).rows()
    assert (row["title_vi"], row["description_vi"]) == ("Hà Tiên của Việt", "Đúng là Unicode")


def test_headings_in_legacy_text(tmp_path):
    workbook(tmp_path / "a.xlsx", [old(text, "vni") for text in HEAD], ["vn-1", old("Bản đồ cổ", "vni"), ""])
    ((_n, row),) = read(tmp_path / "a.xlsx", convert=True).rows()
    assert row["title_vi"] == "Bản đồ cổ"


def test_a_mapping_file_converts_or_forbids(tmp_path):
    workbook(tmp_path / "a.xlsx", HEAD, ["vn-1", "B¶n ®å", "thuéc"])
    ((_n, row),) = read(tmp_path / "a.xlsx", legacy="tcvn3").rows()
    assert (row["title_vi"], row["description_vi"]) == ("Bản đồ", "thuộc")
    ((_n, row),) = read(tmp_path / "a.xlsx", convert=True, legacy="none").rows()
    assert row["title_vi"] == "B¶n ®å"
