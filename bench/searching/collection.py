"""A collection from a seed: bilingual records as archives write them, straight into standing editions."""

import random

# Words by frequency, as in catalogues of the field: the first are in most records, the last in few.
VI = """bản đồ|Hoàng Sa|Trường Sa|quần đảo|Biển Đông|triều Nguyễn|chủ quyền|châu bản|năm|Minh Mạng|Việt Nam|An Nam|
Quảng Ngãi|đảo|biển|vẽ|ghi|thuyền|đội Hoàng Sa|Lý Sơn|Bãi Cát Vàng|tỉnh|phủ|huyện|vua|cho|người|đi|đo đạc|thủy trình|
cửa biển|cắm mốc|dựng bia|trồng cây|thuỷ quân|hải đồ|địa đồ|nhà hàng hải|giáo sĩ|phương Tây|Đông Ấn|công ty|hàng hải|
Bồ Đào Nha|Hà Lan|Pháp|Anh|Tây Ban Nha|bờ biển|miền Trung|Đàng Trong|Đàng Ngoài|Đại Việt|Đại Nam|nhất thống|toàn đồ|
thực lục|chính biên|tiền biên|phủ biên|tạp lục|Lê Quý Đôn|Phan Huy Chú|hiến chương|loại chí|Gia Long|Thiệu Trị|Tự Đức|
Bảo Đại|nghị định|sắc lệnh|thông cáo|toàn quyền|Đông Dương|khâm sứ|Trung Kỳ|Nam Kỳ|Bắc Kỳ|tỉnh trưởng|Thừa Thiên|
đại lý hành chính|khí tượng|hải đăng|trạm vô tuyến|bia chủ quyền|cột mốc|khảo sát|Viện Hải dương học|tàu De Lanessan|
san hô|luồng lạch|độ sâu|đá ngầm|bãi cạn|cồn cát|tổ yến|đồi mồi|hải sâm|vàng bạc|súng đồng|tàu đắm|cai đội|suất đội|
giám thành|binh thuyền|dân phu|lương thực|tháng hai|tháng tám|tờ tâu|Bộ Công|Nội các|châu phê|khuyên son|giấy dó|
mực nho|khắc gỗ|khắc đồng|tô màu tay|tỉ lệ|kinh tuyến|vĩ tuyến|la bàn|hoa gió|dòng họ|gia phả|đình làng|miếu|tế lính|
khao lề|thế lính|thư tịch|sao lục|bản sao|nguyên bản|lưu trữ|thư viện|bảo tàng|hiến tặng|sưu tập""".replace("\n", "")
EN = """map|Hoàng Sa|Paracel|islands|sea|chart|Vietnam|Annam|Cochinchina|coast|survey|sovereignty|archipelago|Spratly|
Nguyễn dynasty|imperial|record|emperor|Minh Mạng|court|province|Quảng Ngãi|fleet|sailors|voyage|drawn|shows|names|
printed|London|Paris|Amsterdam|East India|Company|navigator|missionary|Portuguese|Dutch|French|English|shoal|reef|
depths|soundings|dangers|pilot|directions|engraved|hand-coloured|woodblock|manuscript|folio|volume|decree|ordinance|
governor|general|Indochina|lighthouse|weather|station|radio|stele|boundary|marker|planted|trees|temple|wreck|salvage|
copper|cannon|swallow|nests|turtles|holothurians|detachment|captain|memorial|Ministry|Works|Cabinet|vermilion|
approval|copy|original|archives|library|museum|donated|collection|longitude|latitude|scale|compass|rose|cartouche|
atlas|sheet|plate|edition|gazetteer|geography|history|chronicle|press|report|telegram|photograph""".replace("\n", "")
HAN = ["", "", "大南一統全圖", "黃沙奏摺", "安南大國畫圖", "撫邊雜錄", "萬里長沙", "大長沙島", "洪德版圖", "廣義省圖"]
NAMES = "Taberd Dumoutier Horsburgh Ross Purdy Bellin Danville Hondius Mercator Ortelius Blaeu Kergariou Taylor".split()
KINDS = ["map", "map", "map", "atlas_sheet", "manuscript", "official_document", "legal_text", "book", "press_item"]
PLACE_NAMES = [("Hoàng Sa", "Paracel"), ("Trường Sa", "Spratly"), ("Lý Sơn", "Pulo Canton"), ("Đà Nẵng", "Tourane")]
LANGUAGES = ["vi", "fr", "lzh", "la", "en", "nl", "pt"]


class Texts:
    """Words of one language, the frequent more often."""

    def __init__(self, words: str, pick: random.Random):
        self.words = [word.strip() for word in words.split("|")]
        self.weights = [1 / (place + 2) for place in range(len(self.words))]
        self.pick = pick

    def say(self, count: int) -> str:
        return " ".join(self.pick.choices(self.words, self.weights, k=count))

    def prose(self, count: int) -> str:
        sentences = [self.say(self.pick.randint(5, 12)) for _sentence in range(max(1, count // 8))]
        return " ".join(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in sentences)


def both(vi: str = "", en: str = "") -> dict:
    return {"vi": vi, "en": en}


def _places() -> list[dict]:
    made = []
    for number in range(120):
        vi, en = PLACE_NAMES[number % 4]
        name = both(f"{vi} {number // 4}", f"{en} {number // 4}") if number >= 4 else both(vi, en)
        old = {"text": f"Pracel {number}", "lang": "pt", "historical": True, "verified": True}
        made.append(
            {
                "key": f"place-{number}",
                "kind": "island",
                "name": name,
                "lat": 7 + number % 20 / 2,
                "lon": 109 + number % 17 / 2,
                "approximate": True,
                "names": [old | {"script": "Latn", "period": None, "source": None}],
            }
        )
    return made


PLACES = _places()
HOLDERS = [
    {"key": f"holder-{n}", "name": both(f"Trung tâm Lưu trữ {n}", f"Archives Centre {n}"), "url": ""} for n in range(30)
]
AGENTS = [
    {
        "key": f"agent-{n}",
        "name": both(f"{NAMES[n % len(NAMES)]} {n}", f"{NAMES[n % len(NAMES)]} {n}"),
        "role": "cartographer",
        "kind": "person",
        "dates": "",
        "other_names": [],
    }
    for n in range(200)
]


def documents(count: int):
    """Edition documents, the same for the same count and seed."""
    pick = random.Random(1974)
    vi, en = Texts(VI, pick), Texts(EN, pick)
    for number in range(count):
        yield _document(number, pick, vi, en)


def _document(number: int, pick: random.Random, vi: Texts, en: Texts) -> dict:
    first = pick.randint(1500, 1990)
    last = first + pick.choice([0, 0, 0, 10, 99])
    shown = f"{first}–{last}" if last > first else str(first)
    west, south = pick.uniform(90, 115), pick.uniform(-5, 20)
    size = pick.choice([0.5, 2, 5, 20])
    return {
        "schema": 2,
        "identifier": f"bench-{number:06}",
        "number": 1,
        "kind": pick.choice(KINDS),
        "title": both(f"{vi.say(4).capitalize()} {number}", f"{en.say(5).capitalize()} {number}"),
        "title_original": [{"text": han, "lang": "lzh"}] if (han := pick.choice(HAN)) else [],
        "reading": "",
        "alternative_titles": [],
        "date": {"edtf": f"{first}/{last}", "from": first, "to": last, "display": both(shown, shown), "as_written": ""}
        if pick.random() < 0.9
        else None,
        "description": both(vi.prose(pick.randint(20, 70)), en.prose(pick.randint(20, 90))),
        "significance": both(vi.prose(15), en.prose(20)) if pick.random() < 0.5 else both(),
        "remarks": both(vi.prose(10)) if pick.random() < 0.3 else both(),
        "provenance": both(),
        "physical": None,
        "cartography": None,
        "legal": None,
        "tags": [],
        "relations": [],
        "languages": [pick.choice(LANGUAGES)],
        "place_of_publication": both("Paris", "Paris"),
        "agents": pick.sample(AGENTS, pick.randint(0, 2)),
        "places": pick.sample(PLACES, pick.randint(0, 3)),
        "institution": pick.choice([None, *HOLDERS]),
        "shelfmarks": [f"GE D-{number}"],
        "shown_as": pick.choice(["", "original", "facsimile", "reproduction"]),
        "extent": {"bbox": [west, south, west + size, south + size], "approximate": True}
        if pick.random() < 0.5
        else None,
        "confidence": "",
        "rights": {"statement": "", "note": both(), "credit": both()},
        "citations": [],
        "scans": [_scan(number)] if pick.random() < 0.6 else [],
    }


def _scan(number: int) -> dict:
    return {
        "image": f"{number:012}",
        "width": 6000,
        "height": 4500,
        "max_width": 0,
        "side": "",
        "label": both(),
        "note": both(),
        "illustration": False,
        "mentions": [],
        "lines": [],
        "georeference": None,
        "transcription": None,
    }


def put(count: int, reviewer, author) -> None:
    """Standing editions of `count` documents with all that clearance writes, in large steps."""
    from datetime import timedelta

    from django.db import transaction
    from django.utils import timezone

    from archive.clearance import decision_hash
    from archive.edition import canonical
    from archive.models import ClearanceAuthor, Decision, Edition, Record

    start, made = timezone.now() - timedelta(days=365), documents(count)
    for at in range(0, count, 2_000):
        batch = [next(made) for _number in range(min(2_000, count - at))]
        with transaction.atomic():
            records = Record.objects.bulk_create(
                Record(
                    identifier=document["identifier"],
                    kind=document["kind"],
                    status="cleared",
                    title_vi=document["title"]["vi"],
                    title_en=document["title"]["en"],
                )
                for document in batch
            )
            subjects = [f"record:{record.pk}" for record in records]
            ClearanceAuthor.objects.bulk_create(ClearanceAuthor(subject=one, number=1, user=author) for one in subjects)
            decisions, editions = [], []
            for number, (record, subject, document) in enumerate(zip(records, subjects, batch, strict=True)):
                text, digest = canonical(document)
                date, moment = document["date"] or {}, start + timedelta(minutes=at + number)
                decision = Decision(
                    subject=subject, identifier=record.identifier, number=1, action="cleared", user=reviewer,
                    digest=digest, at=moment,
                )  # fmt: skip
                decision.hash = decision_hash(decision)
                decisions.append(decision)
                editions.append(
                    Edition(
                        subject=subject, record=record, identifier=record.identifier, number=1, document=text,
                        digest=digest, cleared_at=moment, reviewer=reviewer, kind=record.kind,
                        title_vi=record.title_vi, title_en=record.title_en,
                        date_from=date.get("from"), date_to=date.get("to"),
                    )
                )  # fmt: skip
            Decision.objects.bulk_create(decisions)
            Edition.objects.bulk_create(editions)
