"""Which words of a box nothing holds, so that it is searched without them where it finds nothing at all. Pure.

Vietnamese is written in syllables, and nearly every syllable occurs somewhere: that nothing holds "giám mục" is seen
from its two syllables side by side, not from each. A foreign word stands for itself.
"""

from collections.abc import Callable, Collection
from functools import cache

from archive.folding import fold, nfc

from .analysis import tokens
from .conditions import Begins, Some
from .documents import ALL
from .query import Clause, Query
from .reading.syllables import syllables
from .tiers import EXACT_SHEETS, NAMES, side_by_side, stands

UNMARKED = ("reading_f", "names_f")  # parts that are kept folded alone
MOST_WORDS = 12  # of a box that is searched with fewer
Groups = tuple[tuple[Clause, ...], ...]


def may_lose(query: Query) -> bool:
    """Whether words may be left out: of two or more plain words. Who writes a phrase, a field, a minus or an OR, or
    asks for the letters as they are, means them."""
    plain = all(len(group) == 1 and not group[0].quoted for group in query.groups)
    meant = query.literal or query.without or query.fields or query.barred
    return plain and not meant and 2 <= len(query.groups) <= MOST_WORDS


def choices(groups: Groups, kept: Collection[int], holds: Callable) -> list[frozenset[int]]:
    """Places of the words to leave out, the fewest first: single words that nothing holds; then compounds too, two and
    more words in a row none of which stands beside its neighbour of the box in any record.

    kept: places that stay whatever holds them (names of places); numbers and Hán stay too. holds(clauses): whether a
    standing record has this word, or these two side by side.
    """
    words = {at: group[0] for at, group in enumerate(groups) if at not in kept and _is_word(group[0])}
    beside = {at for at in words if at + 1 in words and holds((words[at], words[at + 1]))}
    together = beside | {at + 1 for at in beside}
    alone = words.keys() - together
    unheld = {at for at in alone if not holds((words[at],))}
    loose = {at for at in alone if at in unheld or words[at].folded[0] in _folded_syllables()}
    compounds = {at for at in loose if {at - 1, at + 1} & loose}
    found = dict.fromkeys((frozenset(unheld), frozenset(unheld | compounds)))
    return [some for some in found if some and len(some) < len(groups)]


def _is_word(clause: Clause) -> bool:
    return not clause.code and len(clause.folded) == 1 and clause.folded[0].isascii() and clause.folded[0].isalpha()


def somewhere(clauses: tuple[Clause, ...]):
    """The condition that a record has a word, or two side by side. Two of which one is typed with diacritics are meant
    as they are: "đồ giám" isn't held by "do giảm", nor "của linh" by "của lính"."""
    folded = tuple(clause.folded[0] for clause in clauses)
    if len(clauses) > 1 and any(clause.marked for clause in clauses):
        exact = tuple(clause.exact[0] for clause in clauses)
        ways = [side_by_side(part, exact) for part in EXACT_SHEETS]
        ways += [side_by_side(part, folded) for part in UNMARKED]
    else:
        ways = stands(NAMES, lambda _part: folded)
    if len(clauses) == 1 and clauses[0].prefix:
        ways.append(Begins(ALL, clauses[0].prefix))
    return Some(tuple(ways))


@cache
def _folded_syllables() -> frozenset[str]:
    return frozenset(map(fold, syllables()))


def split(query: Query, groups: Groups, text: str, out: frozenset[int]) -> tuple[str, tuple[str, ...]]:
    """(the box without the words at `out`, these as they stood together), in the letters of `text`."""
    text = nfc(text)
    written = {token.exact: text[token.start : token.end] for token in reversed(tokens(text))}
    said = [" ".join(written.get(word, word) for word in group[0].exact) for group in groups]
    left = [words for at, words in enumerate(said) if at not in out] + [words.text for words in query.dates]
    runs: list[list[str]] = []
    for at in sorted(out):
        if at - 1 in out:
            runs[-1].append(said[at])
        else:
            runs.append([said[at]])
    return " ".join(left), tuple(" ".join(run) for run in runs)
