"""Search and item pages at 100,000 records beside the engines alone and beside bare Django views.

    python -m bench.search [--records 100000] [--rounds 7] [--folder DIR] [--url http://127.0.0.1:9200]

Makes a bilingual collection from a seed in a temporary SQLite database, builds both indices and raw ones of the same
texts (bench/searching), and prints each figure with its goal. In each round everything is asked once, one after the
other, so that the load of the machine falls on all alike. A page is measured twice: asked for the first time, when
nothing of it is kept (archive/kept.py), and asked again. DIR is kept and used again; --records 5000 is for trying.
Without --url it starts the node of the tests. Run it from the repository's folder.
"""

import argparse
import contextlib
import os
import sys
import tempfile
from pathlib import Path

from bench.searching import measures
from bench.searching.prepare import ENGINES, build, prepare
from bench.searching.report import Report


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
            view = measures.bare_views(1, max(30, options.rounds), identifiers)
            measures.pages(report, raws[name], options.rounds, view["list"])
            measures.facets(report, name, raws[name], options.rounds)
            measures.suggestions(report, raws[name], options.rounds, view["nothing"])
            measures.walk(report, name, options.rounds)
            measures.at_once(report, name, raws[name], folder, url, options.seconds)
    print("\nitem page")
    measures.items(report, identifiers, max(30, options.rounds))
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
