"""What changed between two documents, for the reviewer. Pure."""

import re
from difflib import SequenceMatcher

# Volatile by nature: a new edition always has another number.
IGNORED = {"number", "schema"}
# By what an item of a list is recognised, in this order; several together where one isn't enough.
IDENTITIES = (("key", "role"), ("key", "pages"), ("key",), ("image",), ("identifier", "kind"), ("number",))
# Hán and Nôm are written without spaces: each character is a word.
WORD = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|\w+|\s+|[^\w\s]")
CONTEXT = 6  # words that are shown on either side of a changed one
LONG = 4000  # words: beyond, the comparison takes a coarser way


def changes(before: dict | None, after: dict) -> list[dict]:
    """Rows {field, path, before, after, steps} in the order of the documents.

    field: the document's first level; path: what lies below it as text ("1 · image"); steps: the path to the value in
    the new document, or in the old one where it went; `before` None = all is new. Items of lists are recognised by
    their keys, so that one more place doesn't change all the places after it.
    """
    rows = []
    _compare(before or {}, after, (), (), rows)
    return rows


def _compare(old, new, was: tuple, at: tuple, rows: list) -> None:
    if isinstance(old, dict) or isinstance(new, dict):
        old, new = (value if isinstance(value, dict) else {} for value in (old, new))
        for key in [*new, *(key for key in old if key not in new)]:
            if at or key not in IGNORED:
                _compare(old.get(key), new.get(key), (*was, key), (*at, key), rows)
    elif isinstance(old, list) or isinstance(new, list):
        old, new = (value if isinstance(value, list) else [] for value in (old, new))
        for one, other in pairs(old, new):
            _compare(
                None if one is None else old[one],
                None if other is None else new[other],
                (*was, other if one is None else one),
                (*at, one if other is None else other),
                rows,
            )
    elif (first := leaf(old)) != (second := leaf(new)):
        rows.append(
            {
                "field": at[0],
                "path": label(at if second else was),
                "before": first,
                "after": second,
                "steps": at if second else was,
            }
        )


def leaf(value) -> str:
    """A value as text; nothing is an empty string."""
    return "" if value is None else str(value)


def pairs(old: list, new: list) -> list[tuple[int | None, int | None]]:
    """Which item of the old list is which of the new: (position, position), None where there is none."""
    found = []
    matcher = SequenceMatcher(None, [identity(one) for one in old], [identity(one) for one in new], autojunk=False)
    for _tag, a, b, c, d in matcher.get_opcodes():
        for step in range(max(b - a, d - c)):
            found.append((a + step if a + step < b else None, c + step if c + step < d else None))
    return found


def identity(item):
    """By what an item is recognised; what compares equal is the same item."""
    if isinstance(item, dict):
        for names in IDENTITIES:
            if all(name in item for name in names):
                return tuple(str(item[name]) for name in names)
        return tuple(sorted(item))
    return str(item)


def label(path: tuple) -> str:
    """What stands behind the field: ("scans", 0, "note", "vi") → "1 · note · vi"."""
    return " · ".join(str(part + 1) if isinstance(part, int) else part for part in path[1:])


def words(before: str, after: str, context: int = CONTEXT) -> list[tuple[str, str]]:
    """The changed words of two texts, with some around them: [("same" | "del" | "ins" | "gap", text)].

    "gap" stands for left out words. Whitespace belongs to the words, so that the parts put together are the text.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > LONG)
    parts, codes = [], matcher.get_opcodes()
    for number, (tag, a, b, c, d) in enumerate(codes):
        if tag == "equal":
            parts += _shortened(old[a:b], context * 2, number > 0, number < len(codes) - 1)
            continue
        if a < b:
            parts.append(("del", "".join(old[a:b])))
        if c < d:
            parts.append(("ins", "".join(new[c:d])))
    return parts


def _shortened(tokens: list, most: int, after_change: bool, before_change: bool) -> list[tuple[str, str]]:
    """Unchanged tokens without the middle that nobody needs; `most` at each end that touches a change."""
    first, last = (most if after_change else 0), (most if before_change else 0)
    if len(tokens) <= first + last + 2:
        return [("same", "".join(tokens))]
    parts = [("same", "".join(tokens[:first])), ("gap", "…"), ("same", "".join(tokens[len(tokens) - last :]))]
    return [part for part in parts if part[1]]
