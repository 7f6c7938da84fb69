"""From the demonstration's facts to what a drawing shows. Pure."""

import re

from archive import reigns
from archive.dates import parse
from archive.demo.drawings.chart import Chart
from archive.demo.drawings.labels import Name
from archive.demo.drawings.plate import Leaf
from archive.folding import fold
from archive.vocabulary import KINDS

HAN = re.compile(r"[\u2e80-\ufaff\U00020000-\U0003ffff]+")
ARCHIPELAGOS = ("quan-dao-hoang-sa", "quan-dao-truong-sa")
LEGEND = "Tên nhỏ: danh mục địa danh hôm nay / small names: today's gazetteer"
REIGN = re.compile(r"(\w+ \w+) (\d{1,2})")
NUMBER = re.compile(r"\d[\dA-ZĐ/-]{2,15}")
NO_PICTURE = {
    "vi": "Ảnh gốc chưa đăng: chưa xác định chủ thể quyền",
    "en": "The photograph is not shown: rights holder not identified",
}
ISLANDS = ("island/reef", "island")
ROOM = 1.1  # degrees left around a place that lies outside the item's own extent


def dates(item: dict) -> dict:
    """The date for readers in both languages, as the item's page shows it."""
    value = parse(item["date"]["text"])
    shown = item["date"].get("display") or {}
    return {"vi": shown.get("vi") or value.display_vi, "en": shown.get("en") or value.display_en}


def short_dates(item: dict) -> dict:
    """The date without its history, for the foot of a chart."""
    value = parse(item["date"]["text"])
    return {"vi": value.display_vi, "en": value.display_en}


def split_han(text: str) -> tuple[str, str]:
    """ "Hoàng Sa (黃沙)" → ("Hoàng Sa", "黃沙"); text in Hán alone → ("", text)."""
    han = "".join(HAN.findall(text))
    return " ".join(HAN.sub("", text).replace("()", "").split()).strip(" ()–"), han


def chart(item: dict, gazetteer: dict, order: int, whole: bool = False) -> Chart:
    """What the chart of a map's record shows. whole: the gazetteer's islands are named too, for a large sheet."""
    names, others = [], list(item.get("other_names", []))
    box = list(item["extent"]["bbox"])
    for entry in item.get("places", []):
        place = gazetteer[entry["key"]]
        if "lat" not in place:
            others = [*entry["as"], *others]
            continue
        point = (place["lon"], place["lat"])
        box = _widened(box, point)
        names.append(_name(entry, place, point))
    marks = _marks(item, gazetteer)
    for point in marks:
        box = _widened(box, point, 0.6)
    if whole:
        names += [_today(place) for place in gazetteer.values() if place["kind"] in ISLANDS and "lat" in place]
    return Chart(
        identifier=item["identifier"],
        title=item["title"],
        title_original=item.get("title_original", {}).get("text", ""),
        date=short_dates(item),
        box=tuple(box),
        names=names,
        marks=marks,
        others=[split_han(name)[0] or name for name in others],
        legend=LEGEND if whole else "",
        seed=order + 1,
    )


def _keys(item: dict) -> set[str]:
    return {entry["key"] for entry in item.get("places", [])}


def _name(entry: dict, place: dict, point) -> Name:
    texts = [split_han(text) for text in entry["as"]]
    han = next((han for _text, han in texts if han), "")
    text = next((text for text, _han in texts if text), place["name"]["vi"])
    return Name(
        text, point, han, "area" if place["kind"] in ("archipelago", "island group") else "record", place["key"]
    )


def _today(place: dict) -> Name:
    return Name(place["name"]["vi"], (place["lon"], place["lat"]), "", "today")


def _widened(box: list, point, room: float = ROOM) -> list:
    lon, lat = point
    west, south, east, north = box
    if not (west <= lon <= east and south <= lat <= north):
        west, east = min(west, lon - room), max(east, lon + room)
        south, north = min(south, lat - room), max(north, lat + room)
    return [west, south, east, north]


def _marks(item: dict, gazetteer: dict) -> list:
    """Islands of the archipelagos that the record names, itself or one of their islands."""
    named = {_archipelago(gazetteer[key], gazetteer) for key in _keys(item)} & set(ARCHIPELAGOS)
    return [
        (place["lon"], place["lat"])
        for place in gazetteer.values()
        if place["kind"] == "island/reef" and "lat" in place and _archipelago(place, gazetteer) in named
    ]


def _archipelago(place: dict, gazetteer: dict) -> str:
    while "parent" in place:
        place = gazetteer[place["parent"]]
    return place["key"]


LABELS = {
    "issuer": {"vi": "Ban hành", "en": "Issued by"},
    "creator": {"vi": "Tác giả", "en": "Author"},
    "place": {"vi": "Nơi", "en": "Place"},
    "holder": {"vi": "Nơi giữ", "en": "Held by"},
    "shelfmark": {"vi": "Ký hiệu", "en": "Reference"},
}


def leaf(item: dict, agents: dict, institutions: dict, order: int) -> Leaf:
    """What the plate of a document's record shows. agents, institutions: names {vi, en} by key."""
    original = item.get("title_original", {}).get("text", "")
    photograph = item["kind"] == "photograph"
    han = "".join(HAN.findall(original)) or reign_in_han(item)
    return Leaf(
        identifier=item["identifier"],
        kind=KINDS[item["kind"]],
        title=item["title"],
        date=dates(item),
        description=item["description"],
        original="" if HAN.search(original) else original,
        han=han[:16],
        figure=_figure(item),
        facts=_facts(item, agents, institutions),
        photograph=NO_PICTURE if photograph else None,
        seed=order + 1,
    )


def _figure(item: dict) -> str:
    """A document's own number where it has one ("156-SC"), else its year."""
    number = item.get("shelfmarks", [""])[0]
    return number if NUMBER.fullmatch(number) else str(parse(item["date"]["text"]).year_from)


def _facts(item: dict, agents: dict, institutions: dict) -> list:
    facts = []
    if item.get("agents"):
        role = "issuer" if item["agents"][0]["role"] == "issuer" else "creator"
        facts.append((LABELS[role], "; ".join(agents[agent["key"]]["vi"] for agent in item["agents"][:2])))
    if item.get("place_of_publication"):
        facts.append((LABELS["place"], item["place_of_publication"]["vi"]))
    if item.get("institution"):
        facts.append((LABELS["holder"], institutions[item["institution"]]["vi"]))
    if item.get("shelfmarks"):
        facts.append((LABELS["shelfmark"], item["shelfmarks"][0]))
    return facts


def reign_in_han(item: dict) -> str:
    """The reign year of a court paper as the court wrote it: "Minh Mạng 11" → 明命十一年. "" when it isn't one."""
    found = REIGN.fullmatch(item["date"].get("as_written", ""))
    era = reigns.eras().get(fold(found[1])) if found else None
    return f"{era.han}{reigns.to_han(int(found[2]))}年" if era else ""
