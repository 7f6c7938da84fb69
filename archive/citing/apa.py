"""A citation in the style of the APA, 7th edition. Pure.

Sources: Publication Manual of the APA (7th ed.), 9.7–9.12 (authors), 9.14 and 9.17 (dates,
approximate and missing), 9.18–9.22 and 9.38 (titles, their translation and description in brackets), 10.14 (maps,
pictures), 10.16 (newspapers), chapter 11 (laws).
https://apastyle.apa.org/style-grammar-guidelines/references/examples
"""

from ..folding import fold
from .people import Name, initials
from .reference import Reference, refer
from .runs import Run, sentence

MONTHS = "January February March April May June July August September October November December".split()
UNDATED = {"vi": "không rõ năm", "en": "n.d."}
ISSUE = {"vi": "bản công bố số {}", "en": "edition {}"}


def apa(document: dict, lang: str, base: str) -> list[Run]:
    """Runs of text; the address stands at the end, without a full stop."""
    found = refer(document, lang, base)
    site = [(f"Cát Vàng ({ISSUE[lang].format(found.number)})", False)]
    if found.kind == "legal_text":
        return sentence([*law(found), (f" ({date(found, lang)})", False)], authors(found.authors), site, found.url)
    source = publication(found)
    work = title(found)
    when = f"({date(found, lang)})"
    start = [authors(found.authors), when, work] if found.authors else [work, when]
    return sentence(*start, *source, site, found.url)


def law(found: Reference) -> list[Run]:
    """Name and number of a law; a number that its name holds isn't said twice."""
    number = f", {found.law_number}" if found.law_number and found.law_number not in found.title else ""
    return [(found.title, False), (number, False)]


def title(found: Reference) -> list[Run]:
    """In italics unless it is an article's; a foreign one in Latin letters, translated (9.38); what the thing is."""
    foreign = found.romanized and fold(found.romanized) not in fold(found.title)
    behind = f" [{found.title}]" if foreign else "".join(f" {text}" for text in found.original)
    about = "" if found.kind in ("book", "press_item") else f" [{found.kind_word}]"
    return [(found.romanized if foreign else found.title, found.kind != "press_item"), (behind, False), (about, False)]


def publication(found: Reference) -> list:
    """Paper or publisher, then where the original is kept."""
    printed = [(found.publisher, found.kind == "press_item")] if found.publisher else []
    kept = ", ".join(filter(None, (found.holder, found.shelfmark)))
    return [printed, kept]


def authors(names: tuple[Name, ...]) -> str:
    """At most 20 in full; of more the first 19, … and the last (9.8)."""
    written = [one(name) for name in names]
    if len(written) > 20:
        return ", ".join(written[:19]) + ", . . . " + written[-1]
    if len(written) > 1:
        return ", ".join(written[:-1]) + ", & " + written[-1]
    return "".join(written)


def one(name: Name) -> str:
    return f"{name.family}, {initials(name.given)}" if name.given else name.family


def date(found: Reference, lang: str) -> str:
    """ "1838", "ca. 1838", "1909, April 1" of a newspaper, "n.d."."""
    years = found.years if lang == "en" else found.years.replace("ca. ", "khoảng ")
    if found.kind != "press_item" or not found.date or not found.date[1]:
        return years or UNDATED[lang]
    year, month, day = found.date
    if lang == "vi":
        return f"{year}, {f'ngày {day} ' if day else ''}tháng {month}"
    return f"{year}, {MONTHS[month - 1]}{f' {day}' if day else ''}"
