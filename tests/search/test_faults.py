"""Engines that fail: a server that is down, a broken folder, a full disk. Real parts."""

import resource
import signal
import socket
import time
from contextlib import contextmanager

import pytest
from django.core.management import call_command

from archive.models import Edition
from search import asking, indexer, news, reconciling, results, tasks
from search.engines.base import EngineError
from search.engines.registry import configured
from search.models import Cursor
from tests.conftest import missing
from tests.node import node
from tests.search.factories import edition
from tests.search.standing import held, publish, wanted, withdraw, work_off

pytestmark = pytest.mark.django_db(transaction=True)


# --- Elasticsearch down, the worker at work --------------------------------------------------------------


@pytest.mark.elasticsearch
def test_down_at_withdrawal_and_back_later(with_elastic, settings, reviewer, caplog):
    settings.SEARCH_ENGINE = "elasticsearch"
    for name in ("o-lai", "bi-rut"):
        publish(edition(name, "Bản đồ"), reviewer)
    work_off()
    assert results.find({}, "vi").engine == "elasticsearch"

    address, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, "http://127.0.0.1:9"  # nobody listens there
    withdraw("bi-rut")
    publish(edition("moi", "Bản đồ mới"), reviewer)
    found = results.find({}, "vi")
    assert "bi-rut" not in [item["identifier"] for item in found.items] and found.total < 3
    for _turn in range(40):
        tasks.feed()
        time.sleep(0.02)
    assert held("embedded") == wanted()  # the other engine isn't held up
    broken = Cursor.objects.get(engine="elasticsearch")
    assert broken.error and broken.position < news.head()
    assert any(record.levelname == "ERROR" and "elasticsearch" in record.message for record in caplog.records)
    status = indexer.status()
    assert not status["ok"] and "elasticsearch" in status["reason"] and "127.0.0.1" not in status["reason"]
    found = results.find({}, "vi")
    assert found.engine == "embedded" and found.fallback
    assert sorted(item["identifier"] for item in found.items) == ["moi", "o-lai"]

    settings.ELASTICSEARCH_URL = address
    asking._resting.clear()
    found = results.find({}, "vi")  # it is back but hasn't read the news yet
    assert found.engine == "elasticsearch" and [item["identifier"] for item in found.items] == ["o-lai"]
    work_off()
    assert held("elasticsearch") == wanted() and indexer.status()["ok"]
    assert results.find({}, "vi").total == 2


@pytest.mark.elasticsearch
def test_many_edits_while_a_node_is_stopped(settings, reviewer):
    """A node of this test's own is killed, 300 edits are made, another comes back in its place with its data."""
    with node_of_its_own() as (address, stop, start):
        settings.ELASTICSEARCH_URL, settings.SEARCH_ENGINE = address, "elasticsearch"
        settings.ELASTICSEARCH_INDEX_PREFIX = "away"
        for number in range(20):
            publish(edition(f"a-{number:02}", "Bản đồ"), reviewer)
        work_off()
        assert results.find({}, "vi").engine == "elasticsearch"
        stop()
        for edit in range(300):
            name = f"a-{edit % 40:02}"
            withdraw(name) if edit % 7 == 0 else publish(edition(name, f"Bản đồ {edit}"), reviewer)
            if edit % 20 == 0:
                tasks.feed()
                found = results.find({}, "vi")
                assert found.engine == "embedded" and found.fallback and found.total == Edition.objects.count()
        assert not indexer.status()["engines"]["elasticsearch"]["ok"]
        start()
        back = time.monotonic()
        work_off(60)
        assert reconciling.differing("elasticsearch") == {} and held("elasticsearch") == wanted()
        assert time.monotonic() - back < 60
        asking._resting.clear()
        assert results.find({}, "vi").engine == "elasticsearch" and indexer.status()["ok"]


@contextmanager
def node_of_its_own():
    """(address, stop, start): behind one port, as a server that goes away and comes back."""
    port, nodes = _free_port(), []
    try:
        nodes.append(node.start(port))
        yield nodes[0].url, nodes[-1].stop, lambda: nodes.append(node.start(port))
    except node.Unavailable as reason:
        missing(f"an Elasticsearch node ({reason})")
    finally:
        for one in nodes:
            one.stop()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def test_a_broken_index_is_loud_and_a_rebuild_mends_it(reviewer, caplog):
    for number in range(5):
        publish(edition(f"a-{number}", "A"), reviewer)
    indexer.drain()
    folder = configured()["embedded"].folder / Cursor.objects.get(engine="embedded").index
    for path in folder.iterdir():
        if path.suffix not in {".lock", ".json"}:
            path.write_bytes(path.read_bytes()[:10])
    configured()["embedded"]._open.clear()  # as another process finds it
    with pytest.raises(results.Unavailable):
        results.find({}, "vi")
    publish(edition("b", "B"), reviewer)
    assert not tasks.Feeder("embedded").attempt()
    assert Cursor.objects.get(engine="embedded").error and not indexer.status()["ok"]
    assert any(record.levelname == "ERROR" for record in caplog.records)
    call_command("rebuild_index", engine="embedded")
    asking._resting.clear()
    assert results.find({}, "vi").total == 6 and indexer.status()["ok"] and held("embedded") == wanted()


def test_a_full_disk_is_loud_and_nothing_is_lost(reviewer, monkeypatch):
    publish(edition("a", "A"), reviewer)
    indexer.drain()
    publish(edition("b", "B"), reviewer)
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit then fails as on a full disk
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(EngineError):
            indexer.step("embedded")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert results.find({}, "vi").total == 1  # what is there goes on answering
    indexer.drain()
    assert held("embedded") == wanted() and results.find({}, "vi").total == 2


def test_a_failing_engine_is_tried_with_growing_pauses(settings, reviewer, monkeypatch):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    feeder = tasks.Feeder("elasticsearch")
    clock = [100.0]
    monkeypatch.setattr(tasks.time, "monotonic", lambda: clock[0])
    publish(edition("a", "A"), reviewer)
    pauses = []
    for _try in range(8):
        assert feeder.due() and not feeder.attempt() and not feeder.due()
        pauses.append(feeder.until - clock[0])
        clock[0] = feeder.until
    assert pauses == sorted(pauses) and pauses[0] < 1 and pauses[-1] == 5.0
