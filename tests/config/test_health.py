"""/healthz tells of the process, /readyz of each part it stands on."""

import pytest
from django.db import OperationalError

from config import health
from media import jobs

PARTS = ["database", "index", "storage", "worker-index", "worker-heavy"]


def test_the_process_answers_without_a_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.fixture
def well(var_dir, monkeypatch):
    """Both workers live; the index is taken as well here and tried for real in tests/search."""
    jobs.beat("index")
    jobs.beat("heavy")
    monkeypatch.setitem(health.CHECKS, "index", lambda: "")


def test_ready(client, db, well):
    response = client.get("/readyz")
    assert response.status_code == 200
    answer = response.json()
    assert answer["ready"] and answer["parts"] == {name: {"ok": True, "reason": ""} for name in PARTS}


@pytest.mark.parametrize("program, ok", [("tesseract", True), ("khong-co-tren-may", False)])
def test_an_optional_part_is_named_and_holds_nothing_up(client, db, well, settings, program, ok):
    settings.OCR_PROGRAM = program
    response = client.get("/readyz")
    assert response.status_code == 200
    part = response.json()["optional"]["text-recognition"]
    assert part["ok"] is ok and ("tesseract" in part["reason"]) is not ok


def test_a_worker_that_stands_still_is_named(client, db, well):
    jobs.heartbeat_path("heavy").unlink()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert [name for name, part in response.json()["parts"].items() if not part["ok"]] == ["worker-heavy"]


def test_storage_that_takes_nothing_is_named(client, db, well, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.PUBLIC_DIR = tmp_path / "file" / "public"  # below a file: nobody, not even root, writes there
    response = client.get("/readyz")
    assert response.status_code == 503 and not response.json()["parts"]["storage"]["ok"]


def test_a_database_that_is_away_is_named_and_not_described(client, db, well, monkeypatch):
    def away():
        raise OperationalError("password authentication failed for user catvang")

    monkeypatch.setitem(health.CHECKS, "database", away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert not response.json()["parts"]["database"]["ok"]
    assert "password" not in response.content.decode()
