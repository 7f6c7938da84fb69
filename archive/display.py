"""How the values of an edition document are written for readers, in either language. Pure.

Languages are "vi" and "en". Nothing here makes HTML: that is archive.han and the template tags.
"""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .coordinates import LETTERS
from .vocabulary import (
    CONFIDENCE,
    KINDS,
    PRIME_MERIDIANS,
    RELATIONS,
    RELATIONS_BACK,
    RIGHTS,
    ROLES,
    SHOWN_AS,
    SIDES,
    both,
)

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
MONTHS = "January February March April May June July August September October November December".split()

LANGUAGES = {
    "vi": {"vi": "tiếng Việt", "en": "Vietnamese"},
    "vi-Hani": {"vi": "chữ Nôm", "en": "Vietnamese in Nôm script"},
    "vi-historical": {"vi": "chữ quốc ngữ xưa", "en": "older Vietnamese spelling"},
    "lzh": {"vi": "Hán văn", "en": "Literary Chinese"},
    "zh": {"vi": "tiếng Trung", "en": "Chinese"},
    "en": {"vi": "tiếng Anh", "en": "English"},
    "fr": {"vi": "tiếng Pháp", "en": "French"},
    "la": {"vi": "tiếng La-tinh", "en": "Latin"},
    "pt": {"vi": "tiếng Bồ Đào Nha", "en": "Portuguese"},
    "es": {"vi": "tiếng Tây Ban Nha", "en": "Spanish"},
    "nl": {"vi": "tiếng Hà Lan", "en": "Dutch"},
    "de": {"vi": "tiếng Đức", "en": "German"},
    "it": {"vi": "tiếng Ý", "en": "Italian"},
    "ru": {"vi": "tiếng Nga", "en": "Russian"},
    "ar": {"vi": "tiếng Ả Rập", "en": "Arabic"},
    "ja": {"vi": "tiếng Nhật", "en": "Japanese"},
    "ko": {"vi": "tiếng Hàn", "en": "Korean"},
    "km": {"vi": "tiếng Khmer", "en": "Khmer"},
    "fil": {"vi": "tiếng Filipino", "en": "Filipino"},
    "ms": {"vi": "tiếng Mã Lai", "en": "Malay"},
    "und": {"vi": "chưa xác định ngôn ngữ", "en": "language undetermined"},
}

# The kinds of the gazetteer.
PLACE_KINDS = {
    "archipelago": {"vi": "Quần đảo", "en": "Archipelago"},
    "island group": {"vi": "Nhóm đảo", "en": "Island group"},
    "island": {"vi": "Đảo", "en": "Island"},
    "island/reef": {"vi": "Đảo, đá hoặc bãi", "en": "Island, reef or bank"},
    "sea": {"vi": "Biển", "en": "Sea"},
    "province": {"vi": "Tỉnh", "en": "Province"},
    "province/city": {"vi": "Tỉnh, thành phố", "en": "Province and city"},
    "province (historical)": {"vi": "Tỉnh (xưa)", "en": "Former province"},
    "city": {"vi": "Thành phố", "en": "City"},
    "city/port": {"vi": "Thành phố, cảng", "en": "City and port"},
    "bay/city": {"vi": "Vịnh, thành phố", "en": "Bay and city"},
    "district": {"vi": "Huyện", "en": "District"},
    "district (historical)": {"vi": "Huyện (xưa)", "en": "Former district"},
    "commune (historical)": {"vi": "Xã (xưa)", "en": "Former commune"},
    "town": {"vi": "Thị xã", "en": "Town"},
    "town (venue)": {"vi": "Thị xã, nơi trưng bày", "en": "Town, the exhibition’s venue"},
    "village": {"vi": "Làng", "en": "Village"},
    "estuary": {"vi": "Cửa biển", "en": "Estuary"},
    "estuary/port": {"vi": "Cửa biển, cảng", "en": "Estuary and port"},
    "cape": {"vi": "Mũi đất", "en": "Cape"},
    "historical region": {"vi": "Vùng đất xưa", "en": "Historical region"},
    "historical country name": {"vi": "Tên nước xưa", "en": "Historical country name"},
}
OTHER_PLACE = {"vi": "Địa danh", "en": "Place"}

# How the index of places groups them: a heading and the kinds below it; what no group names comes last.
PLACE_GROUPS = (
    ({"vi": "Quần đảo và nhóm đảo", "en": "Archipelagos and groups"}, ("archipelago", "island group")),
    ({"vi": "Đảo, đá, bãi", "en": "Islands, reefs and banks"}, ("island", "island/reef")),
    ({"vi": "Biển, cửa biển, mũi đất", "en": "Seas, estuaries, capes"}, ("sea", "estuary", "estuary/port", "cape")),
    (
        {"vi": "Tỉnh, thành phố, thị xã", "en": "Provinces, cities, towns"},
        ("province", "province/city", "city", "city/port", "bay/city", "town", "town (venue)"),
    ),
    (
        {"vi": "Huyện, xã, làng", "en": "Districts, communes, villages"},
        ("district", "district (historical)", "commune (historical)", "village"),
    ),
    (
        {"vi": "Tên đất, tên nước xưa", "en": "Historical regions and countries"},
        ("province (historical)", "historical region", "historical country name"),
    ),
)
OTHER_PLACES = {"vi": "Địa danh khác", "en": "Other places"}


def label(table: dict, value: str, lang: str) -> str:
    """The word of a table for a value; the value itself when the table doesn't know it."""
    return both(table.get(value), lang) or value


def kind(value: str, lang: str) -> str:
    """The kind of an item in words: "map" → "Bản đồ"."""
    return label(KINDS, value, lang)


def role(value: str, lang: str) -> str:
    return label(ROLES, value, lang)


def shown_as(value: str, lang: str) -> str:
    return label(SHOWN_AS, value, lang)


def confidence(value: str, lang: str) -> str:
    return label(CONFIDENCE, value, lang)


def meridian(value: str, lang: str) -> str:
    return label(PRIME_MERIDIANS, value, lang)


def side(value: str, lang: str) -> str:
    return label(SIDES, value, lang) if value else ""


def relation(row: dict, lang: str) -> str:
    """A row of archive.relations.shown in words: what this item is to the other one."""
    return label(RELATIONS if row["forward"] else RELATIONS_BACK, row["kind"], lang)


def counts(physical: dict | None, lang: str) -> str:
    """Sheets and pages: "2 tờ, 12 trang"; "" when neither is known."""
    words = {"vi": ("{} tờ", "{} tờ", "{} trang", "{} trang"), "en": ("{} sheet", "{} sheets", "{} page", "{} pages")}
    physical, parts = physical or {}, []
    for place, name in enumerate(("sheets", "pages")):
        if count := physical.get(name):
            parts.append(words[lang][2 * place + (count != 1)].format(number(count, lang)))
    return ", ".join(parts)


def size(physical: dict | None, lang: str) -> str:
    """Height × width as ISBD 5.3 writes them: "420 × 610 mm (cao × rộng)"; one alone is named."""
    physical = physical or {}
    height, width = physical.get("height_mm"), physical.get("width_mm")
    if height and width:
        order = {"vi": "cao × rộng", "en": "height × width"}[lang]
        return f"{number(height, lang)} × {number(width, lang)} mm ({order})"
    if height or width:
        word = {"vi": ("cao", "rộng"), "en": ("height", "width")}[lang][0 if height else 1]
        return f"{word} {number(height or width, lang)} mm"
    return ""


def scale(cartography: dict | None, lang: str) -> str:
    """The scale as a ratio in the reader's figures, with the words of the map where they say more."""
    if not cartography:
        return ""
    written, denominator = cartography["scale"], cartography["denominator"]
    if not denominator:
        return written
    ratio = f"1:{number(denominator, lang)}"
    figures = {str(denominator), number(denominator, "vi"), number(denominator, "en")}
    same = written.replace(" ", "").replace("/", ":") in {f"1:{figure}" for figure in figures}
    return ratio if same else f"{ratio} ({written})"


def rights(uri: str, lang: str) -> str:
    """The name of a rights statement's address."""
    return label(RIGHTS, uri, lang)


def place_kind(value: str, lang: str) -> str:
    return both(PLACE_KINDS.get(value, OTHER_PLACE), lang)


def language(code: str, lang: str) -> str:
    """A BCP 47 code in words; of an unknown one its main part, and at last the code itself."""
    return label(LANGUAGES, code, lang) if code in LANGUAGES else label(LANGUAGES, code.split("-")[0], lang)


def languages(codes: list[str], lang: str) -> str:
    """Codes in words, joined by commas, beginning with a capital."""
    text = ", ".join(language(code, lang) for code in codes)
    return text[:1].upper() + text[1:]


def number(value: float, lang: str, decimals: int | None = None) -> str:
    """1234.5 → "1.234,5" in Vietnamese, "1,234.5" in English. Without `decimals`: as many as it has, at most 6."""
    if decimals is None and isinstance(value, int) and 0 <= value < 1000:
        return str(value)
    if decimals is None:
        text = f"{value:,.6f}".rstrip("0").rstrip(".")
    else:
        text = f"{value:,.{decimals}f}"
    text = "0" if text == "-0" else text.replace("-", "−")
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def day(value, lang: str) -> str:
    """A date, a datetime or their ISO text → "ngày 15 tháng 5 năm 2017", "15 May 2017". "" for None or ""."""
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(HERE)
    if not isinstance(value, date):
        raise TypeError(f"not a date: {value!r}")
    if lang == "vi":
        return f"ngày {value.day} tháng {value.month} năm {value.year}"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


# With these a date begins; a reign's or a month's English name keeps its capital within a line.
COMMON = set(
    "khoảng năm ngày tháng thế thập thiên cuối đầu giữa trước sau từ đến mùa quý nửa đời triều niên soạn bản khắc hoàn "
    "ghi biên cấp in thông ký ban bốn chưa about before after from until to the year early late mid compiled completed "
    "first second third last issued passed signed records block-printed printed copied a an spring summer autumn "
    "winter century day".split()
)


def date_within(words):
    """A date as it stands within a line: "Khoảng năm 1838" → "khoảng năm 1838", "Quang Tự năm thứ 31" as it is.

    In: its display, or the {vi, en} pair of them. Out: the same.
    """
    if isinstance(words, dict):
        return {lang: date_within(text) for lang, text in words.items()}
    first = (words or "").split(" ", 1)[0].rstrip(",;:")
    return words[:1].lower() + words[1:] if first.lower() in COMMON else words


def in_short(document: dict) -> str:
    """What a line of the visitor's own collection says of an item, as JSON: {"vi": {"title", "about"}, "en": …}."""
    said = {}
    for lang in ("vi", "en"):
        date = date_within(both(document["date"]["display"], lang)) if document["date"] else ""
        about = " · ".join(filter(None, (kind(document["kind"], lang), date)))
        said[lang] = {"title": both(document["title"], lang), "about": about}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def date_alone(words):
    """A date that begins a line or sentence of its own, with a capital. As `date_within`."""
    if isinstance(words, dict):
        return {lang: date_alone(text) for lang, text in words.items()}
    return words[:1].upper() + words[1:] if words else words


def years(date: dict | None, unknown: str = "") -> str:
    """A document's date as bare years for an axis: "1838", "1680–1705", "–1790"; `unknown` where there is none."""
    first, last = (date["from"], date["to"]) if date else (None, None)
    if first is None and last is None:
        return unknown
    return str(first) if first == last else "–".join("" if year is None else str(year) for year in (first, last))


def degrees(value: float, axis: str, lang: str) -> str:
    """One coordinate: (102, "lon", "vi") → "102°Đ", (-5, "lat", "vi") → "5° Nam" (see coordinates.LETTERS)."""
    size = number(round(abs(value), 3), lang)
    return f"{size}°" if size == "0" else f"{size}°{LETTERS[axis, lang][value < 0]}"


def extent(box: dict | None, lang: str) -> str:
    """A document's extent → "102°Đ–116°Đ, 8°B–24°B". "" for None."""
    if not box:
        return ""
    west, south, east, north = box["bbox"]
    across = f"{degrees(west, 'lon', lang)}–{degrees(east, 'lon', lang)}"
    return f"{across}, {degrees(south, 'lat', lang)}–{degrees(north, 'lat', lang)}"


def approximate(lang: str) -> str:
    return "(ước lượng)" if lang == "vi" else "(approximate)"


def point(lat: float | None, lon: float | None, lang: str) -> str:
    """A place's coordinates → "16,5°B, 112°Đ". "" when one is missing."""
    if lat is None or lon is None:
        return ""
    return f"{degrees(lat, 'lat', lang)}, {degrees(lon, 'lon', lang)}"


def public_width(scan: dict) -> int:
    """The width in pixels that may be published of a scan."""
    return min(scan["width"], scan["max_width"]) if scan["max_width"] else scan["width"]


def download_widths(scan: dict) -> list[int]:
    """Widths offered for download: 1000, 2000, 4000 as far as image and rights allow; of a smaller one its own."""
    limit = public_width(scan)
    return [width for width in (1000, 2000, 4000) if width <= limit] or [limit]


def other_names(place: dict, lang: str) -> list[dict]:
    """A place's names by language, for its page: [{"lang", "language", "names": [{text, historical, verified}]}].

    The name that is the page's heading isn't repeated.
    """
    groups: dict[str, dict] = {}
    for name in place["names"]:
        if name["text"] == both(place["name"], lang):
            continue
        group = groups.setdefault(name["lang"], {"lang": name["lang"], "names": []})
        group["language"] = language(name["lang"], lang)
        group["names"].append(name)
    return list(groups.values())


def grouped_places(places: list[dict], lang: str) -> list[dict]:
    """Places in the groups of the index: [{"label", "places"}], without empty groups; order within a group is kept."""
    known = {kind for _, kinds in PLACE_GROUPS for kind in kinds}
    groups = [(words, [place for place in places if place["kind"] in kinds]) for words, kinds in PLACE_GROUPS]
    groups.append((OTHER_PLACES, [place for place in places if place["kind"] not in known]))
    return [{"label": words[lang], "places": found} for words, found in groups if found]
