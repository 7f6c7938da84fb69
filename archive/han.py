"""Set Hán and Nôm beside quốc ngữ: runs are marked, and what no served font covers is never set as text. Pure."""

import re
from bisect import bisect_right
from html import escape

# Ideographs with their extensions and compatibility forms, radicals, strokes; and the marks that stand between them.
_CHARACTER = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u31c0-\u31ef"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9\U00020000-\U0003ffff"
)
_BETWEEN = "\u3000-\u3004\u3008-\u3020\u00b7\u30fb\uff01-\uff0f\uff1a-\uff1f"
RUN = re.compile(f"[{_CHARACTER}](?:[{_CHARACTER}{_BETWEEN}\\s]*[{_CHARACTER}])?")
IDEOGRAPH = re.compile(f"[{_CHARACTER}]")

# Without the built fonts: the main block of the Basic Multilingual Plane is taken as covered.
BASIC = ((0x2E80, 0x9FFF), (0xF900, 0xFAD9))


class Coverage:
    """Closed ranges of code points, sorted."""

    def __init__(self, ranges=BASIC):
        self.firsts = [first for first, _ in ranges]
        self.lasts = [last for _, last in ranges]

    def __contains__(self, character: str) -> bool:
        point = ord(character)
        index = bisect_right(self.firsts, point) - 1
        return index >= 0 and point <= self.lasts[index]


def code_point(character: str) -> str:
    """A character's name by number: "U+2A38F"."""
    return f"U+{ord(character):04X}"


def runs(text: str):
    """Cut a text into (piece, is_han) in order."""
    end = 0
    for match in RUN.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False
        yield match[0], True
        end = match.end()
    if end < len(text):
        yield text[end:], False


def mark_up(text: str, coverage: Coverage, lang: str = "lzh") -> str:
    """A text as HTML, escaped, with each Hán run in <span class="han" lang="…">.

    A character outside `coverage` becomes its code point in <span class="codepoint">.
    """
    if text.isascii() or not RUN.search(text):  # most are
        return escape(text)
    return "".join(_han(piece, coverage, lang) if is_han else escape(piece) for piece, is_han in runs(text))


def _han(run: str, coverage: Coverage, lang: str) -> str:
    inner = "".join(
        f'<span class="codepoint" lang="en">{code_point(character)}</span>'
        if IDEOGRAPH.match(character) and character not in coverage
        else escape(character)
        for character in run
    )
    return f'<span class="han" lang="{escape(lang)}">{inner}</span>'
