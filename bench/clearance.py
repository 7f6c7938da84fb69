"""How long clearing one record takes, its edition and outbox entry included, with few and with many records.

    python -m bench.clearance [--records 2000 20000] [--rounds 50] [--limit-ms 300]

Prints the median and the slowest of the clearances in milliseconds at each size, and the ratio of the medians; exits 1
when a median is over the limit. Works on a SQLite file of its own. Run it from the repository's folder.
"""

import argparse
import logging
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 300  # milliseconds


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--records", type=int, nargs=2, default=[2_000, 20_000])
    arguments.add_argument("--rounds", type=int, default=50)
    arguments.add_argument("--limit-ms", type=float, default=LIMIT)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="catvang-bench-") as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ["CATVANG_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
        import django

        django.setup()
        logging.disable(logging.INFO)
        return measure(options)


def measure(options) -> int:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    people = make_people()
    few, many = sorted(options.records)
    medians = []
    row = "{:>10} {:>12} {:>12} {:>12}"
    print(f"clearing one record, {options.rounds} rounds, milliseconds")
    print(row.format("records", "median", "slowest", "submitting"))
    for count in (few, many):
        fill(count, people)
        submitting, clearing = rounds(options.rounds, people, f"round-{count}")
        medians.append(statistics.median(clearing))
        print(row.format(count, f"{medians[-1]:.1f}", f"{max(clearing):.1f}", f"{statistics.median(submitting):.1f}"))
    print(f"ratio many / few: {medians[1] / medians[0]:.2f}")
    worst = max(medians)
    print(f"median {worst:.1f} ms, limit {options.limit_ms:.0f} ms: {'met' if worst <= options.limit_ms else 'MISSED'}")
    return 0 if worst <= options.limit_ms else 1


def make_people():
    from django.contrib.auth import get_user_model

    from archive.roles import ensure_roles

    groups, model = ensure_roles(), get_user_model()
    people = []
    for name in ("cataloguer", "reviewer"):
        user = model.objects.create_user(name, f"{name}@example.org")
        user.groups.add(groups[name])
        people.append(user)
    return people


def describe(number: int) -> dict:
    """Fields of a record of realistic length."""
    return {
        "identifier": f"bench-{number}",
        "kind": "map",
        "title_vi": f"Bản đồ số {number}",
        "title_en": f"Map number {number}",
        "date_text": "1838",
        "description_vi": "Bản đồ ghi Bãi Cát Vàng ngoài khơi. " * 20,
        "description_en": "A map that shows the golden sandbank off the coast. " * 20,
        "declared_not_secret": True,
    }


def fill(count: int, people) -> None:
    """Bring the database to `count` records that were decided about before, in rows as clearance leaves them."""
    from django.db import transaction
    from django.utils import timezone

    from archive.clearance import decision_hash
    from archive.models import ClearanceAuthor, Decision, Record

    author, reviewer = people
    have = Record.objects.count()
    while have < count:
        size = min(1_000, count - have)
        with transaction.atomic():
            records = [Record(**describe(have + n)) for n in range(size)]
            for record in records:
                record.read_date()
                record.derive()
            records = Record.objects.bulk_create(records)
            keys = [f"record:{record.pk}" for record in records]
            ClearanceAuthor.objects.bulk_create(ClearanceAuthor(subject=key, number=1, user=author) for key in keys)
            last = Decision.objects.order_by("-pk").first()
            previous, made = last.hash if last else "", []
            for key, record in zip(keys, records, strict=True):
                decision = Decision(
                    subject=key,
                    identifier=record.identifier,
                    number=1,
                    action=Decision.Action.REFUSED,
                    user=reviewer,
                    at=timezone.now(),
                    reason="bench",
                    previous_hash=previous,
                )
                decision.hash = previous = decision_hash(decision)
                made.append(decision)
            Decision.objects.bulk_create(made)
        have += size


def rounds(number: int, people, prefix: str) -> tuple[list[float], list[float]]:
    """Milliseconds of each submission and of each clearance of a record with a place, an agent and a source."""
    from archive import clearance, subjects
    from archive.models import Agent, Citation, Place, Record, RecordAgent, RecordPlace, Source
    from archive.records import save_record

    author, reviewer = people
    place, _made = Place.objects.get_or_create(key="bench", defaults={"name_vi": "Hoàng Sa", "name_en": "Hoàng Sa"})
    agent, _made = Agent.objects.get_or_create(key="bench", defaults={"name_vi": "Taberd", "name_en": "Taberd"})
    source, _made = Source.objects.get_or_create(key="bench", defaults={"name_vi": "Sách", "name_en": "Book"})
    submitting, clearing = [], []
    for n in range(number + 2):
        record = Record(**describe(0) | {"identifier": f"{prefix}-{n}"})
        record.places.add(RecordPlace(place=place))
        record.agents.add(RecordAgent(agent=agent, role="cartographer"))
        record.citations.add(Citation(source=source, pages="12"))
        save_record(record, author)
        submitting.append(timed(lambda record=record: clearance.submit(subjects.of(record), author)))
        subject = subjects.get(f"record:{record.pk}")
        digest = clearance.preview(subject)[1]
        clearing.append(
            timed(
                lambda subject=subject, digest=digest: clearance.clear(subject, digest, reviewer, clearance.CHECKLIST)
            )
        )
    return submitting[2:], clearing[2:]  # the first two warm up


def timed(act) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(main())
