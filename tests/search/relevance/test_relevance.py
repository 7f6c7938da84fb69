"""What people type, over the demonstration collection: what they want comes among the first three, on both engines."""

import tomllib
from pathlib import Path

import pytest

from archive.models import Edition
from search import indexer, results
from search.analysis import tokens

from .collection import stand

pytestmark = pytest.mark.django_db
TABLE = tomllib.loads(Path(__file__).with_name("queries.toml").read_text(encoding="utf-8"))
QUERIES = TABLE["query"]
LEAST, LEAST_SOURCED = 150, 40
FIRST = 3


def test_enough_is_asked():
    assert len({(entry["q"], entry.get("lang")) for entry in QUERIES}) == len(QUERIES) >= LEAST
    assert sum("source" in entry for entry in QUERIES) >= LEAST_SOURCED


def test_what_is_wanted_comes_first(engine_name, cataloguer, reviewer):
    assert stand(cataloguer, reviewer) >= 55
    indexer.drain()
    wrong = []
    for entry in [*QUERIES, *TABLE["later"]]:
        found = results.find({"q": entry["q"]}, entry.get("lang", "vi"))
        first = [item["identifier"] for item in found.items[:FIRST]]
        if missing := [identifier for identifier in entry["want"] if identifier not in first]:
            wrong.append(f"{entry['q']}: not {missing} but {first} of {found.total} {found.reading}")
    assert not wrong, f"{len(wrong)} of {len(QUERIES)}:\n" + "\n".join(wrong)


def test_no_query_holds_a_whole_title(cataloguer, reviewer):
    stand(cataloguer, reviewer)
    titles = {}
    for document in (edition.data for edition in Edition.objects.all()):
        given = [*document["title"].values(), *document["alternative_titles"]]
        given += [title["text"] for title in document["title_original"]]
        titles |= {folded(title): document["identifier"] for title in given}
    held = [(entry["q"], title) for entry in QUERIES for title in titles if f" {title} " in f" {folded(entry['q'])} "]
    assert not held


def folded(text: str) -> str:
    return " ".join(token.folded for token in tokens(text))
