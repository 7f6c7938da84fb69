"""How fast the two search engines answer the same plans over the same documents.

    python -m bench.search_engines [--documents 20000] [--rounds 7] [--url http://127.0.0.1:9200]

Prints the median of each query on each engine in milliseconds, and the ratio embedded / elasticsearch. Without --url or
ELASTICSEARCH_URL it starts the node of the tests. Run it from the repository's folder.
"""

import argparse
import os
import random
import statistics
import tempfile
import time

import django

QUERIES = {
    "everything, all facets": {},
    "one folded word": {"q": "hoang"},
    "two marked words": {"q": "Hoàng Sa"},
    "phrase": {"q": '"hoang sa"'},
    "Hán": {"q": "黃沙"},
    "beginning of a word": {"q": "paracel"},
    "words, dates, two choices": {"q": "bản đồ", "from": "1700", "to": "1850", "kind": ["map", "book"], "has": "scan"},
    "by title": {"q": "đảo", "sort": "title"},
    "box on the map": {"bbox": "105,5,120,20"},
}


def documents(count: int):
    """Edition documents from a seed, of realistic length."""
    from tests.search.factories import AGENTS, HOLDERS, PLACES, WORDS_EN, WORDS_VI, both, edition, scan

    pick = random.Random(1974)
    for number in range(count):
        year = pick.randint(1500, 1990)
        yield edition(
            f"bench-{number:06}",
            " ".join(pick.choices(WORDS_VI, k=6)),
            " ".join(pick.choices(WORDS_EN, k=6)),
            kind=pick.choice(["map", "atlas_sheet", "manuscript", "official_document", "book"]),
            han=pick.choice(["", "", "黃沙奏摺", "大南一統全圖"]),
            years=(year, year + pick.choice([0, 0, 10])),
            places=pick.sample(sorted(PLACES), pick.randint(0, 2)),
            holder=pick.choice([None, *HOLDERS]),
            agents=pick.sample(sorted(AGENTS), pick.randint(0, 1)),
            languages=[pick.choice(["vi", "fr", "lzh", "la"])],
            bbox=(west := pick.uniform(90, 120), south := pick.uniform(-10, 30), west + 10, south + 10),
            description=both(" ".join(pick.choices(WORDS_VI, k=120)), " ".join(pick.choices(WORDS_EN, k=120))),
            scans=[scan()] * pick.randint(0, 1),
        )


def fill(engine, index: str, parts: list[dict]) -> float:
    """Seconds that writing everything took."""
    started = time.perf_counter()
    engine.create(index)
    for at in range(0, len(parts), 2_000):
        engine.write(index, parts[at : at + 2_000], [], 1)
    engine.settle()
    return time.perf_counter() - started


def median_ms(engine, index: str, plan, rounds: int) -> float:
    times = []
    for _round in range(rounds + 2):
        started = time.perf_counter()
        engine.search(index, plan)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[2:])  # the first two warm up


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--documents", type=int, default=20_000)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--url", default=os.environ.get("ELASTICSEARCH_URL"))
    options = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    if options.url:
        compare(options.url, options)
        return
    from tests.node import node

    running = node.start()
    try:
        compare(running.url, options)
    finally:
        running.stop()


def compare(url: str, options) -> None:
    from search.documents import index_document
    from search.engines.elastic import Elastic
    from search.engines.embedded import Embedded
    from search.plan import plan
    from search.query import understand

    parts = [index_document(document) for document in documents(options.documents)]
    with tempfile.TemporaryDirectory() as folder:
        engines = {"embedded-v1-bench": Embedded(folder), "bench-v1-bench": Elastic(url, "bench")}
        seconds = [fill(engine, index, parts) for index, engine in engines.items()]
        print(f"{options.documents} documents, median of {options.rounds} rounds, milliseconds")
        row = "{:32} {:>10} {:>14} {:>8}"
        print(row.format("", "embedded", "elasticsearch", "ratio"))
        for name, params in QUERIES.items():
            asked = plan(understand(params, "vi"))
            one, other = (median_ms(engine, index, asked, options.rounds) for index, engine in engines.items())
            print(row.format(name, f"{one:.1f}", f"{other:.1f}", f"{one / other:.2f}"))
        print(
            row.format("writing everything (seconds)", *(f"{s:.1f}" for s in seconds), f"{seconds[0] / seconds[1]:.2f}")
        )
        engines["bench-v1-bench"].client.indices.delete(index="bench-v1-bench")


if __name__ == "__main__":
    main()
