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
    query, total = (answer.whole, 0) if answer.whole else (answer.query, answer.found.total)
    if query.literal or total > LITTLE or not query.groups:
        return None
    for text in _rewritten(query, bool(total)):
        found, written = _asked(query, text)
        if found > total:
            return written
    return None


def _rewritten(query: Query, found: bool) -> list[str]:
    """Boxes to try: every word that no edition holds is replaced; or, where all are held, one word at a time.

    Where all are held and something was `found`, nothing is misspelled.
    """
    words = [word for word in dict.fromkeys(_words(query)) if reach(word)][:MOST_WORDS]
    held = dict(Word.objects.filter(word__in=words).values_list("word", "editions"))
    unknown = [word for word in words if word not in held]
    if found and not unknown:
        return []
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


def _asked(query: Query, text: str) -> tuple[int, str]:
    """How many the box would find with this text, and the same filters; and the text as the first of them writes it."""
    other = understand({"q": text}, query.lang)
    asked = replace(
        widened(query), q=other.q, groups=other.groups, without=other.without, dates=other.dates,
        whole_code=other.whole_code, page=1, page_size=1, after="",
    )  # fmt: skip
    _engine, found, editions = ask(lambda stale: plan(asked, stale, facets=()))
    return found.total, _as_written(query, text, [edition.data for edition in editions.values()])


def _as_written(query: Query, text: str, documents: list[dict]) -> str:
    """The text, what was put in its place spelled as a record that has it does: Trường, not truong."""
    typed = {token.folded for token in tokens(query.q)}
    texts = (
        document[part][lang] for document in documents for part in ("title", "description") for lang in ("vi", "en")
    )
    written: dict[str, str] = {}
    for one in texts:
        for token in tokens(one):
            written.setdefault(token.folded, nfc(one)[token.start : token.end])
    new = {token.folded for token in tokens(text)} - typed
    small = query.q == query.q.lower()  # who types small letters isn't answered in capitals
    return _replaced(text, {word: written[word].lower() if small else written[word] for word in new if word in written})
