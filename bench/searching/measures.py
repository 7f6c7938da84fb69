"""What is measured of searches and pages, each beside what the engine and Django do without us."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from bench.searching.report import Report, median, p95, timed

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
TIMES = ("first asked", "asked again")
PAGES = 10  # of each tenth of a walk that are measured
CHOICES = {"kind": ["map", "book"], "language": ["vi", "fr"]}


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
    """The whole search page beside the raw query and a bare list: asked for the first time, and again."""
    from django.test import override_settings

    get = _client()
    for kept in (False, True):
        ours, theirs = [], []
        with contextlib.nullcontext() if kept else override_settings(KEPT_PAGES=0):
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
                if not kept:
                    page, engine = median(times["ours"]), median(times["raw"])
                    print(f"    {words:34} page {page:7.1f}   raw engine {engine:7.1f}", flush=True)
        for label, of in (("p50", median), ("p95", p95)):
            beside = of(theirs) + median(view)
            detail = f"{of(ours):.1f} / ({of(theirs):.1f} + {median(view):.1f}) ms"
            report.line(f"search page {TIMES[kept]}, {label}", of(ours) / beside, 1.5, detail)


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
    from search.suggestions import answers

    get = _client()
    for kept in (False, True):
        ours, theirs = [], []
        for typed in TYPED:
            said = folded(typed)

            def suggest(typed=typed, kept=kept):
                if not kept:
                    answers.clear()
                get("/api/v1/suggest/", lang="vi", q=typed)

            times = timed({"ours": suggest, "raw": lambda said=said: raw.suggest(said)}, rounds)
            ours, theirs = ours + times["ours"], theirs + times["raw"]
        beside = p95(theirs) + median(view)
        detail = f"{p95(ours):.1f} / ({p95(theirs):.1f} + {median(view):.1f}) ms"
        report.line(f"suggestions {TIMES[kept]}, p95", p95(ours) / beside, 1.5, detail)


def walk(report: Report, name: str, rounds: int) -> None:
    """By cursor from the first result to the last, in pages of 100: each order's slowest tenth beside its first. Some
    pages of each tenth are asked again, those of all tenths in turn."""
    from search import cursors
    from search.engines.registry import configured
    from search.models import Cursor
    from search.plan import plan
    from search.query import understand

    engine, index = configured()[name], Cursor.objects.get(engine=name).index
    for sort in ("title", "date"):

        def asked(after: str, sort=sort):
            query = understand({"sort": sort, "page_size": "100", "after": after}, "vi")
            found = engine.search(index, plan(query, after=cursors.read(query)))
            assert found.total  # which an engine may still be counting
            return query, found

        pages, seen, after = [], set(), ""
        while True:
            query, found = asked(after)
            if not found.hits:
                break
            pages.append(after)
            seen.update(hit.identifier for hit in found.hits)
            after = cursors.write(query, found.hits[-1], found.start + len(found.hits))
        assert len(seen) == found.total, (len(seen), found.total)
        size = max(1, len(pages) // 10)
        starts = range(0, min(len(pages), size * 10), size)
        times: dict[int, list[float]] = {at: [] for at in starts}
        for step in range(0, size, max(1, size // PAGES)):
            some = {at: lambda page=pages[at + step]: asked(page) for at in starts}
            for at, spent in timed(some, rounds).items():
                times[at] += spent
        tenths = [median(spent) for spent in times.values()]
        detail = f"{max(tenths):.1f} / {tenths[0]:.1f} ms, {len(seen)} results"
        report.line(f"cursor by {sort}, slowest tenth / first", max(tenths) / tenths[0], 1.3, detail)


def items(report: Report, identifiers: list[str], rounds: int) -> None:
    """Item pages, each asked for the first time, and again."""
    from django.test import override_settings

    get = _client()
    size = len(get(f"/vi/items/{identifiers[0]}/").content)
    bare = median(bare_views(size, rounds, identifiers)["item"])
    for kept in (False, True):
        each = iter(identifiers * (rounds + 2))
        with contextlib.nullcontext() if kept else override_settings(KEPT_PAGES=0):
            for identifier in identifiers if kept else ():
                get(f"/vi/items/{identifier}/")
            ours = median(timed({"item": lambda each=each: get(f"/vi/items/{next(each)}/")}, rounds)["item"])
        report.line(f"item page {TIMES[kept]}, p50", ours / bare, 2.0, f"{ours:.1f} / {bare:.1f} ms, {size} bytes")


def at_once(report: Report, name: str, raw, folder: Path, url: str, seconds: float, clients: int = 8) -> None:
    """Requests a second with 8 clients: the site under granian beside the raw engine."""
    from urllib.parse import urlencode

    from bench.servers import running

    if "wrk" in running.missing():
        print("  8 clients at once: skipped, wrk isn't installed (apt-get install wrk)")
        return
    paths = [f"/vi/search/?{urlencode({'q': words, 'from': first, 'to': last})}" for words, first, last in QUERIES]
    theirs = median([_raw_rate(raw, clients, seconds) for _run in range(3)])
    for kept in (False, True):
        site_env = _site(name, folder, url, kept)
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
        subprocess.run(collect, env=os.environ | site_env, check=True)
        with running.granian("config.wsgi:application", running.free_port(), folder / "site.log", **site_env) as site:
            for path in paths:
                running.wait_for(f"{site}{path}")
            running.rate(site, paths, clients, 1, folder)
            ours = median([running.rate(site, paths, clients, seconds, folder) for _run in range(3)])
        detail = f"{ours:.0f} / {theirs:.0f} a second"
        report.line(f"{clients} clients at once, pages {TIMES[kept]}", ours / theirs, 0.7, detail, at_least=True)


def _site(engine: str, folder: Path, url: str, kept: bool) -> dict[str, str]:
    """The environment of a site like the demonstration's, over the collection of the bench."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "CATVANG_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'dev.sqlite3'}",
        "ELASTICSEARCH_URL": url,
        "SEARCH_ENGINE": engine,
        "SEARCH_REQUESTS_A_MINUTE": "1000000",
        "KEPT_PAGES": "400" if kept else "0",
    }


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
