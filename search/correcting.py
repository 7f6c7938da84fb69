"""Did you mean: the box with its misspelled words as standing editions spell them, where that finds more."""

from dataclasses import replace

from archive.folding import nfc

from .analysis import tokens
from .asking import ask
from .models import Word
from .plan import plan
from .query import Query, understand
from .readings import LITTLE, Answer, widened
from .spelling import keys, ranked, reach

TRIES = 3  # rewritten boxes that are asked for
CANDIDATES = 3  # near words of one word
MOST_WORDS = 8


def suggestion(answer: Answer) -> str | None:
    """The whole box, rewritten; None where enough was found, or nothing better is near.

    What is offered has been asked for, and finds more than the box does among what stands at this moment.
    """
    query, total = answer.query, answer.found.total
    if query.literal or total > LITTLE or not query.groups:
        return None
    best, most = None, total
    for text in _rewritten(query):
        found = _total(query, text)
        if found > most:
            best, most = text, found
            break
    return best


def _rewritten(query: Query) -> list[str]:
    """Boxes to try: every word that no edition holds is replaced; or, where all are held, one word at a time."""
    words = [word for word in dict.fromkeys(_words(query)) if reach(word)][:MOST_WORDS]
    held = dict(Word.objects.filter(word__in=words).values_list("word", "editions"))
    unknown = [word for word in words if word not in held]
    near = {word: _near(word, held.get(word, 0)) for word in unknown or words}
    near = {word: candidates for word, candidates in near.items() if candidates}
    if unknown:
        texts = [
            _replaced(query.q, {word: candidates[min(at, len(candidates) - 1)] for word, candidates in near.items()})
            for at in range(TRIES)
            if near
        ]
    else:
        texts = [_replaced(query.q, {word: candidates[0]}) for word, candidates in near.items()]
    return [text for text in dict.fromkeys(texts) if text != nfc(query.q)][:TRIES]


def _words(query: Query) -> list[str]:
    """The folded words of the box that may be misspelled: in letters, and not between quotation marks."""
    plain = [clause for group in query.groups for clause in group if not clause.quoted and not clause.code]
    return [word for clause in plain for word in clause.folded if word.isascii() and word.isalpha()]


def _near(word: str, held: int) -> list[str]:
    """Words in reach that more editions hold than this one."""
    found = Word.objects.filter(keys__key__in=keys(word), editions__gt=held).values_list("word", "editions")
    return ranked(word, dict(found), CANDIDATES)


def _replaced(text: str, words: dict[str, str]) -> str:
    text, pieces, at = nfc(text), [], 0
    for token in tokens(text):
        if token.folded in words:
            pieces += [text[at : token.start], words[token.folded]]
            at = token.end
    return "".join([*pieces, text[at:]])


def _total(query: Query, text: str) -> int:
    """How many the box would find with this text, and the same filters."""
    other = understand({"q": text}, query.lang)
    asked = replace(
        widened(query), q=other.q, groups=other.groups, without=other.without, dates=other.dates,
        whole_code=other.whole_code, page=1, page_size=1, after="",
    )  # fmt: skip
    return ask(lambda stale: plan(asked, stale, facets=()))[1].total
