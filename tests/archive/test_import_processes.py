"""A real worker killed in the middle of an import: what it leaves in the end is what an undisturbed run leaves."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from wagtail.models import Revision

from archive.importing import uploads
from archive.importing.run import Options
from archive.models import ChangeSet, ChangeSetRow, PublicState, Record
from media.models import Job, Rendition
from tests import factories
from tests.support import database

ROOT = Path(__file__).resolve().parent.parent.parent
HEAD = ["identifier", "kind", "title_vi", "title_en", "date_text", "agents", "tags", "relations", "citations"]
ROWS = 150


@pytest.fixture
def start(process_env, tmp_path):
    """Start the heavy worker; whatever still runs is killed at the end."""
    started = []

    def start_worker():
        with open(tmp_path / f"worker-{len(started)}.log", "w+b") as log:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "worker", "--queue", "heavy"],
                cwd=ROOT,
                env=process_env | {"DJANGO_SETTINGS_MODULE": "tests.media.worker_settings"},
                stdout=log,
                stderr=log,
            )
        process.log = tmp_path / f"worker-{len(started)}.log"
        started.append(process)
        return process

    yield start_worker
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def wait_for(condition, what: str, process, seconds: float = 120):
    """Poll until it holds; the limit only bounds a failure."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        assert process.poll() is None, process.log.read_text()
        time.sleep(0.03)
    pytest.fail(f"waited {seconds} s for {what}: {process.log.read_text()}")


def kill(process) -> None:
    process.kill()
    process.wait()


def rows():
    """New records, changed ones, refused ones, unknown agents and tags, relations to rows above."""
    for n in range(ROWS):
        kind = "tranh" if n % 10 == 3 else "map"
        identifier = f"cu-{n % 20}" if n % 13 == 5 else f"do-{n}"
        relation = f"cites | do-{n - 4}" if n % 17 == 8 and (n - 4) % 10 != 3 and (n - 4) % 13 != 5 else ""
        agents = f"Người vẽ {n % 9} | cartographer; Nhà in {n // 40}"
        yield [
            identifier,
            kind,
            f"Đồ {n}",
            f"Map {n}",
            "Minh Mạng 19",
            agents,
            f"thẻ {n % 7}",
            relation,
            f"Sách {n % 5}",
        ]


def upload(user) -> Job:
    lines = ["\t".join(row) for row in (HEAD, *rows())]
    sheet = SimpleUploadedFile("bang.csv", "\n".join(lines).encode())
    names = ["do-1_1r.png", "do-1_1v.png", "do-100.png", "do-129_recto.png", "do-140_2.png", "khong-ai.png"]
    pictures = [
        SimpleUploadedFile(name, factories.png(60, 40, colour=(n, 9, 9)).getvalue()) for n, name in enumerate(names)
    ]
    return uploads.start(sheet, pictures, None, Options(update=True, create_missing=True), user)


def prepare(django_user_model):
    from django.contrib.auth.models import Group

    from archive.roles import NAMES

    user = django_user_model.objects.create_user("nguoi-nhap")
    user.groups.add(Group.objects.get(name=NAMES["cataloguer"]))
    for n in range(20):
        factories.make_record(user, identifier=f"cu-{n}", title_vi=f"Cũ {n}")
    return user, upload(user)


# --- what every table holds, without keys and times ------------------------------------------------------


class Dump:
    """All rows of all tables by what they say: keys of rows are exchanged for names, times are left out."""

    # How far the pictures are depends on when the worker was stopped; the token of what is public is drawn at random.
    SKIPPED = (Job, Rendition, ContentType, PublicState)
    TIMES = (models.DateTimeField, models.UUIDField)

    def __init__(self):
        self.names = {}
        self.revisions = {}
        for pk, object_id in Revision.objects.order_by("pk").values_list("pk", "object_id"):
            self.revisions[pk] = (
                f"{object_id}:{sum(name.startswith(f'{object_id}:') for name in self.revisions.values())}"
            )

    def rows(self) -> dict[str, list]:
        tables = {}
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label in ("sessions", "django_tasks_db") or model in self.SKIPPED:
                continue
            if model._meta.proxy or not model._meta.managed:
                continue
            tables[model._meta.label] = sorted(str(self.row(row)) for row in model._base_manager.all())
        return tables

    def row(self, row) -> dict:
        told = {}
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if (
                field.primary_key
                and not field.remote_field
                or isinstance(field, self.TIMES)
                or field.name == "password"
            ):
                continue
            if field.remote_field and value is not None:
                told[field.name] = self.name(field.remote_field.model, value)
            elif field.name == "object_id":
                told[field.name] = self.name(Record, int(value)) if str(value).isdigit() else value
            elif field.name == "subject" and str(value).startswith("record:"):
                told[field.name] = self.name(Record, int(value.removeprefix("record:")))
            else:
                told[field.name] = self.plain(value, Record)
        return told

    def plain(self, value, model):
        """JSON of revisions: keys by the model's own fields."""
        if isinstance(value, list):
            return [self.plain(one, model) for one in value]
        if not isinstance(value, dict):
            return value
        told = {}
        for name, one in sorted(value.items()):
            field = {f.name: f for f in model._meta.get_fields()}.get(name)
            if name in ("pk", "change_set") or name.endswith("_at"):
                continue
            if field is not None and field.one_to_many:
                told[name] = self.plain(one, field.related_model)
            elif field is not None and field.remote_field and isinstance(one, int):
                told[name] = self.name(field.remote_field.model, one)
            else:
                told[name] = self.plain(one, model)
        return told

    def name(self, model, pk) -> str:
        if model is Revision:
            record, _colon, number = self.revisions.get(pk, "::").partition(":")
            return f"{self.name(Record, int(record))} {number}" if record.isdigit() else "a revision"
        if (model, pk) not in self.names:
            row = model._base_manager.filter(pk=pk).first()
            wanted = ("identifier", "key", "sha256", "username", "title", "kind", "slug", "name")
            found = [str(getattr(row, field)) for field in wanted if isinstance(getattr(row, field, None), str)]
            self.names[model, pk] = f"{model._meta.label} {found[0] if found else '?' if row else 'none'}"
        return self.names[model, pk]


def outcome(settings) -> dict:
    """Every table, every master, and what the import's report says."""
    report = Job.objects.get(kind="import").result
    report = {name: value for name, value in report.items() if name != "change_set"}
    masters = sorted(path.name for path in Path(settings.MASTERS_DIR).rglob("*") if path.is_file())
    waiting = sorted(path.name for path in (Path(settings.VAR_DIR) / "imports").iterdir())
    return Dump().rows() | {"masters": masters, "uploads": waiting, "report": report}


def first_difference(wanted, found) -> str:
    """The first rows that differ, from a little before the place where they do."""
    for one, other in zip(map(str, wanted), map(str, found), strict=False):
        if one != other:
            place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
            return f"…{one[max(0, place - 80) : place + 120]}… / …{other[max(0, place - 80) : place + 120]}…"
    return f"{len(wanted)} rows, {len(found)} found"


@pytest.mark.timeout(900)
@pytest.mark.django_db(transaction=True)
def test_killed_twice_it_ends_as_an_undisturbed_run_does(start, settings, django_user_model):
    prepare(django_user_model)
    worker = start()
    job = wait_for(lambda: Job.objects.filter(kind="import", state__in=("done", "failed")).first(), "the end", worker)
    assert (job.state, job.attempts) == ("done", 1), (job.reason, job.reason_params, worker.log.read_text())
    kill(worker)
    undisturbed = outcome(settings)
    assert job.result["created"] > 100 and job.result["updated"] > 5 and job.result["refused"] > 10
    assert job.result["unused_scans"] == ["khong-ai.png"]

    database.start_over("default")
    prepare(django_user_model)
    for done in (25, 90):
        worker = start()
        wait_for(lambda done=done: ChangeSetRow.objects.count() >= done, f"row {done}", worker)
        kill(worker)
        job = Job.objects.get(kind="import")
        assert job.state == "running", "it was killed too late for this test to mean anything"
        assert ChangeSetRow.objects.count() < ROWS
        written = ChangeSetRow.objects.filter(action="created").count()
        assert Record.objects.exclude(identifier__startswith="cu-").count() == written
    worker = start()
    job = wait_for(lambda: Job.objects.filter(kind="import", state__in=("done", "failed")).first(), "the end", worker)
    assert (job.state, job.attempts) == ("done", 3), (job.reason_params, worker.log.read_text())
    kill(worker)
    disturbed = outcome(settings)
    for table in undisturbed:
        assert disturbed[table] == undisturbed[table], (
            f"{table}: {first_difference(undisturbed[table], disturbed[table])}"
        )
    assert ChangeSet.objects.get().rows.count() == ROWS
