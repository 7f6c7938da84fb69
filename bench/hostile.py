"""Whether the site goes on answering while hostile files are uploaded, one after the other, by the plain form.

    python -m bench.hostile [--rounds 3]

The files are those of tests.media.hostile. A stored tile and a small page are asked for, again and again, first in
peace and then while the files come in; that is how much later they are answered that counts. The same number of sound
photographs is uploaded for comparison: whatever is read costs its processor time.
"""

import argparse
import contextlib
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import uuid
from pathlib import Path

from bench.servers import running
from bench.serving import IMAGE, prepare

TILE = f"/iiif/image/{IMAGE}/0,0,512,512/512,512/0/default.jpg"
PAGE = "/healthz"
LOGIN = """
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
user = get_user_model().objects.create_superuser("bench", "b@example.org", "bench")
session = SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[-1]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print("SESSION", settings.SESSION_COOKIE_NAME, session.session_key)
"""


class Asker(threading.Thread):
    """Asks for a path again and again; `took` holds milliseconds."""

    def __init__(self, port: int, path: str):
        super().__init__(daemon=True)
        self.port, self.path, self.took, self.over = port, path, [], threading.Event()

    def run(self):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while not self.over.is_set():
            began = time.perf_counter()
            line.request("GET", self.path)
            answer = line.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{self.path}: {answer.status}")
            self.took.append(1000 * (time.perf_counter() - began))
            time.sleep(0.02)


@contextlib.contextmanager
def asking(port: int):
    """Yields {path: milliseconds}, filled at the end."""
    askers, told = [Asker(port, TILE), Asker(port, PAGE)], {}
    for asker in askers:
        asker.start()
    yield told
    for asker in askers:
        asker.over.set()
        asker.join()
        told[asker.path] = asker.took


def upload(port: int, cookies: str, name: str, data: bytes) -> int:
    """Status of the answer: 422 for a refused file, 200 for one that is taken in."""
    edge, token = uuid.uuid4().hex, "a" * 32
    head = f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n--{edge}\r\n'
    head += f'Content-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: image/png\r\n\r\n'
    headers = {
        "Cookie": f"{cookies}; csrftoken={token}",
        "Content-Type": f"multipart/form-data; boundary={edge}",
        "Referer": f"http://127.0.0.1:{port}/admin/scans/upload/",
    }
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    line.request("POST", "/admin/scans/upload/", head.encode() + data + f"\r\n--{edge}--\r\n".encode(), headers)
    answer = line.getresponse()
    answer.read()
    return answer.status


def measure(port: int, cookies: str, rounds: int) -> dict:
    """{phase: {path: milliseconds}}; raises RuntimeError for a hostile file that is taken in."""
    from tests.media.conftest import encoded, picture
    from tests.media.hostile import FILES

    hostile = [(one.name, one.make()) for one in FILES.values()]
    sound = [(f"{n}.jpg", encoded(picture(1200 + n, 800), "JPEG")) for n in range(len(hostile))]
    found = {}
    with asking(port) as found["in peace"]:
        time.sleep(10)
    for phase, files, wanted in (("sound files", sound, 200), ("hostile files", hostile, 422)):
        with asking(port) as found[phase]:
            for _round in range(rounds):
                for name, data in files:
                    status = upload(port, cookies, name, data)
                    if status != wanted:
                        raise RuntimeError(f"{name}: {status}")
    return found


def report(found: dict, files: int) -> None:
    print(f"{files} hostile files; milliseconds to answer, median and 95th of a hundred")
    for path in (TILE, PAGE):
        print(f"  {path}")
        middle = {}
        for phase, told in found.items():
            took = sorted(told[path])
            middle[phase] = statistics.median(took)
            print(f"    {phase:14} {middle[phase]:8.1f} {took[int(0.95 * len(took))]:8.1f}   {len(took)} requests")
        print(f"    hostile / in peace {middle['hostile files'] / middle['in peace']:.2f}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=1)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="catvang-hostile-") as name:
        folder, port = Path(name), running.free_port()
        (folder / "var").mkdir()
        env = prepare(folder / "var", port, 4000, 3000)
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(collect, env=os.environ | env, check=True)
        os.environ |= env  # the files' sentences are marked by Django's functions
        shell = [sys.executable, "manage.py", "shell", "--no-imports", "-c", LOGIN]
        said = subprocess.run(shell, env=os.environ | env, check=True, capture_output=True, text=True).stdout
        cookie, key = next(line.split()[1:] for line in said.splitlines() if line.startswith("SESSION"))
        with running.granian("config.wsgi:application", port, folder / "site.log", **env) as site:
            running.wait_for(f"{site}{TILE}")
            urllib.request.urlopen(f"{site}{PAGE}").read()
            found = measure(port, f"{cookie}={key}", options.rounds)
        from tests.media.hostile import FILES

        report(found, len(FILES))


if __name__ == "__main__":
    main()
