"""Both search engines, fed by the indexer itself, know of nothing that doesn't stand."""

import pytest

from tests.search.conftest import engine_name, fresh_process, with_elastic  # noqa: F401

from . import files
from .arguments import Arguments
from .probes import Probes, grouped
from .questions import search_page, suggest
from .test_walk import every_word
from .walk import actors
from .world import STATES, build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once, pytest.mark.timeout(1800)]


def test_a_search_finds_nothing_hidden(engine_name, superuser, tmp_path):  # noqa: F811
    world = build(tmp_path)
    probes, visitor = Probes(world), actors(world, superuser)["visitor"]
    values = Arguments(world, STATES)
    for lang in ("vi", "en"):
        for query in search_page(values):
            probes.ask(visitor, "search_pages:search", f"/{lang}/search/?{query}", lang=lang)
            answer = probes.ask(visitor, "search:api", f"/api/v1/search/?lang={lang}&{query}", lang=lang)
            assert f'"engine": "{engine_name}"'.encode() in answer.data.replace(b'":"', b'": "')
        for query in suggest(values):
            probes.ask(visitor, "search:suggest", f"/api/v1/suggest/?lang={lang}&{query}", lang=lang)
    every_word(probes, visitor)
    assert not probes.hits, "\n".join(grouped(probes.hits))
    assert files.leaks(world) == []
    for route in ("search_pages:search", "search:api", "search:suggest"):
        assert probes.seen["visitor", route] & {"cleared", "renewed"}, f"{route} shows nothing at all"
