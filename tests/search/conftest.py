import itertools
import os

import pytest

from search import asking, indexer, tasks
from search.engines.registry import configured
from tests.node.fixtures import elasticsearch_url  # noqa: F401
from tests.search.standing import publish

_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def fresh_process():
    """What a process remembers of engines that failed doesn't pass from test to test."""
    asking._resting.clear()
    tasks._feeders.clear()


@pytest.fixture
def with_elastic(settings, request):
    """Both engines are fed: a real node, indices of this test's own."""
    settings.ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_url")
    settings.ELASTICSEARCH_INDEX_PREFIX = f"test{os.getpid()}x{next(_numbers)}"
    engine = configured()["elasticsearch"]
    yield engine
    for index in engine.client.indices.get(index=f"{settings.ELASTICSEARCH_INDEX_PREFIX}-v*").body:
        engine.client.indices.delete(index=index)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine_name(request, settings):
    """The site's engine: each test that asks for it runs on both."""
    if request.param == "elasticsearch":
        request.getfixturevalue("with_elastic")
    settings.SEARCH_ENGINE = request.param
    return request.param


@pytest.fixture
def stand(reviewer):
    """stand(*documents): publish them and bring every index up to date."""

    def put(*documents):
        for document in documents:
            publish(document, reviewer)
        indexer.drain()

    return put


@pytest.fixture
def asked(engine_name, monkeypatch):
    """The plans that the engine is asked, in order."""
    engine, plans = configured()[engine_name], []
    search = type(engine).search

    def note(self, index, plan):
        plans.append(plan)
        return search(self, index, plan)

    monkeypatch.setattr(type(engine), "search", note)
    return plans
