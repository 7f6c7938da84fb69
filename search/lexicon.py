"""The names and words of standing editions, kept in tables; their sole writer.

It follows the outbox as the indices do, with a cursor of its own, so that names are looked up and spellings are
compared alike whichever engine answers. Nothing is read here but standing editions.
"""

import hashlib
import json
from collections import Counter

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from archive.models import Edition

from . import news
from .analysis import tokens
from .documents import version
from .models import Cursor, EditionWords, NamedPlace, Naming, Word, WordKey
from .spelling import keys

NAME = "lexicon"
SCHEME = "lexicon-v1"  # another: all is read anew
BATCH = 100  # editions of one transaction, which a small machine writes in less than 200 ms
LONGEST, SHORTEST = 24, 2  # letters of a word


# --- what an edition says (pure) ----------------------------------------------------------------------


def words_of(document: dict) -> set[str]:
    """The folded words that curators wrote in a document, in letters: what a spelling may be mended to.

    What a machine read from the sheets isn't taken: it is full of slips itself.
    """
    both = [document["title"], document["description"], document["remarks"], document["significance"]]
    both += [agent["name"] for agent in document["agents"]] + [tag["name"] for tag in document["tags"]]
    both += [document["institution"]["name"]] if document["institution"] else []
    texts = [text for pair in both for text in pair.values()]
    texts += [title["text"] for title in document["title_original"]] + document["alternative_titles"]
    texts += [document["reading"], *(name for place in document["places"] for name in names_of(place))]
    folded = (token.folded for text in texts if text for token in tokens(text))
    return {word for word in folded if SHORTEST <= len(word) <= LONGEST and word.isascii() and word.isalpha()}


def names_of(place: dict) -> list[str]:
    """All names of a document's place, its own first, each once."""
    named = [place["name"]["vi"], place["name"]["en"], *(name["text"] for name in place["names"])]
    return [name for name in dict.fromkeys(named) if name]


def _digest(key: str, names: list[str]) -> str:
    return hashlib.sha256(json.dumps([key, names], ensure_ascii=False).encode()).hexdigest()


# --- following the outbox --------------------------------------------------------------------------------


def step() -> bool:
    """Take in one batch of the outbox, or of all editions where the tables are new. True when there was anything."""
    cursor = Cursor.objects.get_or_create(engine=NAME)[0]
    if cursor.index != SCHEME or cursor.position > news.head():
        fill()
        return True
    entries = news.entries(cursor.position, BATCH)
    if not entries:
        Cursor.objects.filter(engine=NAME).exclude(error="").update(error="")
        return False
    _take(list(dict.fromkeys(identifier for _sequence, identifier in entries)), cursor.position, entries[-1][0])
    return True


def drain() -> None:
    """Take in all that waits."""
    while step():
        pass


def has_news() -> bool:
    cursor = Cursor.objects.filter(engine=NAME).first()
    return cursor is None or cursor.index != SCHEME or cursor.position != news.head()


def fill() -> None:
    """Read all standing editions anew."""
    position = news.head()
    with transaction.atomic():
        for model in (NamedPlace, Word, EditionWords):
            model.objects.all().delete()
        Cursor.objects.update_or_create(engine=NAME, defaults={"index": "", "position": position})
    last = ""
    while batch := list(Edition.objects.filter(identifier__gt=last).values_list("identifier", flat=True)[:BATCH]):
        _take(batch)
        last = batch[-1]
    Cursor.objects.filter(engine=NAME).update(index=SCHEME)  # only now: what is cut off is begun again


def _take(identifiers: list[str], was: int | None = None, position: int | None = None) -> None:
    """Write what these editions say now, and what is said no more; move the cursor on from `was`."""
    editions = list(Edition.objects.filter(identifier__in=identifiers))
    said = {
        edition.identifier: (version(edition.identifier, edition.number), words_of(edition.data))
        for edition in editions
    }
    places = {edition.pk: [(place["key"], names_of(place)) for place in edition.data["places"]] for edition in editions}
    with transaction.atomic():
        cursor = Cursor.objects.select_for_update().get(engine=NAME)
        if was is not None and cursor.position != was:
            return  # somebody else was quicker
        _put_words(identifiers, said)
        _put_names(places)
        if position is not None:
            cursor.position = position
            cursor.save(update_fields=["position", "updated_at"])


def _put_words(identifiers: list[str], said: dict[str, tuple[str, set[str]]]) -> None:
    change = Counter()
    for row in EditionWords.objects.filter(identifier__in=identifiers):
        change.subtract(row.words.split())
    EditionWords.objects.filter(identifier__in=identifiers).delete()
    rows = []
    for identifier, (number, words) in said.items():
        change.update(words)
        rows.append(EditionWords(identifier=identifier, version=number, words=" ".join(sorted(words))))
    EditionWords.objects.bulk_create(rows)
    known = set(Word.objects.filter(word__in=list(change)).values_list("word", flat=True))
    new = [Word(word=word, editions=count) for word, count in sorted(change.items()) if count > 0 and word not in known]
    Word.objects.bulk_create(new)
    WordKey.objects.bulk_create(WordKey(key=key, word=word) for word in new for key in sorted(keys(word.word)))
    by_change: dict[int, list[str]] = {}
    for word in known:
        by_change.setdefault(change[word], []).append(word)
    for count, words in by_change.items():
        if count:
            Word.objects.filter(word__in=words).update(editions=F("editions") + count)
    Word.objects.filter(editions__lte=0).delete()


def _put_names(places: dict[int, list[tuple[str, list[str]]]]) -> None:
    """In: {primary key of an edition: [(key, names)]}."""
    standing = set(Edition.objects.select_for_update().filter(pk__in=places).values_list("pk", flat=True))
    wanted = {_digest(key, names): (key, names) for pk in standing for key, names in places[pk]}
    held = NamedPlace.objects.in_bulk(list(wanted), field_name="digest")
    NamedPlace.objects.bulk_create(
        NamedPlace(key=key, names=names, digest=digest) for digest, (key, names) in wanted.items() if digest not in held
    )
    held = NamedPlace.objects.in_bulk(list(wanted), field_name="digest")
    Naming.objects.filter(edition__in=standing).delete()
    Naming.objects.bulk_create(
        Naming(edition_id=pk, place=held[digest])
        for pk in sorted(standing)
        for digest in sorted({_digest(key, names) for key, names in places[pk]})
    )
    NamedPlace.objects.filter(~Exists(Naming.objects.filter(place=OuterRef("pk")))).delete()


# --- comparing --------------------------------------------------------------------------------------------


def reconcile(fix: bool = False) -> list[str]:
    """A sentence for each edition whose names or words aren't in the tables as it stands. With fix, mends them.

    What the outbox still holds isn't a difference: it is on its way.
    """
    cursor = Cursor.objects.filter(engine=NAME, index=SCHEME).first()
    if cursor is None:
        if fix:
            drain()
        return [_("Bảng tên và từ của ô tìm kiếm chưa được lập.")]
    waiting = news.waiting(cursor.position)
    held = dict(EditionWords.objects.values_list("identifier", "version"))
    wanted = {key: version(key, number) for key, number in Edition.objects.values_list("identifier", "number")}
    wrong = {key for key in (held.keys() | wanted.keys()) - waiting if held.get(key) != wanted.get(key)}
    nameless = Edition.objects.filter(~Exists(Naming.objects.filter(edition=OuterRef("pk"))), places__isnull=False)
    wrong |= set(nameless.values_list("identifier", flat=True).distinct()) - waiting
    if fix and wrong:
        found = sorted(wrong)
        for start in range(0, len(found), BATCH):
            _take(found[start : start + BATCH])
    return [_("Bảng tên và từ của ô tìm kiếm khác bản công bố của %(id)s.") % {"id": key} for key in sorted(wrong)]
