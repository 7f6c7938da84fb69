"""Nothing becomes public but by clearance: every other way is tried, and after each one the public site is asked."""

import contextlib

import pytest
from django.db import transaction

from archive import clearance

from .other_ways import WAYS
from .stage import Stage, build

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.timeout(1800)]


@pytest.fixture
def stage(tmp_path, django_user_model) -> Stage:
    return build(django_user_model.objects.create_superuser("root", "root@example.org", "x" * 12), tmp_path)


class Undone(Exception):
    """Takes an attempt back, so that each begins at the same state."""


def attempt(stage: Stage, do) -> list[str]:
    """Try one way in a transaction that is undone afterwards. Out: what became public by it."""
    found, before = [], stage.public_state()
    with contextlib.suppress(Undone), transaction.atomic():
        with contextlib.suppress(Exception, SystemExit), transaction.atomic():
            do(stage)
        after = stage.public_state()
        found += [f"{name} changed" for name in before if before[name] != after[name]]
        found += stage.look()
        raise Undone
    return found


def test_no_other_way_publishes(stage, capsys):
    succeeded = {name: found for name, do in WAYS.items() if (found := attempt(stage, do))}
    with capsys.disabled():
        print(f"\n{len(WAYS)} other ways, {stage.probes} probes, {len(succeeded)} succeeded")
    assert succeeded == {}


def clear_it(stage: Stage) -> None:
    subject = stage.subject("submitted")
    digest = clearance.preview(subject)[1]
    clearance.clear(subject, digest, stage.person("reviewer"), clearance.CHECKLIST)


def test_clearance_itself_is_seen(stage):
    """The control: what is looked at changes when something is cleared, and the planted words and picture show."""
    found = attempt(stage, clear_it)
    assert "editions changed" in found and "images changed" in found
    assert any("/vi/items/" in line for line in found) and any("/oai" in line for line in found)
