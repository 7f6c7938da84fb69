"""A province's site refuses default secrets, and with good ones runs on PostgreSQL and on Elasticsearch by TLS."""

import json
import os
import secrets
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid

import psycopg
import pytest

from tests.support.postgres import free_port
from tests.support.tls import PasswordProxy, certificate
from tests.walls.rules import ROOT

GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.site",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "PUBLIC_BASE_URL": "https://hoangsa.example.vn",
    "ALLOWED_HOSTS": "hoangsa.example.vn",
    "SEARCH_ENGINE": "elasticsearch",
    "ELASTICSEARCH_URL": "https://127.0.0.1:9200",
    "ELASTICSEARCH_PASSWORD": secrets.token_hex(20),
}


def environment(folder, **changes) -> dict[str, str]:
    ours = {"DATABASE_URL", "ELASTICSEARCH_URL", "POSTGRES_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    clean = {k: v for k, v in os.environ.items() if k not in ours}
    values = clean | GOOD | {"CATVANG_VAR": str(folder)} | changes
    return {name: value for name, value in values.items() if value is not None}


def python(env, *arguments, **options) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, **options)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "changeme"),
        ("SECRET_KEY", "short"),
        ("ELASTICSEARCH_PASSWORD", None),
        ("ELASTICSEARCH_PASSWORD", "changeme"),
        ("PUBLIC_BASE_URL", None),
        ("PUBLIC_BASE_URL", "http://hoangsa.example.vn"),
    ],
)
def test_a_missing_or_default_value_stops_the_start_and_is_named(tmp_path, name, value):
    done = python(environment(tmp_path, **{name: value}), "-c", "from config.settings import site")
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured") and name in last


def test_good_values_start(tmp_path):
    done = python(environment(tmp_path), "-c", "from config.settings import site")
    assert done.returncode == 0, done.stderr


def test_a_default_database_password_is_found_before_migrating(tmp_path):
    env = environment(tmp_path, DATABASE_URL="postgres://catvang:catvang@127.0.0.1:1/catvang")
    done = python(env, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode != 0 and "catvang.E004" in done.stderr


# --- the whole, on real services -----------------------------------------------------------------------


@pytest.fixture
def site_env(tmp_path, postgres, elasticsearch_url):
    """Environment of a site on an empty database of the real PostgreSQL and on Elasticsearch behind TLS."""
    name = f"site_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    password = secrets.token_hex(20)
    own, key = certificate(tmp_path)
    base = postgres.rpartition("/")[0].replace("catvang@", f"catvang:{secrets.token_hex(12)}@")
    with PasswordProxy(elasticsearch_url, own, key, "elastic", password) as proxy:
        yield environment(
            tmp_path / "var",
            DATABASE_URL=f"{base}/{name}",
            ELASTICSEARCH_URL=proxy.url,
            ELASTICSEARCH_PASSWORD=password,
            ELASTICSEARCH_CA_FILE=str(own),
            ELASTICSEARCH_INDEX_PREFIX=name,
        )
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def ask(port: int, path: str):
    """(status, headers, body) of a request as nginx passes it on."""
    headers = {"Host": "hoangsa.example.vn", "X-Forwarded-Proto": "https"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()
    except OSError:
        return 0, {}, b""


def test_the_site_migrates_starts_and_is_ready(site_env):
    def manage(*arguments):
        done = python(site_env, "manage.py", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    manage("check", "--deploy", "--fail-level", "WARNING")
    manage("migrate", "--noinput")
    manage("check", "--deploy", "--fail-level", "WARNING", "--database", "default")
    manage("setup_site")
    locked_out = site_env | {"ELASTICSEARCH_PASSWORD": secrets.token_hex(20)}
    refused = python(locked_out, "manage.py", "rebuild_index", "--engine", "elasticsearch")
    assert refused.returncode == 1 and "Traceback" not in refused.stderr
    os.makedirs(f"{site_env['CATVANG_VAR']}/static", exist_ok=True)
    port = free_port()
    server = ["-m", "granian", "--interface", "wsgi", "--port", str(port), "config.wsgi:application"]
    workers = [["manage.py", "worker", "--queue", queue] for queue in ("index", "heavy")]
    quiet = {"cwd": ROOT, "env": site_env, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen([sys.executable, *command], **quiet) for command in (server, *workers)]
    try:
        end, answer = time.monotonic() + 90, (0, {}, b"")
        while answer[0] != 200 and time.monotonic() < end:
            time.sleep(0.3)
            answer = ask(port, "/readyz")
        assert answer[0] == 200, answer[2].decode()
        assert json.loads(answer[2])["ready"] is True
        status, headers, _body = ask(port, "/oai?verb=Identify")
        assert status == 200
        assert "max-age=31536000" in headers["Strict-Transport-Security"]
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait(20)


def test_the_proxy_lets_nobody_in_without_the_password(tmp_path, elasticsearch_url):
    """The proof that the test above proves something."""
    own, key = certificate(tmp_path)
    with PasswordProxy(elasticsearch_url, own, key, "elastic", "right") as proxy:
        trusted = ssl.create_default_context(cafile=str(own))
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{proxy.url}/_cluster/health", context=trusted)
        assert refused.value.code == 401 and proxy.refused == 1
        with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
            urllib.request.urlopen(f"{proxy.url}/_cluster/health")
