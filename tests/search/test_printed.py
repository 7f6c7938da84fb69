"""Where the words of a query are printed: pages, regions, marks, and the address that opens the sheet there."""

import pytest

from search import results
from search.printed import spot
from search.query import understand
from tests.search.factories import both, edition, line, scan
from tests.search.standing import publish

PAGES = [
    scan("aaaaaaaaaaaa", lines=[line("Trang đầu nói chuyện khác", 50)]),
    scan(
        "bbbbbbbbbbbb",
        lines=[
            line("Quần đảo Hoàng", 100),
            line("Sa của Việt Nam", 150, lang="vi"),
            line("西沙群島", 300),
            line("quần đảo khác", 500),
        ],
    ),
]
DOCUMENT = edition("bao", "Báo", "Paper", scans=PAGES)
WORD = [280, 100, 100, 30]  # "Hoàng"

SPOTS = {
    # query: (page, region, first marks)
    "hoang": (2, WORD, [WORD]),
    "Hoàng": (2, WORD, [WORD]),
    "viet nam": (2, [240, 150, 160, 30], [[240, 150, 80, 30], [340, 150, 60, 30]]),
    '"hoang sa"': (2, [100, 100, 280, 80], [WORD, [100, 150, 40, 30]]),
    "群": (2, [140, 300, 20, 30], [[140, 300, 20, 30]]),
    '"沙群"': (2, [120, 300, 40, 30], [[120, 300, 40, 30]]),
    "chuyen khac": (1, [380, 50, 220, 30], [[380, 50, 120, 30], [520, 50, 80, 30]]),
}


@pytest.mark.parametrize("q", SPOTS)
def test_the_words_are_found_on_their_sheet(q):
    page, region, marks = SPOTS[q]
    found = spot(DOCUMENT, understand({"q": q}, "vi"))
    assert (found.page, found.region) == (page, region)
    assert found.marks[: len(marks)] == marks


@pytest.mark.parametrize("params", [{"q": "khongco"}, {"q": ""}, {"q": "hoang", "literal": "1"}, {"kind": "map"}])
def test_what_is_not_printed_has_no_spot(params):
    assert spot(DOCUMENT, understand(params, "vi")) is None


def test_the_page_with_most_of_it_is_taken():
    pages = [
        scan("a" * 12, lines=[line("Hoàng hôn")]),
        scan("b" * 12, lines=[line("biển Đông"), line("Hoàng Sa", 200)]),
    ]
    found = spot(edition("x", scans=pages), understand({"q": "hoang sa"}, "vi"))
    assert found.page == 2 and found.kinds == 2
    assert found.address == "#page=2&xywh=100,200,160,30&marks=100,200,100,30;220,200,40,30"
    assert "<mark>Hoàng</mark> <mark>Sa</mark>" in found.words


def test_a_line_whose_words_dont_tell_is_marked_as_a_whole():
    pages = [scan("a" * 12, lines=[line("Hoàng Sa", words=[])])]
    found = spot(edition("x", scans=pages), understand({"q": "sa"}, "vi"))
    assert found.marks == [[100, 100, 160, 30]]


def test_a_long_book_is_not_looked_through_for_ever(monkeypatch):
    monkeypatch.setattr("search.printed.MOST_LETTERS", 30)
    assert spot(DOCUMENT, understand({"q": "nam"}, "vi")) is None


@pytest.mark.django_db
def test_a_result_shows_what_is_printed_and_opens_it(engine_name, reviewer):
    from search import indexer

    said = both("Một tờ báo.", "A paper.")
    publish(edition("bao", "Báo", "Paper", description=said, scans=PAGES), reviewer)
    publish(edition("ta", "Tả", "Told", description=both("Ở quần đảo khác.", "Elsewhere."), scans=PAGES[:1]), reviewer)
    indexer.drain()
    found = {item["identifier"]: item for item in results.find({"q": "dao khac"}, "vi").items}
    assert found["bao"]["url"].startswith("/vi/items/bao/#page=2&xywh=") and found["bao"]["sheet"] == 2
    assert "<mark>đảo</mark> <mark>khác</mark>" in found["bao"]["snippet"]
    # What the description says comes first, and leads to the whole page.
    assert found["ta"]["url"] == "/vi/items/ta/" and found["ta"]["sheet"] is None
