"""How quick the administration's pages are with many records.

    python -m bench.admin [--records 100000] [--rounds 7] [--folder DIR]

Builds the records in a temporary SQLite database (in DIR, which is kept and used again, when it is given), asks for
each page as a cataloguer, and prints the median in milliseconds, that of the processor's own time, and the number of
queries. Run it from the repository's folder. The figures to keep to: 150 ms and 50 queries.
"""

import argparse
import os
import random
import statistics
import tempfile
import time

LIMIT_MS, LIMIT_QUERIES = 150, 50
KINDS = ["map", "atlas_sheet", "manuscript", "official_document", "legal_text", "book", "photograph", "press_item"]
STATUSES = ["draft"] * 5 + ["cleared"] * 4 + ["refused", "withdrawn", "submitted"]
WORDS_VI = (
    "Hoàng Sa Trường Sa bản đồ châu bản triều Nguyễn đảo biển Đông cai đội thủy quân địa đồ phủ Quảng Ngãi".split()
)
WORDS_EN = "Paracel Spratly islands map imperial record court of Annam sea chart garrison prefecture survey".split()


def text(pick, words, count: int) -> str:
    return " ".join(pick.choices(words, k=count))


def record_of(pick, number: int, institutions):
    """An unsaved record with realistic gaps, and its child lists in memory."""
    from archive.models import Record

    year = pick.randint(1500, 1990)
    described = pick.random()
    return Record(
        identifier=f"bench-{number:06}",
        kind=pick.choice(KINDS),
        title_vi=f"{text(pick, WORDS_VI, 6)} {number}",
        title_en=text(pick, WORDS_EN, 6) if pick.random() < 0.8 else "",
        title_original=pick.choice(["", "安南大國畫圖"]),
        date_text=str(year),
        date_edtf=str(year),
        date_from=year,
        date_to=year,
        description_vi=text(pick, WORDS_VI, 120) if described < 0.9 else "",
        description_en=text(pick, WORDS_EN, 120) if described < 0.6 else "",
        languages=pick.choice(["", "vi", "lzh", "fr"]),
        institution=pick.choice([None, *institutions]),
        scale_text=pick.choice(["", "1:300.000"]),
        height_mm=pick.choice([None, 500]),
        width_mm=pick.choice([None, 400]),
        rights_statement=pick.choice(["", "https://creativecommons.org/publicdomain/mark/1.0/"]),
        declared_not_secret=pick.random() < 0.7,
        status=pick.choice(STATUSES),
    )


def authorities():
    from archive import models

    def make(model, count, **fields):
        name = model.__name__.lower()
        return [
            model.objects.create(key=f"{name}-{n}", name_vi=f"{name} {n} vi", name_en=f"{name} {n}", **fields)
            for n in range(count)
        ]

    return {
        "institution": make(models.Institution, 30),
        "agent": make(models.Agent, 200),
        "place": make(models.Place, 100),
        "tag": make(models.Tag, 40),
        "source": make(models.Source, 100),
    }


def build(count: int, user) -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction
    from django.utils import timezone
    from wagtail.models import Revision

    from archive import models

    pick = random.Random(1974)
    named = authorities()
    content_type = ContentType.objects.get_for_model(models.Record, for_concrete_model=False)
    change_set = models.ChangeSet.objects.create(kind="import", title="bench.xlsx", user=user)
    colleagues = [user, *(type(user).objects.create_user(f"bench-{number}") for number in range(9))]
    for at in range(0, count, 2_000):
        records = [record_of(pick, number, named["institution"]) for number in range(at, min(at + 2_000, count))]
        for record in records:
            record.agents.set([models.RecordAgent(agent=agent) for agent in pick.sample(named["agent"], 2)])
            record.places.set([models.RecordPlace(place=place) for place in pick.sample(named["place"], 2)])
            record.tags.set([models.RecordTag(tag=pick.choice(named["tag"]))])
            record.citations.set([models.Citation(source=pick.choice(named["source"]), pages="1")])
            record.derive()
        children = {name: [list(getattr(record, name).all()) for record in records] for name in CHILDREN}
        with transaction.atomic():
            models.Record.objects.bulk_create(records)
            for lists in children.values():
                for record, rows in zip(records, lists, strict=True):
                    for row in rows:
                        row.record_id = record.pk
                rows = [row for rows in lists for row in rows]
                type(rows[0])._base_manager.bulk_create(rows)
            revisions = Revision.objects.bulk_create(
                Revision(
                    content_type=content_type,
                    base_content_type=content_type,
                    object_id=str(record.pk),
                    user=pick.choice(colleagues),
                    created_at=timezone.now(),
                    content={"pk": record.pk, "title_vi": record.title_vi},
                    object_str=str(record),
                )
                for record in records
            )
            for record, revision in zip(records, revisions, strict=True):
                record.latest_revision = revision
            models.Record.objects.bulk_update(records, ["latest_revision"])
            models.ChangeSetRow.objects.bulk_create(
                models.ChangeSetRow(change_set=change_set, number=record.pk, action="created", record=record)
                for record in records[: len(records) // 20]
            )


CHILDREN = ("agents", "places", "tags", "citations")


def pages() -> dict[str, str]:
    from django.urls import reverse

    from archive.models import ChangeSet, Institution, Record, Tag

    records = reverse(Record.snippet_viewset.get_url_name("list"))
    middle = Record.objects.order_by("pk")[Record.objects.count() // 2].pk
    worklist = reverse("archive_worklist:list")
    import_ = ChangeSet.objects.get().pk
    return {
        "list": records,
        "list, page 2.000": f"{records}?p=2000",
        "filter by status and kind": f"{records}?status=draft&kind=map",
        "filter by gap": f"{records}?gap=title_en",
        "filter by institution": f"{records}?institution={Institution.objects.first().pk}",
        "filter by years": f"{records}?year_from=1700&year_to=1710",
        "filter by tag": f"{records}?tag={Tag.objects.first().pk}",
        "filter by import": f"{records}?change_set={import_}",
        "sort by identifier": f"{records}?ordering=identifier",
        "sort by completeness": f"{records}?ordering=completeness",
        "sort by date": f"{records}?ordering=-date_from",
        "sort by kind": f"{records}?ordering=kind",
        "search a common word": f"{records}?q=hoang+sa",
        "search one record": f"{records}?q=bench-050001",
        "search nothing": f"{records}?q=khongcodau",
        "edit": reverse(Record.snippet_viewset.get_url_name("edit"), args=[middle]),
        "worklist": worklist,
        "worklist by gap": f"{worklist}?gap=title_en",
        "worklist by rare gap and kind": f"{worklist}?gap=articles&kind=legal_text",
        "worklist of one's own": f"{worklist}?mine=1",
        "worklist of an import": f"{worklist}?import={import_}",
        "worklist, next": f"{reverse('archive_worklist:next')}?gap=title_en&worklist=1&after=60-{middle}",
        "choose a record": f"{reverse('record_link_chooser:choose_results')}?q=hoang+sa",
        "choose an authority": f"{reverse('wagtailsnippetchoosers_archive_agent:choose_results')}?q=agent+12",
    }


def measure(client, address: str, rounds: int) -> tuple[float, float, int]:
    """Medians in milliseconds, of the clock and of the processor, and the queries of one answer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clock, processor = [], []
    for _round in range(rounds + 2):
        started, began = time.perf_counter(), time.process_time()
        response = client.get(address)
        clock.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - began) * 1000)
        assert response.status_code in (200, 302), (address, response.status_code)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return statistics.median(clock[2:]), statistics.median(processor[2:]), len(queries)  # the first two warm up


def run(options) -> bool:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client

    from archive.models import Record
    from archive.roles import CATALOGUER, ensure_roles

    call_command("migrate", verbosity=0)
    ensure_roles()
    users = get_user_model().objects
    user = users.filter(username="bench").first() or users.create_user("bench", password="bench-bench-1")
    user.groups.set(user.groups.model.objects.filter(name=CATALOGUER))
    if not Record.objects.exists():
        started = time.perf_counter()
        build(options.records, user)
        print(f"{options.records} records built in {time.perf_counter() - started:.0f} s")
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    print(f"{Record.objects.count()} records, SQLite, median of {options.rounds} rounds")
    row = "{:32} {:>8} {:>10} {:>8}  {}"
    print(row.format("", "ms", "processor", "queries", ""))
    kept = True
    for name, address in pages().items():
        ms, processor, queries = measure(client, address, options.rounds)
        over = ms > LIMIT_MS or queries > LIMIT_QUERIES
        kept = kept and not over
        print(row.format(name, f"{ms:.0f}", f"{processor:.0f}", queries, "over the limit" if over else ""))
    return kept


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--records", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--folder", help="where the database is kept for the next time")
    options, _others = arguments.parse_known_args()  # `make bench` hands every benchmark the same words
    with tempfile.TemporaryDirectory(prefix="catvang-bench-") as folder:
        os.environ["CATVANG_TEST_VAR"] = options.folder or folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        os.environ.pop("DATABASE_URL", None)
        os.makedirs(os.environ["CATVANG_TEST_VAR"] + "/static", exist_ok=True)
        import django

        django.setup()
        from media import collector

        collector.spare()  # as the server and the workers do
        return 0 if run(options) else 1


if __name__ == "__main__":
    raise SystemExit(main())
