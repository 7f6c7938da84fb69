"""The deployment's files, part by part, for there is no container engine here: compose, environment, image, nginx."""

import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from tests.conftest import missing
from tests.support.postgres import free_port
from tests.support.tls import certificate
from tests.walls.rules import ROOT

COMPOSE = ROOT / "docker-compose.yml"
ONCE = {"prepare", "certificates"}  # run to their end


def valid(file: Path) -> bool:
    linter = Path(sys.executable).parent / "check-jsonschema"
    return (
        subprocess.run([linter, "--builtin-schema", "vendor.compose-spec", file], capture_output=True).returncode == 0
    )


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(COMPOSE.read_text())


def test_it_is_a_compose_file(tmp_path):
    planted = tmp_path / "compose.yml"
    planted.write_text("services:\n  web:\n    image: [a]\n")
    assert not valid(planted)
    assert valid(COMPOSE)


def test_every_service_is_pinned_and_watched(compose):
    services = compose["services"]
    assert {"web", "worker-index", "worker-heavy", "postgres", "elasticsearch", "nginx"} <= set(services)
    for name, service in services.items():
        assert re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?[a-z0-9.-]*", service["image"]), name
        assert name in ONCE or service["healthcheck"]["test"], name
        assert name in ONCE or service["restart"] == "unless-stopped", name


def test_named_volumes_exist_and_only_nginx_is_open(compose):
    for name, service in compose["services"].items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source.startswith((".", "$")) or source in compose["volumes"], (name, volume)
            assert not source.startswith("./") or (ROOT / source).exists(), volume
        assert ("ports" in service) == (name == "nginx")
        assert ("outside" in service.get("networks", [])) == (name == "nginx")
    assert compose["networks"]["inside"]["internal"] and compose["networks"]["front"]["internal"]


SECRETS = ["SECRET_KEY", "POSTGRES_PASSWORD", "ELASTICSEARCH_PASSWORD", "PUBLIC_BASE_URL", "ALLOWED_HOSTS", "TLS_DIR"]
OPTIONAL = {"EMAIL_URL", "DEFAULT_FROM_EMAIL", "OAI_ADMIN_EMAIL", "FIXITY_EVERY_DAYS", "MASTERS_COPY_DIR"}


def without_refusal(text: str, name: str) -> list[str]:
    """Uses of an environment variable that would start with it empty."""
    return [use for use in re.findall(r"\$\{" + name + r"[^}]*\}|\$" + name + r"\b", text) if ":?" not in use]


def test_nothing_starts_without_its_secrets():
    assert without_refusal("a: ${SECRET_KEY:-changeme}\nb: $SECRET_KEY\n", "SECRET_KEY") == [
        "${SECRET_KEY:-changeme}",
        "$SECRET_KEY",
    ]
    text = COMPOSE.read_text()
    example = (ROOT / ".env.example").read_text()
    for name in SECRETS:
        assert name in text
        assert without_refusal(text, name) == []
        assert f"\n{name}=\n" in example  # no default there either
    variables = set(re.findall(r"\$\{(\w+)", text))
    assert variables == set(SECRETS) | OPTIONAL


def test_the_image_runs_what_is_there():
    text = (ROOT / "Dockerfile").read_text()
    for source in re.findall(r"^FROM (\S+)", text, re.M):
        assert re.search(r":\d+\.\d+\.\d+-", source), f"{source} isn't pinned"
    assert re.search(r"^USER catvang$", text, re.M)
    script = ROOT / "deploy" / "entrypoint.sh"
    assert subprocess.run(["sh", "-n", script]).returncode == 0
    for module in re.findall(r"python -m ((?:config|media)[\w.]+)", text) + [
        "config.launch.probe",
        "config.launch.pulse",
    ]:
        assert (ROOT / (module.replace(".", "/") + ".py")).exists(), module
    assert subprocess.run(["bash", "-n", ROOT / "deploy" / "certificates.sh"]).returncode == 0


# --- nginx -----------------------------------------------------------------------------------------------


def nginx() -> str:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin") or missing("nginx")


class Application(BaseHTTPRequestHandler):
    """Stands for the application: says what reached it."""

    seen: list = []

    def answer(self):
        size = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(size)
        self.seen.append((self.command, self.path, dict(self.headers), size))
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", "2000")
        self.end_headers()
        self.wfile.write(b"x" * 2000)

    do_GET = do_POST = answer

    def log_message(self, *args):
        pass


@pytest.fixture
def front(tmp_path):
    """The real nginx with deploy/nginx.conf, its ports and paths made this machine's, before a stand-in."""
    Application.seen = []
    application = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    own, _key = certificate(tmp_path)
    plain, tls, alive = free_port(), free_port(), free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for old, new in {
        "server web:8000": f"server 127.0.0.1:{application.server_port}",
        "listen 80 ": f"listen 127.0.0.1:{plain} ",
        "listen 443 ": f"listen 127.0.0.1:{tls} ",
        "127.0.0.1:8080": f"127.0.0.1:{alive}",
        "/etc/nginx/tls": str(tmp_path),
        "/run/nginx.pid": str(tmp_path / "pid"),
        "_temp_path /tmp": f"_temp_path {tmp_path}",
        "access_log /dev/stdout": "access_log off",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    file = tmp_path / "nginx.conf"
    file.write_text(text)
    done = subprocess.run([nginx(), "-t", "-c", file], capture_output=True, text=True)
    assert done.returncode == 0 and "[emerg]" not in done.stderr, done.stderr
    process = subprocess.Popen([nginx(), "-c", file, "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", tls)) == 0:
                break
        time.sleep(0.05)
    yield {"plain": plain, "tls": tls, "alive": alive, "trust": ssl.create_default_context(cafile=str(own))}
    process.send_signal(signal.SIGTERM)
    process.wait(20)
    application.shutdown()
    application.server_close()


class Still(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def ask(front, path, scheme="tls", data=None, **headers):
    address = f"{'https' if scheme == 'tls' else 'http'}://127.0.0.1:{front[scheme]}{path}"
    opener = urllib.request.build_opener(Still, urllib.request.HTTPSHandler(context=front["trust"]))
    try:
        return opener.open(urllib.request.Request(address, data=data, headers=headers), timeout=20)
    except urllib.error.HTTPError as error:
        return error


def test_nginx_passes_on_what_is_true_and_refuses_what_is_too_much(front):
    assert ask(front, "/nginx-alive", "alive").status == 200
    moved = ask(front, "/vi/?a=1", "plain", Host="hoangsa.example.vn")
    assert (moved.status, moved.headers["Location"]) == (308, "https://hoangsa.example.vn/vi/?a=1")
    forged = {"X-Real-IP": "203.0.113.9", "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}
    answer = ask(front, "/vi/", Host="hoangsa.example.vn", **{**forged, "Accept-Encoding": "gzip"})
    assert answer.status == 200 and answer.headers["Content-Encoding"] == "gzip"
    headers = Application.seen[-1][2]
    assert headers["X-Real-IP"] == headers["X-Forwarded-For"] == "127.0.0.1"
    assert (headers["X-Forwarded-Proto"], headers["Host"]) == ("https", "hoangsa.example.vn")
    seventy = b"x" * (70 * 1024 * 1024)
    try:
        assert ask(front, "/vi/search/", data=seventy).status == 413
    except OSError:
        pass  # nginx may close the connection before it has read all of what it refuses
    assert Application.seen[-1][1] == "/vi/"
    assert ask(front, "/admin/scans/add/", data=seventy).status == 200
    assert Application.seen[-1][3] == len(seventy)


def test_guessing_passwords_is_slowed(front):
    answers = [ask(front, "/admin/login/", data=b"password=x").status for _ in range(30)]
    assert answers[:10] == [200] * 10 and 429 in answers
