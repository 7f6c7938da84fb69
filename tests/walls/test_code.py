"""Who may write what. Each wall is first shown a planted breach that it must see, and a near miss that it must not."""

from pathlib import Path

import pytest

from . import rules

PLANTED = [
    (rules.status, "archive/admin/records.py", "record.status = 'cleared'"),
    (rules.status, "exhibits/models/kiosk.py", "a.b.status, x = 1, 2"),
    (rules.status, "archive/records.py", "Record.objects.filter(pk=1).update(status='cleared')"),
    (rules.status, "archive/records.py", "Record(status='cleared')"),
    (rules.status, "archive/records.py", "Record.objects.update_or_create(pk=1, defaults={'status': 'x'})"),
    (rules.status, "archive/records.py", "setattr(record, 'status', 'cleared')"),
    (rules.status, "archive/records.py", "Record.objects.bulk_update(rows, ['status'])"),
    (rules.status, "archive/models/record.py", "self.status = 'cleared'"),
    (rules.editions, "archive/views.py", "Edition.objects.create(x=1)"),
    (rules.editions, "archive/views.py", "Edition.objects.filter(pk=1).order_by('x').delete()"),
    (rules.editions, "search/indexer.py", "models.Tombstone.objects.all().delete()"),
    (rules.editions, "exhibits/views.py", "Edition(identifier='x').save()"),
    (rules.decisions, "archive/records.py", "Decision.objects.create(action='cleared')"),
    (rules.decisions, "archive/importing/rows.py", "ClearanceAuthor.objects.get_or_create(user=u)"),
    (rules.public_files, "archive/clearance.py", "PublicImage.objects.filter(image_id='x').delete()"),
    (rules.public_files, "archive/clearance.py", "(settings.PUBLIC_DIR / 'a').unlink()"),
    (rules.index, "archive/tasks.py", "helpers.bulk(client, actions)"),
    (rules.index, "search/views.py", "index.writer(heap_size=1).add_document(d)"),
    (rules.live, "archive/views.py", "if record.live: pass"),
    (rules.live, "search/documents.py", "Record.objects.filter(live=True)"),
]
INNOCENT = [
    (rules.status, "archive/clearance.py", "record.status = 'cleared'"),
    (rules.status, "archive/views.py", "render(request, 'x', status=410); Record.objects.filter(status='draft')"),
    (rules.status, "archive/views.py", "if record.status == 'held': pass"),
    (rules.status, "archive/answers.py", "self.status = 404"),
    (rules.editions, "archive/subjects.py", "Edition.objects.create(x=1)"),
    (rules.editions, "archive/views.py", "Edition.objects.filter(identifier='x').first()"),
    (rules.decisions, "archive/admin/review.py", "Decision.objects.filter(subject='x').order_by('-pk')"),
    (rules.public_files, "media/storage.py", "PublicImage.objects.filter(image_id='x').delete()"),
    (rules.public_files, "media/views.py", "PublicImage.objects.filter(image_id='x').exists()"),
    (rules.index, "search/engines/embedded.py", "index.writer(heap_size=1)"),
    (rules.index, "archive/exporting.py", "csv.writer(file)"),
    (rules.live, "exhibits/models/page.py", "self.live"),
    (rules.live, "archive/models/record.py", "self.live = False"),
]
WALLS = [rules.status, rules.editions, rules.decisions, rules.public_files, rules.index, rules.live]


@pytest.mark.parametrize(("wall", "path", "source"), PLANTED)
def test_a_planted_breach_is_seen(wall, path, source):
    assert wall(Path(path), source)


@pytest.mark.parametrize(("wall", "path", "source"), INNOCENT)
def test_what_is_allowed_passes(wall, path, source):
    assert wall(Path(path), source) == []


@pytest.mark.parametrize("wall", WALLS, ids=lambda wall: wall.__name__)
def test_the_code_keeps_to_it(wall):
    found = [breach for path, source in rules.code_of_rooms() for breach in wall(path, source)]
    assert found == []
