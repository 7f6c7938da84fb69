"""`make demo`: from a fresh clone to a running site, and again in seconds.

Everything is stamped with a digest of what it was made from, so a second run does only what changed.
"""

import os
import signal
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import catalogues, checks, environment, frontend
from .environment import ROOT, Failed, clean_environment, digest, python
from .progress import Steps
from .supervisor import Child, Supervisor

# Not the site's: the demonstration is one box, whatever else the caller's shell is set to.
FOREIGN = ("DATABASE_URL", "SEARCH_ENGINE", "ALLOWED_HOSTS", "SECRET_KEY", "PUBLIC_BASE_URL", "ELASTICSEARCH_URL")
SOURCES = {".py", ".json", ".html", ".po", ".css", ".js", ".svg", ".txt", ".xml", ".toml"}


def say(text: str = "") -> None:
    print(text, flush=True)


def tree_digest() -> str:
    """Of every file of ours that preparing the site reads."""
    rooms = ("archive", "config", "exhibits", "media", "search", "requirements")
    paths = [path for room in rooms for path in (ROOT / room).rglob("*") if path.suffix in SOURCES | {".lock"}]
    paths += [ROOT / "package-lock.json", ROOT / "manage.py"]
    return digest(path for path in paths if path.is_file() and "__pycache__" not in path.parts)


def site_environment(var: Path, port: int) -> dict[str, str]:
    """Environment of every process of the demonstration."""
    env = {key: value for key, value in clean_environment().items() if key not in FOREIGN}
    return env | {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "CATVANG_VAR": str(var), "PORT": str(port)}


def prepare(steps: Steps, var: Path, port: int, log: Path) -> None:
    """All that comes before serving."""
    with steps.step("Môi trường Python / Python environment"):
        environment.ensure_venv(log)
    with steps.step("Thư viện / libraries"):
        environment.install("demo", log)
    with steps.step("Gói giao diện / front-end packages"):
        frontend.ensure_packages(log)
    with steps.step("Tệp giao diện / front-end files"):
        frontend.ensure_build(log)
    with steps.step("Bản dịch / translations"):
        if catalogues.stale():
            what = "Không biên dịch được bản dịch / Can't compile the translations"
            environment.run([python(), "-m", "config.launch.catalogues"], log, what)
    collection(steps, var, port)


def collection(steps: Steps, var: Path, port: int) -> None:
    """Database, people, the demonstration collection and static files, unless nothing changed since."""
    file = var / "prepared.sha256"
    wanted = f"{tree_digest()} {port}"
    with steps.step("Cơ sở dữ liệu và bộ sưu tập / database and collection"):
        if file.exists() and file.read_text() == wanted and (var / "catvang.sqlite3").exists():
            return
        log = var / "log" / "collection.log"
        command = [python(), "-u", "manage.py", "demo_collection"]
        if steps.stream(command, ROOT, site_environment(var, port), log):
            raise Failed(f"Không nạp được bộ sưu tập / Can't load the collection: {environment.last_line(log)} ({log})")
        file.write_text(wanted)


def children(var: Path, port: int) -> list[Child]:
    env, logs = site_environment(var, port), var / "log"
    server = [python(), "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    server += ["--workers", "2", "--blocking-threads", "4", "--backlog", "256", "--no-ws", "config.wsgi:application"]
    worker = [python(), "manage.py", "worker", "--queue"]
    return [
        Child("Máy chủ / server", server, env, logs / "server.log"),
        Child("Tiến trình chỉ mục / index worker", [*worker, "index"], env, logs / "worker-index.log"),
        Child("Tiến trình nặng / heavy worker", [*worker, "heavy"], env, logs / "worker-heavy.log"),
    ]


def answers(port: int) -> bool:
    """True when the site answers."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz")
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=2) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def wait_until_answering(port: int, supervisor: Supervisor, limit: float = 60) -> None:
    end = time.monotonic() + limit
    # Both: another program may have taken the port meanwhile, and answer in our server's place.
    while not (answers(port) and supervisor.children[0].running()):
        sentence = supervisor.watch_once()
        if sentence or time.monotonic() > end:
            log = supervisor.children[0].log
            raise Failed(sentence or f"Máy chủ không trả lời / The server doesn't answer: {environment.last_line(log)}")
        time.sleep(0.1)


def announce(var: Path, port: int, seconds: float) -> None:
    """The addresses, and who may enter."""
    home = f"http://127.0.0.1:{port}"
    say(f"\nCát Vàng · {seconds:.1f} s")
    rows = [("Trang tiếng Việt / Vietnamese", f"{home}/vi/"), ("Trang tiếng Anh / English", f"{home}/en/")]
    kiosks = var / "demo-kiosks.txt"
    if kiosks.exists():
        rows += [("Màn hình kiosk / kiosk", home + path) for path in kiosks.read_text().split()]
    rows.append(("Quản trị / admin", f"{home}/admin/"))
    for name, address in rows:
        say(f"  {name:<32} {address}")
    logins = var / "demo-logins.txt"
    if logins.exists():
        say(f"  Đăng nhập / logins ({logins}):")
        for line in logins.read_text().splitlines():
            say(f"    {line}")
    say("  Ctrl-C để dừng / to stop\n")


def serve(steps: Steps, var: Path, port: int) -> None:
    """Run until a signal or a failure; nothing is left running."""
    supervisor = Supervisor(children(var, port), say)

    try:
        with steps.step("Khởi động / start"):
            checks.port(str(port))  # again: preparing took its time
            supervisor.start()
            wait_until_answering(port, supervisor)
        announce(var, port, time.monotonic() - steps.began)
        while True:
            sentence = supervisor.watch_once()
            if sentence:
                raise Failed(sentence)
            time.sleep(0.5)
    except KeyboardInterrupt:
        say("\nĐang dừng … / stopping …")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C doesn't leave children behind
        supervisor.stop()
    say("Đã dừng. / Stopped.")


def _asked_to_end(number, frame):
    raise KeyboardInterrupt


def main() -> int:
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    var = Path(os.environ.get("CATVANG_VAR") or ROOT / "var").resolve()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _asked_to_end)
    try:
        port = checks.port(os.environ.get("PORT") or "8000")
        checks.disk(var, checks.WARM if environment.installed("demo") else checks.COLD)
        lock = checks.alone(var)
        log = var / "log" / "install.log"
        log.unlink(missing_ok=True)
        steps = Steps(7)
        prepare(steps, var, port, log)
        serve(steps, var, port)
        lock.close()
    except Failed as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("\nĐã dừng. / Stopped.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
