"""The `metadata` list of a manifest: what a viewer shows beside the picture. Pure."""

from ..display import counts, scale, size
from ..vocabulary import CONFIDENCE, KINDS, PRIME_MERIDIANS, RIGHTS, ROLES, SHOWN_AS
from .parts import entry, language_map

IDENTIFIER = {"vi": "Số hiệu", "en": "Identifier"}
KIND = {"vi": "Loại hình", "en": "Kind"}
ORIGINAL_TITLE = {"vi": "Nhan đề gốc", "en": "Original title"}
READING = {"vi": "Âm Hán-Việt", "en": "Sino-Vietnamese reading"}
OTHER_TITLES = {"vi": "Nhan đề khác", "en": "Other titles"}
DATE = {"vi": "Niên đại", "en": "Date"}
DATE_AS_WRITTEN = {"vi": "Niên hiệu ghi trên tư liệu", "en": "Date as written"}
PUBLISHED_AT = {"vi": "Nơi xuất bản", "en": "Place of publication"}
SIGNIFICANCE = {"vi": "Ý nghĩa", "en": "Significance"}
PROVENANCE = {"vi": "Nguồn gốc", "en": "Provenance"}
COUNTS = {"vi": "Số tờ, số trang", "en": "Extent"}
SIZE = {"vi": "Kích thước", "en": "Dimensions"}
TECHNIQUE = {"vi": "Kỹ thuật", "en": "Technique"}
SCALE = {"vi": "Tỷ lệ", "en": "Scale"}
PROJECTION = {"vi": "Phép chiếu", "en": "Projection"}
MERIDIAN = {"vi": "Kinh tuyến gốc", "en": "Prime meridian"}
LEGAL_NUMBER = {"vi": "Số, ký hiệu văn bản", "en": "Number"}
ISSUED = {"vi": "Ngày ban hành", "en": "Issued"}
IN_FORCE_FROM = {"vi": "Có hiệu lực từ", "en": "In force from"}
IN_FORCE_TO = {"vi": "Hết hiệu lực từ", "en": "In force to"}
TAGS = {"vi": "Từ khoá", "en": "Tags"}
LANGUAGES = {"vi": "Ngôn ngữ", "en": "Languages"}
PLACES = {"vi": "Địa danh", "en": "Places"}
INSTITUTION = {"vi": "Cơ quan lưu giữ", "en": "Holding institution"}
SHELFMARKS = {"vi": "Ký hiệu kho", "en": "Shelfmarks"}
SHOWN = {"vi": "Hiện vật trưng bày", "en": "Shown as"}
REMARKS = {"vi": "Điều cần lưu ý", "en": "Remarks"}
TRUST = {"vi": "Độ tin cậy", "en": "Confidence"}
RIGHTS_LABEL = {"vi": "Quyền", "en": "Rights"}
RIGHTS_NOTE = {"vi": "Ghi chú về quyền", "en": "Rights note"}
SOURCES = {"vi": "Nguồn", "en": "Sources"}


def plain(*texts: str) -> dict:
    """A value that belongs to no language: codes, names of documents."""
    texts = [text for text in texts if text]
    return {"none": texts} if texts else {}


def names(things: list[dict]) -> dict:
    """Names of agents or places, language by language."""
    value = {}
    for lang in ("vi", "en"):
        found = [thing["name"][lang] for thing in things if thing["name"].get(lang)]
        if found:
            value[lang] = found
    return value


def original_titles(document: dict) -> dict:
    value: dict = {}
    for title in document["title_original"]:
        value.setdefault(title.get("lang") or "none", []).append(title["text"])
    return value


def agents(document: dict) -> list[tuple[dict, dict]]:
    """One row a role, in the order of the vocabulary."""
    by_role: dict = {}
    for agent in document["agents"]:
        by_role.setdefault(agent["role"], []).append(agent)
    known = [role for role in ROLES if role in by_role]
    others = [role for role in by_role if role not in ROLES]
    return [(ROLES.get(role, ROLES["creator"]), names(by_role[role])) for role in known + others]


def source(citation: dict) -> dict:
    """A citation as one line in each language."""
    pages = f", {citation['pages']}" if citation.get("pages") else ""
    address = f" {citation['url']}" if citation.get("url") else ""
    texts = citation["name"]
    return {lang: f"{texts[lang]}{pages}{address}" for lang in ("vi", "en") if texts.get(lang)}


def sources(document: dict) -> dict:
    lines = [source(citation) for citation in document["citations"]]
    value = {lang: [line[lang] for line in lines if lang in line] for lang in ("vi", "en")}
    return {lang: texts for lang, texts in value.items() if texts}


def told(tell, part) -> dict:
    """What archive.display says of a part, in both languages."""
    return language_map({lang: tell(part, lang) for lang in ("vi", "en")})


def details(document: dict) -> list[tuple[dict, dict]]:
    """Rows of the object itself, of a map and of a legal text."""
    physical, legal = document["physical"] or {}, document["legal"] or {}
    cartography = document["cartography"] or {}
    return [
        (COUNTS, told(counts, physical)),
        (SIZE, told(size, physical)),
        (TECHNIQUE, language_map(physical.get("technique"))),
        (SCALE, told(scale, cartography)),
        (PROJECTION, language_map(cartography.get("projection"))),
        (MERIDIAN, language_map(PRIME_MERIDIANS.get(cartography.get("prime_meridian")))),
        (LEGAL_NUMBER, plain(legal.get("number", ""))),
        (ISSUED, plain(legal.get("issued") or "")),
        (IN_FORCE_FROM, plain(legal.get("in_force_from") or "")),
        (IN_FORCE_TO, plain(legal.get("in_force_to") or "")),
    ]


def metadata(document: dict) -> list[dict]:
    """Rows with something to say, in a fixed order."""
    date = document["date"] or {}
    institution = document["institution"]
    rights = document["rights"]
    rows = [
        (IDENTIFIER, plain(document["identifier"])),
        (KIND, language_map(KINDS.get(document["kind"]))),
        (ORIGINAL_TITLE, original_titles(document)),
        (READING, plain(document["reading"])),
        (OTHER_TITLES, plain(*document["alternative_titles"])),
        (DATE, language_map(date.get("display"))),
        (DATE_AS_WRITTEN, plain(date.get("as_written", ""))),
        *agents(document),
        (PUBLISHED_AT, language_map(document["place_of_publication"])),
        (LANGUAGES, plain(*document["languages"])),
        *details(document),
        (SIGNIFICANCE, language_map(document["significance"])),
        (PLACES, names(document["places"])),
        (INSTITUTION, language_map(institution["name"]) if institution else {}),
        (SHELFMARKS, plain(*document["shelfmarks"])),
        (PROVENANCE, language_map(document["provenance"])),
        (TAGS, names(document["tags"])),
        (SHOWN, language_map(SHOWN_AS.get(document["shown_as"]))),
        (REMARKS, language_map(document["remarks"])),
        (TRUST, language_map(CONFIDENCE.get(document["confidence"]))),
        (RIGHTS_LABEL, language_map(RIGHTS.get(rights["statement"]))),
        (RIGHTS_NOTE, language_map(rights["note"])),
        (SOURCES, sources(document)),
    ]
    return [entry(label, value) for label, value in rows if value]
