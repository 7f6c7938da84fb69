"""The collection of the bench, and its indices: ours and raw ones."""

import shutil
import tempfile
import time
from pathlib import Path

from bench.searching.report import Report, median

SAMPLE = 10_000  # documents of which the raw bulk is measured
ENGINES = ("embedded", "elasticsearch")


def prepare(records: int) -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from archive.models import Edition
    from archive.roles import ensure_roles
    from bench.searching import collection
    from search import lexicon

    call_command("migrate", verbosity=0)
    ensure_roles()
    if Edition.objects.count() == records:
        return
    if Edition.objects.exists():
        raise SystemExit(f"the folder holds {Edition.objects.count()} records, not {records}: take another folder")
    started = time.perf_counter()
    users = get_user_model().objects
    collection.put(records, users.create_user("bench-reviewer"), users.create_user("bench-author"))
    lexicon.fill()
    print(f"{records} records made in {time.perf_counter() - started:.0f} s", flush=True)


def build(report: Report, folder: Path, url: str, keep: bool) -> dict:
    """Both indices by our rebuild, and the raw ones; with `keep` those of the last run. Out: {engine: the raw one}."""
    from archive.models import Edition
    from bench.searching import raw
    from search import indexer

    place = folder / "raw"
    if not keep:
        shutil.rmtree(place, ignore_errors=True)
    place.mkdir(exist_ok=True)
    raws = {"embedded": raw.RawTantivy(str(place)), "elasticsearch": raw.RawElastic(url)}
    if keep:
        _remember_nothing(url)
        return raws
    total, rates = Edition.objects.count(), {}
    for name in ENGINES:
        started = time.perf_counter()
        indexer.rebuild(name)
        rates[name] = total / (time.perf_counter() - started)
    raws["elasticsearch"].create()
    sample: list[dict] = []
    for documents in _documents():
        sample += documents if len(sample) < min(SAMPLE, total) else []
        for one in raws.values():
            one.fill([raw.fields_of(document) for document in documents])
    for one in raws.values():
        one.settle()
    print("full rebuild, records a second, beside raw bulk of ready index documents")
    for name, goal in (("elasticsearch", 0.6), ("embedded", 0.4)):
        bulk = median([_bulk_rate(name, sample, folder, url) for _run in range(3)])
        report.line(f"rebuild, {name}", rates[name] / bulk, goal, f"{rates[name]:.0f} / {bulk:.0f}", at_least=True)
    _remember_nothing(url)
    return raws


def _remember_nothing(url: str) -> None:
    """Elasticsearch would answer counts that it was asked before from its own cache: every question is a new one."""
    from elasticsearch import Elasticsearch

    Elasticsearch(url).indices.put_settings(index="*", settings={"index.requests.cache.enable": False})


def _documents():
    from archive.models import Edition
    from search import indexer

    last = 0
    while editions := list(Edition.objects.filter(pk__gt=last).order_by("pk")[:2_000]):
        yield indexer.documents_of(editions)
        last = editions[-1].pk


def _bulk_rate(name: str, documents: list[dict], folder: Path, url: str) -> float:
    """Index documents a second as the engine's client writes them, without a site."""
    from search.engines.elastic import Elastic
    from search.engines.embedded import Embedded, fill_heap
    from search.engines.embedded_schema import SCHEMA, SPACES, entry

    started = time.perf_counter()
    if name == "elasticsearch":
        from elasticsearch import helpers

        engine = Elastic(url, "bulk")
        engine.create("bulk-v1-1")
        actions = ({"_index": "bulk-v1-1", "_id": one["identifier"], "_source": one} for one in documents)
        helpers.bulk(engine.patient, actions, max_retries=5)  # a small node may ask to wait
        engine.patient.indices.refresh(index="bulk-v1-1")
        seconds = time.perf_counter() - started
        engine.patient.indices.delete(index="bulk-v1-1")
        return len(documents) / seconds
    import tantivy

    with tempfile.TemporaryDirectory(dir=folder) as place:
        Embedded(place).create("bulk")
        index = tantivy.Index.open(f"{place}/bulk")
        index.register_tokenizer("spaces", SPACES)
        writer = index.writer(fill_heap(), 1)
        for one in documents:
            writer.add_document(entry(one, 1))
        writer.commit()
        writer.wait_merging_threads()
        assert SCHEMA == index.schema
        return len(documents) / (time.perf_counter() - started)
