"""A citation as BibTeX, in UTF-8 (biber, bibtex8). Pure.

Entry types and fields: https://ctan.org/pkg/btxdoc ("BibTeXing"); `url`, `language` and `urldate` as biblatex has them.
"""

import re

from .people import Name
from .reference import refer

TYPES = {"book": "book", "manuscript": "unpublished", "press_item": "article"}
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&%#_"},
}


def bibtex(document: dict, lang: str, base: str) -> str:
    """One entry, its key the identifier; lines end with "\\n"."""
    found = refer(document, lang, base)
    name = TYPES.get(found.kind, "misc")
    if name == "article" and not found.publisher:
        name = "misc"  # an article needs the name of its paper
    shelf = ", ".join(filter(None, (found.holder, found.shelfmark)))
    fields = {
        "author": people(found.authors),
        "editor": people(found.editors),
        "title": f"{{{escape(found.title)}}}",  # braces: styles leave capitals alone
        "journal": escape(found.publisher) if name == "article" else "",
        "publisher": escape(found.publisher) if name != "article" else "",
        "address": escape(found.place),
        "year": escape(found.years.replace("–", "--")),
        "month": str(found.date[1]) if found.date and found.date[1] else "",
        "number": escape(found.law_number),
        "howpublished": escape(found.kind_word) if name == "misc" else "",
        "note": escape(". ".join(filter(None, (" ; ".join(found.original), shelf))) or found.kind_word),
        "language": escape(", ".join(found.languages)),
        "url": found.url,
    }
    lines = [f"  {field} = {{{value}}}" for field, value in fields.items() if value not in ("", "{}")]
    return "@" + name + "{" + found.identifier + ",\n" + ",\n".join(lines) + "\n}\n"


def people(names: tuple[Name, ...]) -> str:
    """ "Lê, Quý Đôn and {Bộ Nội vụ}": a name that stays whole is braced, so that "and" or a comma in it is a word."""
    return " and ".join(
        f"{escape(name.family)}, {escape(name.given)}" if name.given else f"{{{escape(name.family)}}}" for name in names
    )


def escape(text: str) -> str:
    """Text of a field: LaTeX's ten signs, on one line."""
    return "".join(SPECIAL.get(sign, sign) for sign in re.sub(r"\s+", " ", text).strip())
