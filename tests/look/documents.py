"""Edition documents for the tests of this room: an empty one, a full one, a hostile one."""

from archive.edition_versions import upgraded

NOTHING = {"vi": "", "en": ""}
HOSTILE = "<script>alert(1)</script>\"'&{{ x }}{% y %}"


def empty(**changes) -> dict:
    """A document in which everything that may be empty is."""
    document = {
        "schema": 1,
        "identifier": "vn-map-1838",
        "number": 1,
        "kind": "map",
        "title": {"vi": "Đại Nam nhất thống toàn đồ", "en": "Complete Map of the Unified Đại Nam"},
        "title_original": [],
        "reading": "",
        "alternative_titles": [],
        "date": None,
        "description": NOTHING,
        "remarks": NOTHING,
        "languages": [],
        "place_of_publication": NOTHING,
        "agents": [],
        "places": [],
        "institution": None,
        "shelfmarks": [],
        "shown_as": "",
        "extent": None,
        "confidence": "",
        "rights": {"statement": "", "note": NOTHING, "credit": NOTHING},
        "citations": [],
        "scans": [],
    }
    return upgraded(document | changes) | {"schema": 2}


def scan(**changes) -> dict:
    return {
        "image": "abcdefghijkl",
        "width": 6000,
        "height": 4500,
        "max_width": 0,
        "label": {"vi": "Tờ 1", "en": "Sheet 1"},
        "note": {"vi": "Hình minh hoạ, không phải bản quét", "en": "Illustration, not a scan"},
        "illustration": True,
        "side": "",
        "transcription": None,
        "mentions": [],
        "lines": [],
        "georeference": None,
    } | changes


def place(**changes) -> dict:
    return {
        "key": "quan-dao-hoang-sa",
        "kind": "archipelago",
        "name": {"vi": "Quần đảo Hoàng Sa", "en": "Paracel Islands"},
        "lat": 16.5,
        "lon": 112.0,
        "approximate": True,
        "names": [
            {"text": "黃沙", "lang": "lzh", "historical": False, "verified": True},
            {"text": "擺葛鐄", "lang": "vi-Hani", "historical": False, "verified": False},
        ],
    } | changes


def both(text: str) -> dict:
    return {"vi": text, "en": text}


def full(text: str | None = None, **changes) -> dict:
    """A document in which everything is filled; with `text`, by that text wherever words stand."""

    def words(vi: str, en: str) -> dict:
        return both(text) if text else {"vi": vi, "en": en}

    return (
        empty(
            title=words("Đại Nam nhất thống toàn đồ", "Complete Map of the Unified Đại Nam"),
            title_original=[{"text": text or "大南一統全圖", "lang": "lzh"}],
            reading=text or "Đại Nam nhất thống toàn đồ",
            alternative_titles=[text or "Đại Nam toàn đồ"],
            date={
                "edtf": "1838~",
                "from": 1838,
                "to": 1838,
                "display": words("khoảng 1838", "about 1838"),
                "as_written": text or "Minh Mạng 19",
            },
            description=words("Ghi hai địa danh 黃沙 và 萬里長沙.\n\nĐoạn hai.", "Names 黃沙 and 萬里長沙."),
            remarks=words("Các nguồn ghi 1834, 1838 hoặc 1840.", "Sources say 1834, 1838 or 1840."),
            languages=["lzh", "vi-Hani"],
            place_of_publication=words("Huế", "Huế"),
            agents=[
                {"key": "quoc-su-quan", "name": words("Quốc sử quán", "Historiography Institute"), "role": "creator"}
            ],
            places=[place(name=words("Quần đảo Hoàng Sa", "Paracel Islands"))],
            institution={"key": "vnchn", "name": words("Viện Nghiên cứu Hán Nôm", "Institute of Hán-Nôm Studies")},
            shelfmarks=[text or "A.2499"],
            shown_as="reproduction",
            extent={"bbox": [102, 8, 116.5, 24], "approximate": True},
            confidence="medium",
            rights={
                "statement": "http://rightsstatements.org/vocab/NoC-OKLR/1.0/",
                "note": words("Hết thời hạn bảo hộ.", "Out of copyright."),
                "credit": words("Viện Nghiên cứu Hán Nôm", "Institute of Hán-Nôm Studies"),
            },
            citations=[
                {"key": "nguon-1", "name": words("Sách trắng 1975", "White Paper 1975"), "url": "", "pages": "12"}
            ],
            significance=words("Một trong những bản đồ sớm nhất.", "One of the earliest maps."),
            provenance=words("Do một hiệu sách tặng năm 2013.", "Given by a bookshop in 2013."),
            physical={
                "sheets": 1,
                "pages": 12,
                "height_mm": 1420,
                "width_mm": 610,
                "technique": words("khắc đồng", "copper engraving"),
            },
            cartography={
                "scale": "1:300.000",
                "denominator": 300000,
                "projection": words("hình nón", "conic"),
                "prime_meridian": "paris",
            },
            legal={
                "number": text or "143/NV",
                "issued": "1956-10-22",
                "in_force_from": "1956-11-01",
                "in_force_to": None,
                "articles": [
                    {"number": "Điều 2", "heading": words("Tên gọi", "Names"), "text": words("Nội dung.", "Its text.")}
                ],
            },
            tags=[{"key": "chau-ban", "name": words("Châu bản", "Royal records")}],
            scans=[
                scan(
                    label=words("Tờ 1", "Sheet 1"),
                    note=words("Hình minh hoạ", "Illustration"),
                    side="verso",
                    transcription={
                        "text": text or "黃沙渚\n萬里",
                        "lang": "lzh",
                        "translation": words("Bãi Cát Vàng", "Golden Sandbank"),
                    },
                )
            ],
        )
        | changes
    )


def volume(pages: int, image: str, **changes) -> dict:
    """A book of many pages. The first and the last show `image`; the others are ids that nothing stands for."""
    ids = [image, *(f"page{number:08d}" for number in range(2, pages)), image]
    scans = [scan(image=name, label=both(f"Tờ {number}"), **changes) for number, name in enumerate(ids, start=1)]
    return empty(kind="book", scans=scans)
