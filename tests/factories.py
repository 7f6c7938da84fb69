"""Records, editions and scans for the tests, made through the same acts as in use."""

import io

from archive import clearance, subjects
from archive.models import Institution, Place, PlaceName, Record, RecordPlace, RecordScan
from archive.records import save_record

HOANG_SA = {
    "identifier": "vn-map-1838",
    "kind": "map",
    "title_vi": "An Nam đại quốc họa đồ",
    "title_en": "Map of the Great Land of Annam",
    "title_original": "安南大國畫圖",
    "title_original_language": "lzh",
    "reading": "An Nam đại quốc họa đồ",
    "date_text": "1838",
    "description_vi": "Bản đồ ghi Hoàng Sa ngoài khơi miền Trung.",
    "description_en": "A map that names Hoàng Sa off the central coast.",
    "declared_not_secret": True,
}


def png(width: int = 640, height: int = 480, colour=(120, 160, 200)) -> io.BytesIO:
    """A PNG file in memory, `width` × `height` pixels."""
    from PIL import Image

    data = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(data, "PNG")
    data.seek(0)
    return data


def make_scan(user, name: str = "scan.png", **picture):
    """A scan with its full rendition."""
    from media import ingest, renditions

    scan = ingest.ingest(png(**picture), name, user)
    renditions.make_now(scan)
    return scan


def make_place(key: str = "quan-dao-hoang-sa", names=(("Paracel Islands", "en"), ("黃沙", "lzh"))) -> Place:
    place, created = Place.objects.get_or_create(
        key=key,
        defaults={
            "name_vi": "Quần đảo Hoàng Sa",
            "name_en": "Hoàng Sa (Paracel) Islands",
            "kind": "archipelago",
            "latitude": 16.5,
            "longitude": 112.0,
        },
    )
    if created:
        for order, (text, language) in enumerate(names):
            PlaceName.objects.create(place=place, text=text, language=language, sort_order=order)
    return place


def make_record(user, scans=(), places=(), **fields) -> Record:
    """A draft, ready to be submitted unless `fields` say otherwise."""
    record = Record(**{**HOANG_SA, **fields})
    for scan in scans:
        record.scans.add(RecordScan(scan=scan, label_vi="Trang 1", label_en="Page 1"))
    for place in places:
        record.places.add(RecordPlace(place=place))
    save_record(record, user)
    return record


def make_institution(key: str = "vien-han-nom", **names) -> Institution:
    names = names or {"name_vi": "Viện Nghiên cứu Hán Nôm", "name_en": "Institute of Hán-Nôm Studies"}
    return Institution.objects.create(key=key, **names)


def clear(instance, author, reviewer):
    """Submit and clear, as two people. Out: the decision."""
    subject = subjects.of(instance)
    clearance.submit(subject, author)
    subject = subjects.of(type(instance)._base_manager.get(pk=instance.pk))
    _document, digest = clearance.preview(subject)
    return clearance.clear(subject, digest, reviewer, clearance.CHECKLIST)


def make_edition(author, reviewer, **fields):
    """A cleared record's standing edition."""
    from archive.models import Edition

    record = make_record(author, **fields)
    clear(record, author, reviewer)
    return Edition.objects.get(record=record)
