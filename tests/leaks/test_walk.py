"""Nobody sees what isn't theirs to see, on any route: looked for with planted words and pictures."""

import json
import time
from urllib.parse import urlencode

import pytest

from . import audiences, files, memory
from .probes import Probes, grouped
from .routes import routes
from .walk import HELD_SHOWS, actors, stays_logged_in, walk
from .words import PUBLIC
from .world import build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once, pytest.mark.timeout(1800)]

# Public addresses that tell nothing of any record or page.
VISITORS, SEE_ALL = ("visitor", "kiosk"), ("reviewer", "superuser")
AT_ONCE = 20  # words in one search
SILENT = {
    "site:healthz",
    "site:readyz",
    "site:robots",
    "site:sitemap",
    "archive:openapi",
    "archive:id",
    "archive:mesh",
    "search_pages:opensearch",
    "exhibits:kiosk",
}


def test_nothing_leaks(superuser, tmp_path, capsys):
    started = time.monotonic()
    remembered = []
    world = build(tmp_path, standing=lambda world: remembered.extend(memory.remember(world)))
    probes = Probes(world)
    people = actors(world, superuser)
    for actor in people.values():
        walk(probes, actor)
        assert actor.name in ("visitor", "kiosk", "revoked") or stays_logged_in(actor), actor.name
    every_word(probes, people["visitor"])
    stale = memory.ask_again(probes, people["visitor"], remembered)
    with capsys.disabled():
        print(f"\n{sum(probes.asked.values())} probes ({dict(probes.asked)}), {len(routes())} routes, "
              f"{len(world.words.states)} words, {len(remembered)} remembered addresses, {len(probes.hits)} hits, "
              f"{time.monotonic() - started:.0f} s")  # fmt: skip
    assert not probes.hits, "\n".join(grouped(probes.hits))
    faults = stale + files.leaks(world) + broken(probes) + intruders(probes, people) + blind(probes, world, remembered)
    assert not faults, "\n".join(faults)


def every_word(probes, visitor) -> None:
    """The index holds no hidden word: a search for each finds nothing, in one language or the other."""
    words = probes.world.words
    hidden = [word for word, state in words.states.items() if state not in PUBLIC]
    for lang in ("vi", "en"):
        for start in range(0, len(hidden), AT_ONCE):
            some = hidden[start : start + AT_ONCE]
            assert total(probes, visitor, some, lang) == 0, f"a search finds one of {some}"
        for word, state in words.states.items():
            if state in PUBLIC and words.places[word] in ("Record.title_vi", "Agent.name_vi", "Place.name_vi"):
                assert total(probes, visitor, [*hidden[: AT_ONCE - 1], word], lang), (
                    f"{word} of {state} should be found"
                )


def total(probes, visitor, words, lang) -> int:
    """How many items the search finds for any of these words."""
    query = urlencode({"lang": lang, "q": " OR ".join(words)})
    answer = probes.ask(visitor, "search:api", f"/api/v1/search/?{query}", lang=lang)
    assert answer.status == 200
    return json.loads(answer.data.split(b"\n", len(answer.headers))[-1])["total"]


def broken(probes) -> list[str]:
    """Answers of 500 from addresses of ours; Wagtail's own break on keys of things that aren't there."""
    return [line for line in probes.broken if ": wagtail" not in line]


def intruders(probes, people) -> list[str]:
    """Pages that opened to whom they aren't for."""
    found = []
    for route in routes():
        audience = audiences.of(route) or "nobody"
        for actor in people.values():
            statuses = probes.statuses.get((actor.name, route.label), set())
            if 200 in statuses and not audiences.may_enter(audience, actor.user):
                found.append(f"{actor.name} opens {route.label}, which is for {audience}")
    return found


def blind(probes, world, remembered) -> list[str]:
    """The controls: surfaces that didn't show what they may show, words or pictures like those that are looked for."""
    shown = {route for (actor, route), states in probes.seen.items() if actor in VISITORS and states & set(PUBLIC)}
    public = {route.label for route in routes() if audiences.of(route) == "public"} - SILENT
    held = {route for (actor, route), states in probes.seen.items() if actor in SEE_ALL and "held_draft" in states}
    found = [f"{route} showed no public word" for route in sorted(public - shown)]
    found += [f"{route} showed no held word to those who may see it" for route in sorted(HELD_SHOWS - held)]
    found += [f"{route} wasn't remembered" for route in sorted(memory.OWN - {one.route for one in remembered})]
    pictures = {world.image(state) for state in ("base", "cleared", "renewed")}
    return found + [f"the public picture {image} isn't on the disk" for image in pictures - files.public_images()]
