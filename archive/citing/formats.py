"""The formats in which citations are given, and lists of them. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from .apa import apa
from .bibtex import bibtex
from .ris import ris
from .runs import plain
from .vietnamese import vietnamese


@dataclass(frozen=True)
class Format:
    """`write` makes the text of one item; `between` parts two of a list.."""

    content_type: str
    extension: str
    write: Callable[[dict, str, str], str]
    between: str
    inline: bool = False  # a page of words that a browser shows


def _words(style) -> Callable[[dict, str, str], str]:
    return lambda document, lang, base: plain(style(document, lang, base)) + "\n"


FORMATS = {
    "bibtex": Format("application/x-bibtex; charset=utf-8", "bib", bibtex, "\n"),
    "ris": Format("application/x-research-info-systems; charset=utf-8", "ris", ris, ""),
    "vietnamese": Format("text/plain; charset=utf-8", "txt", _words(vietnamese), "\n", inline=True),
    "apa": Format("text/plain; charset=utf-8", "txt", _words(apa), "\n", inline=True),
}


def listed(name: str, documents: list[dict], lang: str, base: str) -> str:
    """The citations of several items in one format, in the order given."""
    form = FORMATS[name]
    return form.between.join(form.write(document, lang, base) for document in documents)
