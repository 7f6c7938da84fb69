"""The indexer: follows the outbox, loses nothing, outlives every failure. Real engines, real processes."""

import os
import random
import subprocess
import sys
import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from archive import clearance, outbox, subjects
from archive.models import Edition, Outbox, Record
from search import indexer, news, reconciling, results, tasks
from search.engines.base import EngineError, digest
from search.engines.elastic import Elastic
from search.engines.embedded import Embedded
from search.engines.registry import configured
from search.models import Cursor
from search.plan import plan
from search.query import understand
from tests import factories
from tests.search.factories import edition
from tests.search.standing import fed, held, publish, wanted, withdraw

pytestmark = pytest.mark.django_db(transaction=True)


def test_clearing_and_withdrawing_reach_the_index(engine_name, cataloguer, reviewer):
    record = factories.make_record(cataloguer, places=[factories.make_place()])
    factories.clear(record, cataloguer, reviewer)
    indexer.drain()
    for words in ("hoang sa", "Hoàng Sa", "paracel", "安南大國", "安"):
        assert [item["identifier"] for item in results.find({"q": words}, "vi").items] == ["vn-map-1838"], words
    subject = subjects.of(Record.objects.get(pk=record.pk))
    clearance.withdraw(subject, reviewer, "Sai nguồn.")
    assert results.find({}, "vi").total == 0
    indexer.drain()
    assert held(engine_name) == {}


def test_delivering_again_changes_nothing(engine_name, reviewer):
    publish(edition("a", "A"), reviewer)
    publish(edition("a", "A hai"), reviewer)
    publish(edition("b", "B"), reviewer)
    withdraw("b")
    indexer.drain()
    Cursor.objects.update(position=0)  # cut off after the index was written, before the cursor was moved
    indexer.drain()
    assert held(engine_name) == {"a": "a#2"} == wanted()
    assert Cursor.objects.get(engine=engine_name).position == 4 == news.head()


def test_an_index_that_vanished_is_built_again(engine_name, reviewer):
    publish(edition("a", "A"), reviewer)
    indexer.drain()
    cursor = Cursor.objects.get(engine=engine_name)
    engine = configured()[engine_name]
    if engine_name == "embedded":
        import shutil

        shutil.rmtree(engine.folder / cursor.index)
    else:
        engine.client.indices.delete(index=cursor.index)
    assert indexer.step(engine_name)
    assert held(engine_name) == {"a": "a#1"}


def test_another_schema_means_another_index(engine_name, reviewer, monkeypatch):
    publish(edition("a", "A"), reviewer)
    indexer.drain()
    another = indexer.VERSION + 1
    monkeypatch.setattr(indexer, "VERSION", another)
    assert not indexer.status()["ok"]
    indexer.drain()
    assert f"-v{another}-" in Cursor.objects.get(engine=engine_name).index and held(engine_name) == {"a": "a#1"}


def test_a_changed_schema_is_noticed_by_itself(engine_name, reviewer, monkeypatch):
    publish(edition("a", "A"), reviewer)
    indexer.drain()
    engine, before = configured()[engine_name], Cursor.objects.get(engine=engine_name).index
    assert before.startswith(indexer.stem(engine)) and not indexer.has_news(engine_name)
    monkeypatch.setattr(type(engine), "schema", "0another")
    assert not indexer.status()["ok"] and indexer.has_news(engine_name)
    indexer.drain()
    after = Cursor.objects.get(engine=engine_name).index
    assert "-0another-" in after and held(engine_name) == {"a": "a#1"}
    assert indexer.status()["ok"] and not indexer.has_news(engine_name)  # built once
    assert not engine.exists(before) and results.find({}, "vi").total == 1


def test_an_index_of_an_older_naming_is_replaced_and_dropped(engine_name, reviewer):
    publish(edition("a", "A"), reviewer)
    engine = configured()[engine_name]
    old = f"{getattr(engine, 'prefix', 'embedded')}-v{indexer.VERSION}-20261101000000-abcdef"
    engine.create(old)
    Cursor.objects.update_or_create(engine=engine_name, defaults={"index": old, "position": news.head()})
    indexer.drain()
    assert Cursor.objects.get(engine=engine_name).index.startswith(indexer.stem(engine))
    assert not engine.exists(old) and held(engine_name) == {"a": "a#1"}


def test_a_digest_tells_a_schema_and_nothing_else():
    """The same in every process: hashes of strings differ from one to the next, order in a dict doesn't count."""
    code = "from search.engines.elastic import Elastic; from search.engines.embedded import Embedded; print("
    code += "Elastic.schema, Embedded.schema)"
    told = set()
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        told.add(done.stdout.strip())
    assert told == {f"{Elastic.schema} {Embedded.schema}"} and Elastic.schema != Embedded.schema
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1}) == "ae8a9a50"
    assert digest({"a": 1, "b": [3]}) != digest({"a": 1, "b": [2]}) != digest({"a": 1, "b": ["2"]})


def test_a_rebuild_catches_up_with_what_changes_meanwhile(engine_name, reviewer):
    for number in range(5):
        publish(edition(f"a-{number}", "A"), reviewer)
    indexer.drain()
    before = Cursor.objects.get(engine=engine_name).index

    def meanwhile(done, total):
        withdraw("a-1")
        publish(edition("a-2", "A hai"), reviewer)
        assert results.find({}, "vi").total == 3  # the live index answers all the while

    index = indexer.rebuild(engine_name, meanwhile)
    assert held(engine_name) == wanted() and index != before
    assert not configured()[engine_name].exists(before)
    assert Cursor.objects.get(engine=engine_name).position == news.head()


def test_searches_never_go_without_results_while_an_index_is_rebuilt(engine_name, reviewer):
    """Four visitors search without pause while the index is rebuilt three times and records change."""
    for number in range(30):
        publish(edition(f"a-{number:02}", "Bản đồ"), reviewer)
    indexer.drain()
    stop, wrong, asked = threading.Event(), [], []

    def visit():
        try:
            while not stop.is_set():
                found = results.find({"q": "ban do"}, "vi")
                asked.append(found.engine)
                if not 29 <= found.total <= 31 or len(found.items) != 20:
                    wrong.append((found.total, len(found.items)))
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    visitors = [threading.Thread(target=visit) for _number in range(4)]
    for visitor in visitors:
        visitor.start()
    for turn in range(3):
        changed = f"a-{turn:02}"
        indexer.rebuild(engine_name, lambda _done, _total, changed=changed: withdraw(changed))
        publish(edition(changed, "Bản đồ"), reviewer)
        indexer.drain()
    stop.set()
    for visitor in visitors:
        visitor.join()
    assert not wrong, wrong[:3]
    assert len(asked) > 20 and set(asked) == {engine_name}
    assert held(engine_name) == wanted()


# --- kill -9 ----------------------------------------------------------------------------------------------------


@pytest.fixture
def worker(process_env, settings):
    """start() → a real index worker of this test's database and files; ended with the test."""
    started = []
    env = process_env | {
        "ELASTICSEARCH_URL": settings.ELASTICSEARCH_URL,
        "ELASTICSEARCH_INDEX_PREFIX": settings.ELASTICSEARCH_INDEX_PREFIX,
    }

    def start():
        command = [sys.executable, "manage.py", "worker", "--queue", "index"]
        started.append(subprocess.Popen(command, env=env, cwd=settings.BASE_DIR, stderr=subprocess.DEVNULL))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_until(true, seconds: float = 60, every: float = 0.005):
    end = time.monotonic() + seconds
    while not (value := true()):
        assert time.monotonic() < end, "it didn't happen in time"
        time.sleep(every)
    return value


@pytest.mark.elasticsearch
def test_a_worker_killed_in_the_middle_of_a_batch_loses_nothing(with_elastic, worker, reviewer):
    for number in range(120):
        publish(edition(f"a-{number:03}", "Bản đồ"), reviewer)
    first = worker()
    wait_until(fed)
    for kill in range(3):
        for number in range(kill * 30, kill * 30 + 30):
            publish(edition(f"a-{number:03}", "Bản đồ mới"), reviewer)
            if number % 3 == 0:
                withdraw(f"a-{number:03}")
        # The news is there and not yet read by all: the worker is before, in or between its writes.
        wait_until(lambda: not fed(), every=0)
        first.kill()
        first.wait()
        assert not fed(), "it was killed too late to prove anything"
        first = worker()
        wait_until(fed)
        assert held("embedded") == held("elasticsearch") == wanted()
    assert reconciling.reconcile() == []


# --- reconcile and rebuild_index ------------------------------------------------------------------------------------


def drift(name: str) -> None:
    """Make an index differ in each way: one missing, one too many, one of an older state."""
    engine, index = configured()[name], Cursor.objects.get(engine=name).index
    stale = indexer.documents_of(Edition.objects.filter(identifier="cu"))[0] | {"version": "cu#0"}
    extra = stale | {"identifier": "thua", "version": "thua#1"}
    engine.write(index, [stale, extra], ["thieu"], news.head())
    engine.settle()


def test_reconcile_names_each_difference_and_mends_it(engine_name, reviewer, capsys):
    for name in ("thieu", "cu", "dung"):
        publish(edition(name, "Bản đồ"), reviewer)
    indexer.drain()
    call_command("reconcile")
    drift(engine_name)
    with pytest.raises(CommandError):
        call_command("reconcile")
    said = capsys.readouterr().out
    assert f"{engine_name}: thiếu thieu" in said and f"{engine_name}: thừa thua" in said and "cu giữ bản cũ" in said
    assert "dung" not in said
    with pytest.raises(CommandError):  # exits 1 when it found any, mended or not
        call_command("reconcile", "--fix")
    call_command("reconcile")
    assert held(engine_name) == wanted()


def test_what_is_on_its_way_is_no_difference(engine_name, reviewer):
    publish(edition("a", "A"), reviewer)
    indexer.drain()
    publish(edition("b", "B"), reviewer)
    withdraw("a")
    assert reconciling.reconcile() == []


def test_reconcile_without_an_index_builds_it(reviewer):
    publish(edition("a", "A"), reviewer)
    assert len(reconciling.reconcile(fix=True)) == 2  # the index, and the names and words
    assert reconciling.reconcile() == [] and held("embedded") == {"a": "a#1"}


def test_reconcile_tells_of_public_files(reviewer):
    from tests.search.factories import scan

    publish(edition("a", "A", scans=[scan("aaaabbbbcccc")]), reviewer)
    indexer.drain()
    assert any("aaaabbbbcccc" in sentence for sentence in reconciling.reconcile())


def test_the_command_rebuilds_one_engine_or_all(reviewer, capsys):
    publish(edition("a", "A"), reviewer)
    call_command("rebuild_index")
    first = Cursor.objects.get(engine="embedded").index
    call_command("rebuild_index", engine="embedded")
    assert Cursor.objects.get(engine="embedded").index != first
    assert "1/1" in capsys.readouterr().out
    with pytest.raises(CommandError, match="solr"):
        call_command("rebuild_index", engine="solr")


def test_status_before_during_and_after(reviewer):
    assert not indexer.status()["ok"]
    indexer.drain()
    assert indexer.status() == {
        "ok": True,
        "reason": "",
        "engines": {"embedded": {"ok": True, "reason": "", "behind": 0}},
    }
    publish(edition("a", "A"), reviewer)
    assert indexer.status()["ok"] and indexer.status()["engines"]["embedded"]["behind"] == 1
    Outbox.objects.update(created_at="2020-01-01T00:00Z")
    assert not indexer.status()["ok"]


def test_an_older_write_never_overwrites_a_newer_one(engine_name, reviewer):
    """A request that hung and arrives late is dropped."""
    publish(edition("a", "A"), reviewer)
    indexer.drain()
    engine, index = configured()[engine_name], Cursor.objects.get(engine=engine_name).index
    (document,) = indexer.documents_of(Edition.objects.all())
    engine.write(index, [document | {"version": "a#7"}], [], 70)
    engine.write(index, [document | {"version": "a#6"}], [], 60)
    engine.write(index, [], ["a"], 60)
    assert held(engine_name) == {"a": "a#7"}


@pytest.mark.parametrize("seed", range(4))
def test_deliveries_in_any_order_leave_what_came_last(engine_name, reviewer, seed):
    """States and ends of three records, delivered shuffled and some of them twice: the last of each stands."""
    publish(edition("a", "A"), reviewer)
    indexer.drain()
    engine, index = configured()[engine_name], Cursor.objects.get(engine=engine_name).index
    (document,) = indexer.documents_of(Edition.objects.all())
    pick, deliveries, last = random.Random(seed), [], {}
    for sequence in range(10, 40):
        name = pick.choice("abc")
        state = None if pick.random() < 0.3 else f"{name}#{sequence}"
        deliveries.append((sequence, name, state))
        last[name] = state
    shuffled = deliveries + pick.sample(deliveries, 10)
    pick.shuffle(shuffled)
    for sequence, name, state in shuffled:
        entry = [document | {"identifier": name, "version": state}] if state else []
        engine.write(index, entry, [] if state else [name], sequence)
    engine.settle()
    assert held(engine_name) == {name: state for name, state in last.items() if state}


def test_a_contributor_that_breaks_is_loud_and_doesnt_end_the_worker(settings, reviewer):
    indexer.drain()
    settings.INDEX_CONTRIBUTORS = [f"{__name__}.broken"]
    publish(edition("a", "A"), reviewer)
    tasks.feed()
    assert "planted" in Cursor.objects.get(engine="embedded").error


def broken(identifiers):
    raise RuntimeError("planted")


def test_touching_many_at_once_is_delivered_in_batches(reviewer, monkeypatch):
    monkeypatch.setattr(indexer, "BATCH", 7)
    for number in range(20):
        publish(edition(f"a-{number}", "A"), reviewer)
    indexer.drain()
    with transaction.atomic():
        outbox.touch([f"a-{number}" for number in range(20)])
    steps = 0
    while indexer.step("embedded"):
        steps += 1
    assert steps == 3 and held("embedded") == wanted()


def test_engines_say_when_an_index_isnt_there(engine_name):
    engine = configured()[engine_name]
    assert not engine.exists("embedded-v1-none" if engine_name == "embedded" else "none-v1-none")
    for act in (
        lambda: engine.versions("none-v1-none"),
        lambda: engine.write("none-v1-none", [], ["x"], 1),
        lambda: engine.search("none-v1-none", plan(understand({}, "vi"))),
    ):
        with pytest.raises(EngineError):
            act()
