"""Near words: which words of the standing editions are one or two letters away from what was typed.

Deletion keys as in SymSpell (Wolf Garbe, 2012): two words within n letters of each other share what is left of them
when up to n letters are left out.
"""

from itertools import combinations

LOOKED_AT = 7  # letters of a long word that make its keys
LONG = 6  # letters from which a word may differ in two


def reach(word: str) -> int:
    """How many letters may be wrong: none of a word of one or two letters, since then any word would do."""
    return 0 if len(word) < 3 else 1 if len(word) < LONG else 2


def keys(word: str) -> set[str]:
    """The word's beginning, with none, one or two letters left out. A long word has those of a shorter one too."""
    start = word[:LOOKED_AT]
    most = min(max(1, reach(word)), len(start) - 1)
    left = (combinations(range(len(start)), len(start) - out) for out in range(most + 1))
    return {"".join(start[at] for at in kept) for choices in left for kept in choices}


def distance(first: str, second: str) -> int:
    """Letters added, left out, changed or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        two_before, before, row = before, row, [i]
        for j, other in enumerate(second, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
    return row[-1]


def ranked(typed: str, words: dict[str, int], most: int) -> list[str]:
    """In: {word: how many editions hold it}. Out: those in reach, nearest first, then the most used; at most `most`.

    A word that begins otherwise counts as half a letter farther: people seldom mistake the first letter.
    """
    near = []
    for word, count in words.items():
        if word != typed and (far := distance(typed, word)) <= reach(typed):
            near.append((far + (0.5 if word[:1] != typed[:1] else 0), -count, word))
    return [word for _far, _count, word in sorted(near)[:most]]
