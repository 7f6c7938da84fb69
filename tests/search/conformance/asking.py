"""How the conformance suite asks an engine, and reads what it found."""

import os

from search import cursors
from search.plan import plan
from search.query import understand

NAMES = ("embedded", "elasticsearch")


def own(name: str) -> str:
    """A prefix of this process's own: others may test on the same node."""
    return f"{name}{os.getpid()}"


def ask(engine, index, lang, stale, params, how):
    query = understand({"page_size": "100", **params}, lang)
    return engine.search(index, plan(query, stale, after=cursors.read(query), **how))


def ids(found) -> set[str]:
    return {hit.identifier for hit in found.hits}


def names_of(found, q="", how=None, **params) -> dict[str, str]:
    """{identifier: the name of its tier}"""
    made = plan(understand({"q": q, **params}, "vi"), **(how or {}))
    names = {tier.rank: tier.name for tier in made.tiers}
    return {hit.identifier: names[hit.rank] for hit in found.hits}


def tiers_of(find, q="", how=None, **params):
    return names_of(find(q=q, how=how, **params), q, how, **params)
