"""Edition documents as plain data: `edition(…)` one by one, `collection()` the sample of the conformance suite."""

import random

from archive.edition_versions import upgraded

PLACES = {
    "hoang-sa": {
        "key": "hoang-sa",
        "kind": "archipelago",
        "name": {"vi": "Quần đảo Hoàng Sa", "en": "Hoàng Sa (Paracel Islands)"},
        "lat": 16.5,
        "lon": 112.0,
        "approximate": True,
        "names": [
            {"text": "Paracels", "lang": "fr", "historical": False, "verified": True},
            {"text": "Paracel Islands", "lang": "en", "historical": False, "verified": True},
            {"text": "Pracel", "lang": "pt", "historical": True, "verified": True},
            {"text": "黃沙", "lang": "lzh", "historical": True, "verified": True},
            {"text": "Bãi Cát Vàng", "lang": "vi", "historical": True, "verified": True},
        ],
    },
    "truong-sa": {
        "key": "truong-sa",
        "kind": "archipelago",
        "name": {"vi": "Quần đảo Trường Sa", "en": "Trường Sa (Spratly Islands)"},
        "lat": 10.0,
        "lon": 114.0,
        "approximate": True,
        "names": [{"text": "Spratly", "lang": "en", "historical": False, "verified": True}],
    },
    "ly-son": {
        "key": "ly-son",
        "kind": "island",
        "name": {"vi": "Đảo Lý Sơn", "en": "Lý Sơn Island"},
        "lat": 15.38,
        "lon": 109.12,
        "approximate": False,
        "names": [{"text": "Cù lao Ré", "lang": "vi", "historical": True, "verified": True}],
    },
}
HOLDERS = {
    "ttlt1": {"key": "ttlt1", "name": {"vi": "Trung tâm Lưu trữ quốc gia I", "en": "National Archives Centre I"}},
    "bnf": {"key": "bnf", "name": {"vi": "Thư viện Quốc gia Pháp", "en": "Bibliothèque nationale de France"}},
}
AGENTS = {
    "taberd": {"key": "taberd", "name": {"vi": "Jean-Louis Taberd", "en": "Jean-Louis Taberd"}},
    "quoc-su-quan": {"key": "quoc-su-quan", "name": {"vi": "Quốc sử quán triều Nguyễn", "en": "Nguyễn historians"}},
}


def both(vi: str = "", en: str | None = None) -> dict:
    return {"vi": vi, "en": vi if en is None else en}


def scan(image: str = "abcdefabcdef", **changes) -> dict:
    return {
        "image": image,
        "width": 1200,
        "height": 900,
        "max_width": 0,
        "label": both(),
        "note": both(),
        "illustration": False,
        "mentions": [],
        "lines": [],
        "georeference": None,
    } | changes


def line(text: str, top: int = 100, lang: str = "und", **changes) -> dict:
    """A line of text on a scan of 1200 × 900 pixels: words side by side, 20 pixels a letter, from x = 100."""
    at, words = 100, []
    for word in text.split():
        words.append({"text": word, "region": [at, top, 20 * len(word), 30], "confidence": 90.0})
        at += 20 * (len(word) + 1)
    region = [100, top, at - 120, 30]
    return {
        "text": text,
        "lang": lang,
        "confidence": 90.0,
        "corrected": False,
        "region": region,
        "words": words,
    } | changes


def edition(identifier: str, vi: str = "", en: str = "", **changes) -> dict:
    """A whole edition document. `years`, `places`, `holder`, `agents`, `han`, `bbox` are short for their parts."""
    years = changes.pop("years", None)
    han = changes.pop("han", "")
    bbox = changes.pop("bbox", None)
    holder = changes.pop("holder", None)
    document = {
        "schema": 1,
        "identifier": identifier,
        "number": 1,
        "kind": "map",
        "title": both(vi, en),
        "title_original": [{"text": han, "lang": "lzh"}] if han else [],
        "reading": "",
        "alternative_titles": [],
        "date": years
        and {
            "edtf": f"{years[0]}/{years[1]}",
            "from": years[0],
            "to": years[1],
            "display": both(f"{years[0]}–{years[1]}"),
            "as_written": "",
        },
        "description": both(),
        "remarks": both(),
        "languages": [],
        "place_of_publication": both(),
        "agents": [AGENTS[key] | {"role": "creator"} for key in changes.pop("agents", [])],
        "places": [PLACES[key] for key in changes.pop("places", [])],
        "institution": HOLDERS[holder] if holder else None,
        "shelfmarks": [],
        "shown_as": "",
        "extent": bbox and {"bbox": list(bbox), "approximate": True},
        "confidence": "",
        "rights": {"statement": "", "note": both(), "credit": both()},
        "citations": [],
        "scans": [],
    }
    return upgraded(document | changes) | {"schema": 2}


def collection() -> list[dict]:
    """About eighty documents: some written by hand for the cases of the suite, the rest from a seed."""
    return [*_by_hand(), *_seeded(60)]


def _by_hand() -> list[dict]:
    return [
        edition(
            "an-nam-1838",
            "An Nam đại quốc họa đồ",
            "Map of the Great Country of An Nam",
            han="安南大國畫圖",
            reading="An Nam đại quốc họa đồ",
            years=(1838, 1838),
            agents=["taberd"],
            holder="bnf",
            places=["hoang-sa"],
            languages=["la", "vi"],
            bbox=(98.0, 6.0, 116.0, 26.0),
            description=both("Bản đồ ghi Paracel seu Cát Vàng.", "The map shows Paracel seu Cat Vang."),
            scans=[scan()],
        ),
        edition(
            "hoang-sa-chau-ban",
            "Châu bản về việc đi Hoàng Sa",
            "Imperial record on a voyage to Hoàng Sa",
            kind="official_document",
            han="黃沙奏摺",
            reading="Hoàng Sa tấu triệp",
            years=(1836, 1836),
            holder="ttlt1",
            agents=["quoc-su-quan"],
            places=["hoang-sa", "ly-son"],
            languages=["lzh"],
            shown_as="facsimile",
            description=both("Vua Minh Mạng phê chuẩn việc đo đạc.", "The emperor approved the survey."),
            scans=[scan("aaaaaaaaaaaa", illustration=True)],
        ),
        edition(
            "nd-143-nv",
            "Nghị định 143-NV",
            "Decree 143-NV",
            kind="legal_text",
            years=(1961, 1961),
            places=["hoang-sa"],
            languages=["vi"],
            shelfmarks=["143-NV"],
            shown_as="reproduction",
            description=both("Đặt quần đảo Hoàng Sa thuộc tỉnh Quảng Nam.", "Places Hoang Sa under Quang Nam."),
        ),
        edition(
            "du-156-sc",
            "Dụ số 10",
            "Ordinance No. 10",
            kind="legal_text",
            years=(1938, 1938),
            places=["hoang-sa"],
            languages=["fr", "vi"],
            shelfmarks=["156-SC", "A.2499"],
            description=both("Xem cả 65/2007/NĐ-CP, tỉ lệ 1:10.000.", "See also 65/2007/ND-CP, scale 1:10.000."),
        ),
        edition(
            "dong-bien",
            "Hoành Sơn và bờ biển",
            "Hoanh Son and the coast",
            years=(1600, 1699),
            holder="bnf",
            description=both("Không nhắc tới quần đảo nào.", "No archipelago is named."),
        ),
        edition(
            "truong-sa-1933",
            "Trường Sa năm 1933",
            "Spratly Islands in 1933",
            kind="press_item",
            years=(1933, 1933),
            places=["truong-sa"],
            languages=["fr"],
            bbox=(111.0, 6.0, 118.0, 12.0),
        ),
        edition(
            "thai-binh-duong",
            "Thái Bình Dương",
            "The Pacific",
            years=(1750, 1850),
            bbox=(150.0, -20.0, -150.0, 20.0),
            languages=["la"],
        ),
        edition(
            "khong-nien-dai", "Đá khắc không niên đại", "Undated inscription", kind="object", languages=["vi-Hani"]
        ),
        edition(
            "trang-in",
            "Báo in năm 1925",
            "A paper of 1925",
            kind="press_item",
            years=(1925, 1925),
            scans=[
                scan("bbbbbbbbbbbb"),
                scan(
                    "cccccccccccc",
                    lines=[
                        line("Le gouvernement de la", 100),
                        line("Cochinchine française", 140),
                        line("西沙群岛", 200),
                    ],
                ),
            ],
        ),
        edition("nom-ext-b", "Chữ Nôm", "Nôm script", han="𡗶坦", kind="manuscript", reading="trời đất"),
        edition("hoang-sa-en", "", "Hoang Sa: a chronicle", kind="book", years=(1975, 1975), languages=["en"]),
        edition("truoc-cn", "Trống đồng", "Bronze drum", kind="object", years=(-300, 100)),
        edition("an-toan", "Ân triều", "An chau", kind="book"),
        edition("a-an", "An", "An", kind="book"),
        edition("la-de", "La đê", "La de", kind="map"),
        edition("to-9", "Tờ 9", "Sheet 9", kind="atlas_sheet"),
        edition("to-10", "Tờ 10", "Sheet 10", kind="atlas_sheet"),
        edition("hop-tu", "Bản đồ cũ và đảo Hoàng Sa, triều Nguyễn", "An old map"),
        edition("roi-chu", "Sa bàn triều cũ, bản Hoàng, đồ Nguyễn", "Words apart"),
        edition("ban-do-to", "Tờ lớn phủ Biển Đông", years=(1700, 1700), bbox=(90.0, -10.0, 140.0, 40.0)),
        edition("ban-do-vua", "Tờ vừa quanh Hoàng Sa", years=(1800, 1800), bbox=(111.0, 15.0, 113.5, 17.5)),
        edition("ban-do-lech", "Tờ lệch quanh Hoàng Sa", bbox=(111.9, 15.9, 115.0, 19.0)),
        edition("ban-do-con", "Tờ nhỏ quanh một đảo", bbox=(112.3, 16.7, 112.4, 16.8)),
        edition("dao-tre", "Chiện chở chúa", "A misspelt title", places=["ly-son"]),
        edition("tach-roi", "Sa mạc và hoàng hôn", "Desert and dusk", kind="photograph", years=(2001, 2001)),
    ]


WORDS_VI = "bản đồ biển đảo hoàng sa trường cát vàng triều nguyễn đội thuyền quảng ngãi lý sơn châu minh mạng".split()
WORDS_EN = "map of the sea islands paracel coast chart survey royal fleet archive decree".split()


def _seeded(count: int) -> list[dict]:
    pick = random.Random(1974)
    kinds = ["map", "atlas_sheet", "manuscript", "official_document", "book", "press_item"]
    documents = []
    for number in range(count):
        year = pick.choice([None, *range(1500, 2000, 7)])
        west = pick.uniform(-180, 180)
        south = pick.uniform(-80, 60)
        documents.append(
            edition(
                f"mau-{number:03}",
                " ".join(pick.choices(WORDS_VI, k=pick.randint(1, 6))).capitalize(),
                " ".join(pick.choices(WORDS_EN, k=pick.randint(1, 6))).capitalize(),
                kind=pick.choice(kinds),
                number=pick.randint(1, 4),
                years=year and (year, min(2000, year + pick.choice([0, 0, 10, 120]))),
                places=pick.sample(sorted(PLACES), pick.randint(0, 2)),
                holder=pick.choice([None, *HOLDERS]),
                agents=pick.sample(sorted(AGENTS), pick.randint(0, 2)),
                languages=pick.sample(["vi", "fr", "lzh", "la"], pick.randint(0, 2)),
                han=pick.choice(["", "", "黃沙", "大長沙島", "沙黃"]),
                shown_as=pick.choice(["", "original", "facsimile"]),
                bbox=pick.choice([None, (west, south, (west + 200) % 360 - 180, south + 20)]),
                description=both(" ".join(pick.choices(WORDS_VI, k=30)), " ".join(pick.choices(WORDS_EN, k=30))),
                scans=[scan()] * pick.randint(0, 1),
            )
        )
    return documents
