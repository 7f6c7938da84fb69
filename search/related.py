"""Which records are like one: they name its agents or places, are of its time, and speak of the same things."""

from archive.relations import naming
from archive.standing import Standing

from .analysis import tokens
from .asking import ask
from .periods import centuries
from .plan import All, Not, OneOf, Plan, Some, Tier, standing

MOST = 4
MOST_WORDS = 16
IN_TITLE, IN_TEXT = 1.0, 0.5  # boosts of the words of its titles and subjects
SHARED = 6.0  # points for each place, agent and kind in common


def similar(document: dict) -> list[Standing]:
    """The standing editions that are most like a document, best first, at most four.

    Neither the record itself nor what it is related to in so many words. Raises asking.Unavailable.
    """
    apart = {document["identifier"], *(relation["identifier"] for relation in document["relations"])}
    apart |= {name for name, _kind in naming(document["identifier"])}
    if plan(document, apart) is None:
        return []
    _engine, found, editions = ask(lambda stale: plan(document, apart, stale))
    return [editions[hit.identifier] for hit in found.hits]


def plan(document: dict, apart: set[str], stale: dict | None = None) -> Plan | None:
    """What an engine is asked; None where the document has neither places nor agents. Pure."""
    places = tuple(place["key"] for place in document["places"])
    agents = tuple(dict.fromkeys(agent["key"] for agent in document["agents"]))
    if not places and not agents:
        return None
    place, agent, when = OneOf("place", places), OneOf("agent", agents), _when(document)
    tiers = [("agent and place", All((agent, place))), ("agent", agent)] if agents else []
    tiers += [("place and time", All((place, when))), ("place", place)] if places else []
    return Plan(
        tiers=tuple(Tier(name, len(tiers) - at, condition) for at, (name, condition) in enumerate(tiers)),
        match=Some((agent, place)),
        words=_words(document),
        leans=tuple((condition, SHARED) for condition in _shared(places, agents, document["kind"])),
        base=All((Not(OneOf("identifier", tuple(sorted(apart)))), *standing(stale or {}))),
        counted=False,
        size=MOST,
    )


def _when(document: dict):
    """Its centuries."""
    date = document["date"] or {"from": None, "to": None}
    return OneOf("period", tuple(centuries(date["from"], date["to"])))


def _shared(places, agents, kind: str):
    yield from (OneOf("place", (key,)) for key in places[:8])
    yield from (OneOf("agent", (key,)) for key in agents[:4])
    yield OneOf("kind", (kind,))


def _words(document: dict) -> tuple[tuple[str, str, float], ...]:
    texts = [*document["title"].values(), *(text for tag in document["tags"] for text in tag["name"].values())]
    words = dict.fromkeys(token.folded for text in texts for token in tokens(text) if len(token.folded) > 1)
    boosts = (("title_f", IN_TITLE), ("text_f", IN_TEXT))
    return tuple((part, word, boost) for word in list(words)[:MOST_WORDS] for part, boost in boosts)
