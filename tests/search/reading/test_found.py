"""What the language of the box finds, alike on both engines."""

import pytest

from search.documents import index_document
from search.engines.elastic import Elastic
from search.engines.embedded import Embedded
from search.plan import plan
from search.query import understand
from search.reading import telex
from tests.search.factories import both, edition

pytestmark = pytest.mark.elasticsearch
NAMES = ("embedded", "elasticsearch")


def collection() -> list[dict]:
    return [
        edition("quy-hoa", "Quý Hoà phủ", "Quy Hoa", kind="manuscript", years=(1700, 1700)),
        edition("thuy", "Thúy Ái tự", "Thuy Ai", kind="manuscript"),
        edition("thui", "Than thúi", "Charcoal", kind="object"),
        edition("ly-son", "Bản đồ đảo Lý Sơn", "Map of Ly Son", kind="map", years=(1838, 1838), languages=["fr"]),
        edition("do-vui", "Ban đố vui", "Riddles", kind="book"),
        edition("truong-sa", "Trường Sa", "Spratly", kind="map", years=(1933, 1933)),
        edition("ban-quoc", "Bản quốc địa đồ", "Map of the country", kind="map", han="本國地圖", years=(1650, 1690)),
        edition(
            "bao-dai",
            "Châu bản tháng 12 năm Bảo Đại thứ 13",
            "Royal record",
            kind="official_document",
            years=(1939, 1939),
        ),
        edition(
            "bao-dai-12", "Châu bản năm Bảo Đại thứ 12", "Royal record", kind="official_document", years=(1937, 1937)
        ),
        edition(
            "nghi-dinh",
            "Nghị định 65/2007/NĐ-CP",
            "Decree 65/2007/ND-CP",
            kind="legal_text",
            years=(2007, 2007),
            description=both("Kèm bản đồ tỉ lệ 1:10.000, công báo tr. 23."),
        ),
        edition(
            "tap-luc", "Phủ biên tạp lục, quyển thứ X", "Miscellany", kind="book", shelfmarks=["A.184/1", "VHv.1230"]
        ),
    ]


# (what is typed, further parameters, all that is found)
FOUND = [
    ("quí hòa", {}, {"quy-hoa"}),
    ("QUÝ HOÀ", {}, {"quy-hoa"}),
    ("Qúy Hòa", {"literal": "1"}, {"quy-hoa"}),
    ("quy hoa", {"literal": "1", "lang": "vi"}, {"quy-hoa"}),
    ("thuý", {}, {"thuy"}),
    ("thuy", {}, {"thuy"}),
    ("thui", {}, {"thui"}),
    ("lí sơn", {}, {"ly-son"}),
    ("Truờng sa", {}, {"truong-sa"}),
    ("本国地図", {}, {"ban-quoc"}),
    ("本国地图", {}, {"ban-quoc"}),
    ("圖", {}, {"ban-quoc"}),
    ("NĐ 65/2007", {}, {"nghi-dinh"}),
    ("nghị định số 65/2007/NĐ-CP", {}, {"nghi-dinh"}),
    ("65/2008", {}, set()),
    ("1/10 000", {}, {"nghi-dinh"}),
    ("1:10,000", {}, {"nghi-dinh"}),
    ("1:100.000", {}, set()),
    ("trang 23", {}, {"nghi-dinh"}),
    ("tr. 2", {}, set()),
    ("q.10", {}, {"tap-luc"}),
    ("quyển 1", {}, set()),
    ("A 184/1", {}, {"tap-luc"}),
    ("vhv 1230", {}, {"tap-luc"}),
    ("VHv1230", {}, {"tap-luc"}),
    ("bản đồ 1838", {}, {"ly-son"}),
    ("ban do the ky 17", {}, {"ban-quoc"}),
    ("ban do thap nien 1830", {}, {"ly-son"}),
    ("Bảo Đại 13", {}, {"bao-dai"}),
    ("chau ban bao dai thu 12", {}, {"bao-dai-12"}),
    ("trước 1695", {}, {"ban-quoc"}),
    ("sau 1954", {}, {"nghi-dinh"}),
    ("năm:1838", {}, {"ly-son"}),
    ("kind:map", {}, {"ly-son", "truong-sa", "ban-quoc"}),
    ('loại:"bản đồ" -title:lý', {}, {"truong-sa", "ban-quoc"}),
    ("-kind:map bản đồ", {}, {"nghi-dinh", "do-vui"}),
    ("kind:map ngonngu:phap", {}, {"ly-son"}),
    ("title:địa", {}, {"ban-quoc"}),
    ("sohieu:65/2007", {}, {"nghi-dinh"}),
    ("title:thuý OR title:thúi", {}, {"thuy", "thui"}),
]


@pytest.fixture(scope="module")
def engines(tmp_path_factory, elasticsearch_url):
    """Both engines over the same documents: {name: (engine, index)}."""
    ready = {
        "embedded": (Embedded(tmp_path_factory.mktemp("index")), "embedded-v1-1"),
        "elasticsearch": (Elastic(elasticsearch_url, "language"), "language-v1-1"),
    }
    documents = [index_document(document) for document in collection()]
    for engine, index in ready.values():
        engine.create(index)
        engine.write(index, documents, [], 1)
        engine.settle()
        engine.publish(index)
    yield ready
    ready["elasticsearch"][0].client.indices.delete(index="language-v1-1")


@pytest.fixture(params=NAMES)
def find(request, engines):
    engine, index = engines[request.param]

    def search(query, **how) -> list[str]:
        return [hit.identifier for hit in engine.search(index, plan(query, **how)).hits]

    return search


@pytest.mark.parametrize("typed, params, wanted", FOUND)
def test_what_is_found(find, typed, params, wanted):
    assert set(find(understand({"q": typed, **params}, "vi"))) == wanted


@pytest.mark.parametrize("typed", ["Truwowngf Sa", "Truong72 Sa", "Truongf Sa"])
def test_keystrokes_find_as_a_second_reading(find, typed):
    query, second = understand({"q": typed}, "vi"), understand({"q": telex.read(typed)}, "vi")
    assert find(query) == []
    assert find(query, second=second) == ["truong-sa"]


@pytest.mark.parametrize("typed", ["Chường Xa", "truon xa"])
def test_confused_spellings_find_as_a_third(find, typed):
    query = understand({"q": typed}, "vi")
    assert find(query) == []
    assert find(query, spelled=True) == ["truong-sa"]


def test_what_is_marked_right_ranks_above_what_only_folds_so(find):
    assert find(understand({"q": "thúi"}, "vi")) == ["thui"]
    assert find(understand({"q": "do vui"}, "vi")) == ["do-vui"]
    # Half typed: the word that is marked decides.
    *marked, last = find(understand({"q": "ban đồ"}, "vi"))
    assert set(marked) == {"ly-son", "ban-quoc", "nghi-dinh"} and last == "do-vui"
