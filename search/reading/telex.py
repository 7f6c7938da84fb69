"""Keystrokes that were never turned into Vietnamese letters, in Telex or VNI, at the end of a word or inside it. Pure.

Telex: aa ee oo dd for â ê ô đ, w for ă ơ ư, and s f r x j for the tones. VNI: 6 for the circumflex, 7 for the horn,
8 for the breve, 9 for đ, and 1 to 5 for the tones. A word is decoded only into a well-formed syllable; what isn't one
stays.
"""

import re
import unicodedata
from functools import cache

from .syllables import syllables
from .tones import ACUTE, DOT, GRAVE, HOOK, TILDE, fits, place

TELEX_TONES = {"s": ACUTE, "f": GRAVE, "r": HOOK, "x": TILDE, "j": DOT}
VNI_TONES = {"1": ACUTE, "2": GRAVE, "3": HOOK, "4": TILDE, "5": DOT}
CIRCUMFLEX, HORN, BREVE, BAR = "\u0302", "\u031b", "\u0306", "đ"
VNI_MARKS = {"6": CIRCUMFLEX, "7": HORN, "8": BREVE, "9": BAR}
_KEYS = re.compile(r"(?<!\w)[A-Za-z][A-Za-z0-9]{1,12}(?!\w)")
_ONSET = re.compile(r"[bcdghklmnpqrstvxDĐđ]*")
_VOWELS = "aeiouy"
# English, French and Portuguese words, common beside names of places, that would decode; they never do.
PLAIN = frozenset(
    """
    as is us was has his its this of if or for nor her car war far bar tar sir as six box max mix fix fax tax ex
    des les mes ses tes ces nos vos bas pas cas mais dans sans sous vers sur par car air mer mar peur leur leurs ans
    fois trois bois roi rois lors tous nous vous plus peu aux eux deux ceux feux lieux voix noix prix paix dix six ni
    puis chef nef est das dos los las
    map maps bay bays sea seas key keys law laws saw now how new low row tow two own town towns down lawn dawn gown
    book books look room rooms moon moons soon noon too boots roots been seen see sees keep keeps deep meet meets feet
    need tree trees free three bees seem seems add did dad odd end and had bad red bed horn corn born turn arm term
    last cast vast most lost host cost coast rest test best must mast dust post
    reef reefs usa gas bus mars pays pans hats sons songs things kings plans lines ports caps cans rose visa rosa
    use list data more does there these here those per sure pair pure mere thus days past says sets runs goes queen
    door doors root roots boost rows won wrong peer beer deer wax wood raj taj pawn rowan trojan hair chair honor piece
    voir mois mis terme noms chose suis neuf photo heure vues choix voor aan naam meer bij hoje bajo
    """.split()
)


def read(text: str) -> str | None:
    """The text as Telex or VNI keystrokes, or None where that is no other reading.

    "Hoafng Sa", "Hoang2 Sa" → "Hoàng Sa"; "Ddaij Nam" → "Đại Nam"; "Paracels", "des", "Minh" → None. What could be
    English or French as well ("cats", "saw") is decoded only beside a word that couldn't.
    """
    found = [(match, decoded) for match in _KEYS.finditer(text) if (decoded := decode(match[0]))]
    if not any(_sure(match[0]) for match, _decoded in found):
        return None
    pieces, at = [], 0
    for match, decoded in found:
        pieces += [text[at : match.start()], decoded]
        at = match.end()
    return "".join([*pieces, text[at:]])


# Keys that aren't English or French letters there: digits, dd, aa, j, f after a vowel, w with a letter behind it, a
# tone before ng or nh or behind a consonant; and a doubled vowel with a tone.
_SURE = re.compile(
    r"\d|^dd|aa|[aeiouy]\w*[jf]|w\w|uw|[aeiouy][srx](?:ng|nh)|[mngh][rx]$|(?:ee|oo)\w*[srx]|[srx]\w*(?:ee|oo)"
)


def _sure(word: str) -> bool:
    """Whether the keys of a word that decodes can hardly be letters of another language."""
    return bool(_SURE.search(word.lower()))


@cache
def _skeletons() -> dict[tuple[str, frozenset[str]], list[str]]:
    """{(letters without marks, the marks): syllables}, for all syllables that have marks or none."""
    found: dict[tuple[str, frozenset[str]], list[str]] = {}
    for syllable in syllables():
        letters, marks = [], set()
        for letter in unicodedata.normalize("NFD", syllable):
            if letter in (CIRCUMFLEX, HORN, BREVE):
                marks.add(letter)
            elif letter == BAR:
                letters.append("d")
                marks.add(BAR)
            else:
                letters.append(letter)
        found.setdefault(("".join(letters), frozenset(marks)), []).append(syllable)
    return found


def decode(word: str) -> str | None:
    """One word, or None where its keys make no syllable, or it has none.

    Where a key was left out it is guessed if only one syllable fits ("Vietj" → "Việt"), else the letters stand plain
    ("Truongf" → "Truong"): they find as well without it.
    """
    low = word.lower()
    if low in PLAIN:
        return None
    return _decoded(word, _keys(low, free=False)) or _decoded(word, _keys(low, free=True))


def _decoded(word: str, keys: tuple[str, frozenset[str], str] | None) -> str | None:
    if keys is None:
        return None
    letters, marks, tone = keys
    if not (marks or tone) or len(letters) < 2 and not (marks and tone):
        return None
    for shaped in _ways(marks):
        for base in _skeletons().get((letters, shaped), ()):
            if fits(base, tone):
                return _cased(place(base, tone), word)
    more = [base for base in _longer(letters, marks) if fits(base, tone)]
    if not more:
        return None
    return _cased(place(more[0], tone) if len(more) == 1 else letters, word)


def _longer(letters: str, marks: frozenset[str]) -> list[str]:
    """Syllables of these letters that have more marks than were typed."""
    every = (frozenset(), {BAR}, {CIRCUMFLEX}, {HORN}, {BREVE}, {BAR, CIRCUMFLEX}, {BAR, HORN}, {BAR, BREVE})
    wider = [frozenset(some) for some in every if any(way < frozenset(some) for way in _ways(marks))]
    return [base for some in wider for base in _skeletons().get((letters, some), ())]


def _ways(marks: frozenset[str]) -> list[frozenset[str]]:
    """Telex has one key, w, for horn and breve."""
    if "w" not in marks:
        return [marks]
    return [marks - {"w"} | {mark} for mark in (HORN, BREVE)]


def _keys(low: str, free: bool) -> tuple[str, frozenset[str], str] | None:
    """(letters without the keys, marks, tone) of a word in lower case; None where keys contradict each other.

    free: the second of a doubled vowel may stand further behind ("nhata"), else beside the first.
    """
    letters, marks, tones = [], set(), []
    vowel = ""  # the vowels so far: after the first of them, letters that end no syllable are keys
    for before, letter in zip(" " + low, low, strict=False):
        if letter in VNI_TONES and vowel:
            tones.append(VNI_TONES[letter])
        elif letter in VNI_MARKS and (vowel or letter == "9" and letters == ["d"]):
            marks.add(VNI_MARKS[letter])
        elif letter.isdigit():
            return None
        elif letter in TELEX_TONES and vowel:
            tones.append(TELEX_TONES[letter])
        elif letter == "w":
            if not vowel:
                letters.append("u")
                vowel = "u"
            marks.add("w")
        elif letter == "d" and (vowel or letters == ["d"]) and "d" in letters[:1]:
            marks.add(BAR)
        elif letter in "aeo" and letter in (vowel if free else before) and CIRCUMFLEX not in marks:
            marks.add(CIRCUMFLEX)
        else:
            letters.append(letter)
            vowel += letter if letter in _VOWELS and "".join(letters) != "qu" else ""
    if len(tones) > 1 or not letters:
        return None
    return "".join(letters), frozenset(marks), tones[0] if tones else ""


def _cased(syllable: str, typed: str) -> str:
    """In the letters' case of what was typed."""
    if typed.upper() == typed and sum(letter.isalpha() for letter in typed) > 1:
        return syllable.upper()
    return syllable.capitalize() if typed[0].isupper() else syllable
