"""`elasticsearch_url`: the address of a real node, for any test that asks. Imported by the rooms' conftest files."""

import atexit
import os
from functools import cache

import pytest

from tests.node import node


@cache
def _start() -> str:
    """One node for the whole run, however many conftest files import the fixture."""
    running = node.start()
    atexit.register(running.stop)
    return running.url


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """ELASTICSEARCH_URL when it is set, else a node started here. Without one: skipped loudly, failed under CI."""
    given = os.environ.get("ELASTICSEARCH_URL")
    if given:
        return given.rstrip("/")
    try:
        return _start()
    except node.Unavailable as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no Elasticsearch node: {reason}")
        pytest.skip(f"NO ELASTICSEARCH NODE, its tests are skipped: {reason}")
