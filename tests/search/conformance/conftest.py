"""Both engines over one collection."""

import pytest

from search.documents import index_document
from search.engines.elastic import Elastic
from search.engines.embedded import Embedded
from tests.search.factories import collection

from .asking import NAMES, ask, own


@pytest.fixture(scope="module")
def engines(tmp_path_factory, elasticsearch_url):
    """Both engines over the same documents: {name: (engine, index)}."""
    prefix = own("conformance")
    both = {"embedded": Embedded(tmp_path_factory.mktemp("index")), "elasticsearch": Elastic(elasticsearch_url, prefix)}
    documents = [index_document(document) for document in collection()]
    ready = {}
    for name, engine in both.items():
        index = f"{'embedded' if name == 'embedded' else prefix}-v1-1"
        engine.create(index)
        # In several commits, with an older state first: more than one segment, and deleted entries.
        engine.write(index, [{**documents[0], "title_f": "cu", "version": "old#0"}], [], 1)
        for at in range(0, len(documents), 20):
            engine.write(index, documents[at : at + 20], ["khong-co"], 2)
        engine.settle()
        engine.publish(index)
        ready[name] = (engine, index)
    yield ready
    both["elasticsearch"].client.indices.delete(index=f"{prefix}-v1-1")


@pytest.fixture(params=NAMES)
def find(request, engines):
    """find(lang="vi", stale=None, **params) → Found of one engine."""
    engine, index = engines[request.param]
    return lambda lang="vi", stale=None, how=None, **params: ask(engine, index, lang, stale, params, how or {})
