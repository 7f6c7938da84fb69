"""Search and item pages at 100,000 records beside the engines alone and beside bare Django views.

    python -m bench.search [--records 100000] [--rounds 7] [--folder DIR] [--url http://127.0.0.1:9200]

Makes a bilingual collection from a seed in a temporary SQLite database, builds both indices and raw ones of the same
texts (bench/searching), and prints each figure with its goal. In each round everything is asked once, one after the
other, so that the load of the machine falls on all alike. DIR is kept and used again; --records 5000 is for trying.
Without --url it starts the node of the tests. Run it from the repository's folder.
"""

import argparse
import contextlib
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

# What people type, from the most frequent words to the rarest, with years as the slider sends them.
QUERIES = [
    ("Hoàng Sa", 1700, 1850),
    ("bản đồ quần đảo Hoàng Sa", 1600, 1900),
    ("minh mang thuy quan", 1800, 1850),
    ("châu bản triều Nguyễn", 1802, 1945),
    ("paracel shoal", 1750, 1900),
    ("hải đăng trạm vô tuyến", 1930, 1960),
    ("taberd", 1500, 1990),
    ("khao lề thế lính", 1500, 1990),
    ("cartouche compass rose", 1600, 1800),
    ("Đại Nam nhất thống toàn đồ", 1800, 1850),
    ("giấy dó mực nho", 1700, 1900),
    ("lighthouse telegram", 1900, 1990),
]
TYPED = ["ho", "hoa", "hoang s", "Hoàng Sa", "ban do q", "tab", "quang ng", "light", "minh ma", "châu b"]
CHOICES = {"kind": ["map", "book"], "language": ["vi", "fr"]}
SAMPLE = 10_000  # documents of which the raw bulk is measured
ENGINES = ("embedded", "elasticsearch")


class Report:
    """Lines of figures, and whether all goals were met."""

    def __init__(self):
        self.missed = 0

    def line(self, name: str, figure: float, goal: float, detail: str, at_least: bool = False) -> None:
        met = figure >= goal if at_least else figure <= goal
        self.missed += not met
        bound = "at least" if at_least else "at most"
        print(
            f"  {name:42} {figure:6.2f}   goal {bound} {goal:.1f}: {'met' if met else 'NOT MET'}   ({detail})",
            flush=True,
        )


def median(times) -> float:
    return statistics.median(times)


def p95(times) -> float:
    return statistics.quantiles(times, n=20)[-1]


def timed(calls: dict, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each call, round by round; two rounds warm up."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + 2):
        for name, call in calls.items():
            started = time.perf_counter()
            call()
            if number >= 2:
                times[name].append((time.perf_counter() - started) * 1000)
    return times


# --- what is prepared ---------------------------------------------------------------------------------


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
    return raws


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
    from search.engines.embedded import SCHEMA, SPACES, Embedded, entry

    started = time.perf_counter()
    if name == "elasticsearch":
        from elasticsearch import helpers

        engine = Elastic(url, "bulk")
        engine.create("bulk-v1-1")
        actions = ({"_index": "bulk-v1-1", "_id": one["identifier"], "_source": one} for one in documents)
        helpers.bulk(engine.patient, actions)
        engine.patient.indices.refresh(index="bulk-v1-1")
        seconds = time.perf_counter() - started
        engine.patient.indices.delete(index="bulk-v1-1")
        return len(documents) / seconds
    import tantivy

    with tempfile.TemporaryDirectory(dir=folder) as place:
        Embedded(place).create("bulk")
        index = tantivy.Index.open(f"{place}/bulk")
        index.register_tokenizer("spaces", SPACES)
        writer = index.writer(64_000_000, 1)
        for one in documents:
            writer.add_document(entry(one, 1))
        writer.commit()
        writer.wait_merging_threads()
        assert SCHEMA == index.schema
        return len(documents) / (time.perf_counter() - started)


# --- what is measured ----------------------------------------------------------------------------------


def _client():
    from django.test import Client

    client = Client(HTTP_HOST="localhost")

    def get(address: str, **params):
        answer = client.get(address, params)
        assert answer.status_code == 200, (address, params, answer.status_code)
        return answer

    return get


@contextlib.contextmanager
def _bare():
    from django.test import override_settings

    with override_settings(ROOT_URLCONF="bench.searching.bare", MIDDLEWARE=[]):
        yield _client()


def folded(text: str) -> str:
    from search.analysis import tokens

    return " ".join(token.folded for token in tokens(text))


def bare_views(size: int, rounds: int, identifiers: list[str]) -> dict[str, list[float]]:
    """The times of bare views: a list of 20 rows, an item of `size` bytes, nothing."""
    with _bare() as get:
        each = iter(identifiers * (rounds + 2))
        calls = {
            "list": lambda: get("/list/"),
            "item": lambda: get(f"/item/{next(each)}/{size}/"),
            "nothing": lambda: get("/nothing/"),
        }
        return timed(calls, rounds)


def pages(report: Report, raw, rounds: int, view: list[float]) -> None:
    """The whole search page beside the raw query and a bare list."""
    get = _client()
    ours, theirs = [], []
    for words, first, last in QUERIES:
        asked = {"q": words, "from": first, "to": last}
        said = folded(words)
        times = timed(
            {
                "ours": lambda asked=asked: get("/vi/search/", **asked),
                "raw": lambda said=said, first=first, last=last: raw.search(said, (first, last)),
            },
            rounds,
        )
        ours, theirs = ours + times["ours"], theirs + times["raw"]
        print(f"    {words:34} page {median(times['ours']):7.1f}   raw engine {median(times['raw']):7.1f}", flush=True)
    for label, of in (("p50", median), ("p95", p95)):
        beside = of(theirs) + median(view)
        detail = f"{of(ours):.1f} / ({of(theirs):.1f} + {median(view):.1f}) ms"
        report.line(f"search page, {label}", of(ours) / beside, 1.5, detail)


def facets(report: Report, name: str, raw, rounds: int) -> None:
    from search.engines.registry import configured
    from search.models import Cursor
    from search.plan import plan
    from search.query import understand

    engine, index = configured()[name], Cursor.objects.get(engine=name).index
    times: dict[str, list[float]] = {}
    for words, first, last in QUERIES:
        query = understand({"q": words, "from": first, "to": last}, "vi")
        chosen = understand({"q": words, "from": first, "to": last, **CHOICES}, "vi")
        said = folded(words)
        calls = {
            "with": lambda query=query: engine.search(index, plan(query)),
            "without": lambda query=query: engine.search(index, plan(query, facets=())),
            "chosen": lambda query=chosen: engine.search(index, plan(query)),
            "raw with": lambda said=said, first=first, last=last: raw.search(said, (first, last)),
            "raw without": lambda said=said, first=first, last=last: raw.search(said, (first, last), facets=False),
        }
        for call, found in timed(calls, rounds).items():
            times.setdefault(call, []).extend(found)
    middle = {call: median(found) for call, found in times.items()}
    own, other = middle["with"] / middle["without"], middle["raw with"] / middle["raw without"]
    detail = (
        f"{middle['with']:.1f} / {middle['without']:.1f} ms; raw {middle['raw with']:.1f} / {middle['raw without']:.1f}"
    )
    report.line("with facets / without, to the raw ratio", own / other, 1.3, detail)
    report.line(
        "multiple choice / full query",
        middle["chosen"] / middle["with"],
        1.5,
        f"{middle['chosen']:.1f} / {middle['with']:.1f} ms",
    )


def suggestions(report: Report, raw, rounds: int, view: list[float]) -> None:
    get = _client()
    ours, theirs = [], []
    for typed in TYPED:
        said = folded(typed)
        times = timed(
            {
                "ours": lambda typed=typed: get("/api/v1/suggest/", lang="vi", q=typed),
                "raw": lambda said=said: raw.suggest(said),
            },
            rounds,
        )
        ours, theirs = ours + times["ours"], theirs + times["raw"]
    beside = p95(theirs) + median(view)
    report.line(
        "suggestions, p95", p95(ours) / beside, 1.5, f"{p95(ours):.1f} / ({p95(theirs):.1f} + {median(view):.1f}) ms"
    )


def walk(report: Report, name: str) -> None:
    """By cursor from the first result to the last, in pages of 100: each order's slowest tenth beside its first."""
    from search import cursors
    from search.engines.registry import configured
    from search.models import Cursor
    from search.plan import plan
    from search.query import understand

    engine, index = configured()[name], Cursor.objects.get(engine=name).index
    for sort in ("title", "date"):
        times, seen, after = [], set(), ""
        while True:
            query = understand({"sort": sort, "page_size": "100", "after": after}, "vi")
            started = time.perf_counter()
            found = engine.search(index, plan(query, after=cursors.read(query)))
            times.append((time.perf_counter() - started) * 1000)
            if not found.hits:
                break
            seen.update(hit.identifier for hit in found.hits)
            after = cursors.write(query, found.hits[-1], found.start + len(found.hits))
        assert len(seen) == found.total, (len(seen), found.total)
        size = max(1, len(times) // 10)
        tenths = [median(times[at : at + size]) for at in range(0, size * 10, size) if times[at : at + size]]
        detail = f"{max(tenths):.1f} / {tenths[0]:.1f} ms, {len(seen)} results"
        report.line(f"cursor by {sort}, slowest tenth / first", max(tenths) / tenths[0], 1.3, detail)


def items(report: Report, identifiers: list[str], rounds: int) -> None:
    get = _client()
    each = iter(identifiers * (rounds + 2))
    size = len(get(f"/vi/items/{identifiers[0]}/").content)
    ours = timed({"item": lambda: get(f"/vi/items/{next(each)}/")}, rounds)["item"]
    bare = bare_views(size, rounds, identifiers)["item"]
    report.line(
        "item page, p50", median(ours) / median(bare), 2.0, f"{median(ours):.1f} / {median(bare):.1f} ms, {size} bytes"
    )


def at_once(report: Report, name: str, raw, folder: Path, url: str, seconds: float, clients: int = 8) -> None:
    """Requests a second with 8 clients: the site under granian beside the raw engine."""
    from urllib.parse import urlencode

    from bench.servers import running

    if "wrk" in running.missing():
        print("  8 clients at once: skipped, wrk isn't installed (apt-get install wrk)")
        return
    paths = [f"/vi/search/?{urlencode({'q': words, 'from': first, 'to': last})}" for words, first, last in QUERIES]
    env = {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "CATVANG_TEST_VAR": str(folder),
        "ELASTICSEARCH_URL": url,
        "SEARCH_ENGINE": name,
        "SEARCH_REQUESTS_A_MINUTE": "1000000",
    }
    with running.granian("config.wsgi:application", running.free_port(), folder / "site.log", **env) as site:
        running.wait_for(f"{site}{paths[0]}")
        running.rate(site, paths, clients, 1, folder)
        ours = median([running.rate(site, paths, clients, seconds, folder) for _run in range(3)])
    theirs = median([_raw_rate(raw, clients, seconds) for _run in range(3)])
    report.line(
        f"{clients} clients at once, requests a second", ours / theirs, 0.7, f"{ours:.0f} / {theirs:.0f}", at_least=True
    )


def _raw_rate(raw, clients: int, seconds: float) -> float:
    end, done = time.perf_counter() + seconds, [0] * clients
    asked = [(folded(words), (first, last)) for words, first, last in QUERIES]

    def ask(number: int) -> None:
        while time.perf_counter() < end:
            raw.search(*asked[(done[number] + number) % len(asked)])
            done[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - started)


# --- the command ----------------------------------------------------------------------------------------


def run(options, folder: Path, url: str) -> bool:
    from django.conf import settings
    from django.test import override_settings

    from archive.models import Edition

    settings.ELASTICSEARCH_URL = url
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, 1_000_000)  # one visitor asks for all
    report = Report()
    prepare(options.records)
    print(f"{options.records} records, SQLite, {options.rounds} rounds, load of the machine {os.getloadavg()[0]:.1f}")
    raws = build(report, folder, url, options.keep)
    step = max(1, options.records // 40)
    identifiers = list(Edition.objects.order_by("identifier").values_list("identifier", flat=True)[::step])
    for name in ENGINES:
        with override_settings(SEARCH_ENGINE=name):
            print(f"\n{name}")
            view = bare_views(1, max(30, options.rounds), identifiers)
            pages(report, raws[name], options.rounds, view["list"])
            facets(report, name, raws[name], options.rounds)
            suggestions(report, raws[name], options.rounds, view["nothing"])
            walk(report, name)
            at_once(report, name, raws[name], folder, url, options.seconds)
    print("\nitem page")
    items(report, identifiers, max(30, options.rounds))
    print(f"\n{report.missed} goals not met" if report.missed else "\nall goals met")
    return not report.missed


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--records", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--seconds", type=float, default=5, help="of each run with 8 clients")
    arguments.add_argument("--folder", help="where the database is kept for the next time")
    arguments.add_argument("--keep", action="store_true", help="measure the indices of the last run in DIR and at URL")
    arguments.add_argument("--url", default=os.environ.get("ELASTICSEARCH_URL"))
    options, _others = arguments.parse_known_args()  # `make bench` hands every benchmark the same words
    with contextlib.ExitStack() as stack:
        folder = options.folder or stack.enter_context(tempfile.TemporaryDirectory(prefix="catvang-bench-"))
        os.environ["CATVANG_TEST_VAR"] = str(Path(folder).resolve())
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        os.environ.pop("DATABASE_URL", None)
        (Path(folder) / "static").mkdir(parents=True, exist_ok=True)
        import django

        django.setup()
        from media import collector

        collector.spare()  # as the server and the workers do
        url = options.url
        if not url:
            from tests.node import node

            running = node.start()
            stack.callback(running.stop)
            url = running.url
        run(options, Path(folder).resolve(), url)
    return 0


if __name__ == "__main__":
    sys.exit(main())
