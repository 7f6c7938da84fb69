"""Public files follow rows, after commit, whatever the disk does."""

import logging
import os

import pytest
from django.db import transaction

from media import renditions, storage
from media.models import PublicImage, Retraction

from .conftest import encoded, picture

pytestmark = pytest.mark.django_db(transaction=True)


def release(*ids):
    with transaction.atomic():
        storage.release(ids)


def retract(*ids):
    with transaction.atomic():
        storage.retract(ids)


def test_release_links_and_retract_unlinks(rendition):
    image, private, public = (
        rendition.image_id,
        storage.private_path(rendition.image_id),
        storage.public_path(rendition.image_id),
    )
    release(image)
    assert storage.is_public(image)
    assert public.stat().st_ino == private.stat().st_ino
    assert public.parent.parent.name == "images"
    assert PublicImage.objects.get().linked
    release(image)  # twice is once
    retract(image)
    assert not public.exists() and private.exists()
    assert not storage.is_public(image)
    assert not Retraction.objects.exists()
    retract(image)
    release(image)
    assert public.exists()
    assert [path.name for path in public.parent.iterdir()] == [public.name]


def test_nothing_happens_before_commit_nor_without_it(rendition):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        storage.release([rendition.image_id])
        assert not storage.public_path(rendition.image_id).exists()
        raise ZeroDivisionError
    assert not storage.public_path(rendition.image_id).exists()
    assert not PublicImage.objects.exists()
    release(rendition.image_id)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        storage.retract([rendition.image_id])
        raise ZeroDivisionError
    assert storage.public_path(rendition.image_id).exists()
    assert storage.is_public(rendition.image_id)


def test_copies_where_links_cannot_be(rendition, monkeypatch):
    def other_device(*args, **kwargs):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(storage.os, "link", other_device)
    release(rendition.image_id)
    public, private = storage.public_path(rendition.image_id), storage.private_path(rendition.image_id)
    assert public.read_bytes() == private.read_bytes()
    assert public.stat().st_ino != private.stat().st_ino
    assert storage.reconcile({rendition.image_id}) == []


def test_a_disk_that_fails_on_release_is_mended(rendition, monkeypatch, caplog):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(storage.os, "link", full)
        patch.setattr(storage.shutil, "copyfile", full)
        release(rendition.image_id)  # doesn't raise
        assert not storage.mend_now()
    assert [r for r in caplog.records if r.levelno == logging.ERROR and rendition.image_id in r.getMessage()]
    assert PublicImage.objects.get().linked is False
    assert not storage.public_path(rendition.image_id).exists()
    assert storage.mend_now()
    assert storage.public_path(rendition.image_id).exists()
    assert PublicImage.objects.get().linked
    assert not storage.mend_now()


def test_a_disk_that_fails_on_retract_is_mended(rendition, monkeypatch, caplog, client):
    release(rendition.image_id)
    path = storage.public_path(rendition.image_id)
    with monkeypatch.context() as patch:

        def read_only(self, missing_ok=False):
            raise OSError(30, "Read-only file system")

        patch.setattr(type(path), "unlink", read_only)
        retract(rendition.image_id)  # doesn't raise
    assert path.exists()
    assert [r for r in caplog.records if r.levelno == logging.ERROR and rendition.image_id in r.getMessage()]
    # The row decides, not the file.
    assert client.get(f"/iiif/image/{rendition.image_id}/info.json").status_code == 404
    assert Retraction.objects.exists()
    assert storage.mend_now()
    assert not path.exists()
    assert not Retraction.objects.exists()


def test_mending_never_removes_what_is_public_again(rendition):
    release(rendition.image_id)
    Retraction.objects.create(image_id=rendition.image_id)
    storage.mend_now()
    assert storage.public_path(rendition.image_id).exists()
    assert not Retraction.objects.exists()


def test_reconcile_names_and_mends(take):
    kept = renditions.make_now(take(encoded(picture(200, 100)))).image_id
    gone = renditions.make_now(take(encoded(picture(100, 200)))).image_id
    unlinked = renditions.make_now(take(encoded(picture(150, 150)))).image_id
    stray = "f" * 32
    release(kept, gone, unlinked)
    assert storage.reconcile({kept, gone, unlinked}) == []
    storage.public_path(unlinked).unlink()
    storage.public_path(stray).parent.mkdir(exist_ok=True)
    storage.public_path(stray).write_bytes(b"x")
    found = storage.reconcile({kept, unlinked})
    assert len(found) == 3
    assert [any(image in sentence for sentence in found) for image in (gone, unlinked, stray, kept)] == [True] * 3 + [
        False
    ]
    assert storage.reconcile({kept, unlinked}) == found, "looking mends nothing"
    assert storage.reconcile({kept, unlinked}, fix=True) == found
    assert storage.reconcile({kept, unlinked}) == []
    assert storage.public_path(unlinked).exists()
    assert not storage.public_path(stray).exists() and not storage.public_path(gone).exists()
    assert set(PublicImage.objects.values_list("pk", flat=True)) == {kept, unlinked}


def test_reconcile_of_a_cut_copy(rendition):
    release(rendition.image_id)
    path = storage.public_path(rendition.image_id)
    path.unlink()
    path.write_bytes(b"half")
    assert len(storage.reconcile({rendition.image_id}, fix=True)) == 1
    assert os.path.samefile(path, storage.private_path(rendition.image_id))


@pytest.mark.parametrize(
    "bad", ["", "../../etc/passwd", "ABCDEFABCDEF", "a" * 41, "short", "a" * 11 + "/", "a" * 32 + "\n"]
)
def test_only_image_ids_become_paths(bad):
    with pytest.raises(ValueError):
        storage.public_path(bad)
    with pytest.raises(ValueError):
        release(bad)
    assert not PublicImage.objects.exists()
