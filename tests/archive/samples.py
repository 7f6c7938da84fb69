"""Edition documents and public records for the tests of what the archive gives out."""

from django.contrib.auth import get_user_model
from django.utils import timezone

from archive.clearance import decision_hash
from archive.edition import canonical
from archive.edition_versions import upgraded
from archive.models import ClearanceAuthor, Decision, Edition, EditionImage, Record, Tombstone


def both(vi: str = "", en: str = "") -> dict:
    return {"vi": vi, "en": en}


def scan(image: str = "a1b2c3d4e5f6a7b8", **values) -> dict:
    return {
        "image": image,
        "width": 4000,
        "height": 3000,
        "max_width": 0,
        "label": both("Mặt trước", "Front"),
        "note": both("Hình minh hoạ, không phải bản quét", "Illustration, not a scan"),
        "illustration": True,
        "mentions": [],
        "lines": [],
        "georeference": None,
    } | values


def document(identifier: str = "vn-map-1838", **values) -> dict:
    """A document with something in every field that all kinds have."""
    told = {
        "schema": 2,
        "identifier": identifier,
        "number": 1,
        "kind": "map",
        "title": both("Đại Nam nhất thống toàn đồ", "Complete Map of Unified Đại Nam"),
        "title_original": [{"text": "大南一統全圖", "lang": "lzh"}],
        "reading": "Đại Nam nhất thống toàn đồ",
        "alternative_titles": ["Bản đồ Đại Nam"],
        "date": {
            "edtf": "1838~",
            "from": 1838,
            "to": 1838,
            "display": both("khoảng năm 1838", "about 1838"),
            "as_written": "Minh Mạng 19",
        },
        "description": both("Có ghi Hoàng Sa và Vạn Lý Trường Sa.", "Marks Hoàng Sa and Vạn Lý Trường Sa."),
        "remarks": both("Các nguồn ghi niên đại khác nhau.", "Sources differ on the date."),
        "languages": ["lzh"],
        "place_of_publication": both("Huế", "Huế"),
        "agents": [
            {"key": "quoc-su-quan", "name": both("Quốc sử quán", "National History Office"), "role": "issuer"},
            {"key": "phan-huy-chu", "name": both("Phan Huy Chú", "Phan Huy Chú"), "role": "cartographer"},
        ],
        "places": [
            {
                "key": "quan-dao-hoang-sa",
                "kind": "archipelago",
                "name": both("Quần đảo Hoàng Sa", "Paracel Islands"),
                "lat": 16.5,
                "lon": 112.0,
                "approximate": True,
                "names": [{"text": "黃沙", "lang": "lzh", "historical": True, "verified": True}],
            }
        ],
        "institution": {"key": "luu-tru", "name": both("Trung tâm Lưu trữ", "Archives Centre")},
        "shelfmarks": ["VN-1838/2"],
        "shown_as": "facsimile",
        "extent": {"bbox": [102.0, 8.0, 115.0, 24.0], "approximate": True},
        "confidence": "medium",
        "rights": {
            "statement": "https://creativecommons.org/publicdomain/mark/1.0/",
            "note": both("Tác phẩm đã hết bảo hộ.", "Out of copyright."),
            "credit": both("Ảnh: Trung tâm Lưu trữ", "Image: Archives Centre"),
        },
        "citations": [
            {"key": "sach", "name": both("Sách trắng", "White Paper"), "url": "https://example.org/a", "pages": "12-13"}
        ],
        "scans": [scan()],
    } | values
    return upgraded(told | {"schema": 1}) | {"schema": told["schema"]}


def bare(identifier: str = "vn-bare") -> dict:
    """A document with as little as the schema allows."""
    return document(
        identifier,
        kind="object",
        title=both("Bia chủ quyền"),
        title_original=[],
        reading="",
        alternative_titles=[],
        date=None,
        description=both(),
        remarks=both(),
        languages=[],
        place_of_publication=both(),
        agents=[],
        places=[],
        institution=None,
        shelfmarks=[],
        shown_as="",
        extent=None,
        confidence="",
        rights={"statement": "", "note": both(), "credit": both()},
        citations=[],
        scans=[],
    )


def record(identifier: str, **values) -> Record:
    """A record's row, in any state."""
    return Record.objects.create(
        **{"identifier": identifier, "kind": "map", "title_vi": "Bản đồ", "title_en": "Map"} | values
    )


def publish(doc: dict, reviewer, cleared_at=None) -> Edition:
    """A standing edition of any document, as a clearance leaves it: with an author and another's decision."""
    row = record(doc["identifier"], kind=doc["kind"], status="cleared")
    subject, (text, digest), at = f"record:{row.pk}", canonical(doc), cleared_at or timezone.now()
    author, _created = get_user_model().objects.get_or_create(username="soan-gia")
    ClearanceAuthor.objects.create(subject=subject, number=doc["number"], user=author)
    decision = Decision(subject=subject, identifier=doc["identifier"], number=doc["number"], action="cleared")
    decision.digest, decision.user, decision.at = digest, reviewer, at
    decision.hash = decision_hash(decision)
    decision.save()
    edition = Edition.objects.create(
        subject=subject,
        identifier=doc["identifier"],
        number=doc["number"],
        document=text,
        digest=digest,
        cleared_at=at,
        reviewer=reviewer,
        record=row,
        kind=doc["kind"],
        title_vi=doc["title"]["vi"],
        title_en=doc["title"]["en"],
        date_from=doc["date"] and doc["date"]["from"],
        date_to=doc["date"] and doc["date"]["to"],
    )
    for image in {one["image"] for one in doc["scans"]}:
        EditionImage.objects.create(edition=edition, image_id=image)
    return edition


def bury(identifier: str, withdrawn_at=None) -> Tombstone:
    """What a withdrawal leaves."""
    row = record(identifier, status="withdrawn", title_vi="Nhan đề đã rút", title_en="Withdrawn title")
    stone = Tombstone.objects.create(subject=f"record:{row.pk}", identifier=identifier, number=1)
    if withdrawn_at:
        Tombstone.objects.filter(pk=stone.pk).update(withdrawn_at=withdrawn_at)
        stone.refresh_from_db()
    return stone


def secrets_of_all_states() -> list[str]:
    """Records that no output may name, in every state without an edition. Out: words to look for."""
    words = []
    for status in ("draft", "submitted", "refused", "held"):
        word = f"kin-{status}"
        record(f"vn-{word}", status=status, title_vi=f"Nhan đề {word}", title_en=f"Title {word}", internal_notes=word)
        words.append(word)
    return words
