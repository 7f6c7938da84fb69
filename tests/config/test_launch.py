"""The launcher of `make demo`: what it refuses, how it keeps its children, what it leaves behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

import pytest

from config.launch import catalogues, checks, environment
from config.launch.environment import Failed
from config.launch.supervisor import FALLS, Child, Supervisor
from tests import run
from tests.walls.rules import ROOT


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def gone(pid: int) -> bool:
    """True when no such process runs (one that nobody has collected yet doesn't run either)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


# --- refusals: one sentence, in both languages, first -----------------------------------------------------


def sentence(error) -> str:
    text = str(error.value)
    assert "\n" not in text and " / " in text
    return text


def test_a_busy_port_is_named_with_another_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(Failed) as error:
            checks.port(str(number))
    assert f"Cổng {number} đang bận" in sentence(error) and "make demo PORT=8123" in str(error.value)
    assert checks.port(str(number)) == number


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "80 80", "８０００x"])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(Failed) as error:
        checks.port(text)
    assert "1–65535" in sentence(error)


def test_a_full_disk_is_told_in_gigabytes(tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda folder: usage(10, 10, 1_500_000_000))
    with pytest.raises(Failed) as error:
        checks.disk(tmp_path, checks.COLD)
    assert "còn 1,5 GB, cần 2,0 GB" in sentence(error) and "1.5 GB of disk are free" in str(error.value)
    checks.disk(tmp_path, checks.WARM)


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Failed) as error:
        checks.disk(tmp_path / "file" / "var", 1)
    assert str(tmp_path / "file" / "var") in sentence(error)


def test_one_data_folder_serves_one_launcher(tmp_path):
    held = checks.alone(tmp_path)
    with pytest.raises(Failed) as error:
        checks.alone(tmp_path)
    assert "đang chạy" in sentence(error)
    held.close()
    checks.alone(tmp_path).close()


@pytest.fixture
def bare_path(tmp_path):
    """A PATH with the few tools that start.sh itself uses, and no Python."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "dirname", "echo"):
        (tools / name).symlink_to(shutil.which(name))
    return tools


def start(path: Path) -> subprocess.CompletedProcess:
    command = [str(path / "sh"), str(ROOT / "config" / "launch" / "start.sh"), "config.launch.demo"]
    return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True)


def fake_python(folder: Path, body: str) -> None:
    file = folder / "python3"
    file.write_text(f"#!{folder}/sh\n{body}\n")
    file.chmod(0o755)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (None, "Python 3.11, 3.12 or 3.13 is needed"),
        ("exit 1", "Python 3.11, 3.12 or 3.13 is needed"),  # too old or too new: the version test fails
        ('case "$2" in *ensurepip*) exit 1;; esac', "install the package python3-venv"),
    ],
)
def test_without_a_python_that_fits_one_sentence_says_so(bare_path, body, said):
    if body is not None:
        fake_python(bare_path, body)
    done = start(bare_path)
    assert done.returncode == 1
    assert said in done.stderr and done.stderr.count("\n") == 1 and done.stdout == ""


def test_missing_system_packages_are_named_in_one_line(monkeypatch):
    monkeypatch.setattr(run, "PACKAGES", {"postgresql": lambda: False, "nginx": lambda: True, "maven": lambda: ""})
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    with pytest.raises(Failed) as error:
        run.ensure_packages()
    assert sentence(error).endswith("apt-get install postgresql maven")


# --- children ------------------------------------------------------------------------------------------------

GRANDCHILD = """
import os, signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"],
    stdout=subprocess.PIPE)
child.stdout.readline()
with open(sys.argv[1], "w") as file:
    file.write(f"{os.getpid()} {child.pid}")
os.rename(sys.argv[1], sys.argv[1] + ".done")
time.sleep(600)
"""


def test_stopping_leaves_no_process_even_one_that_will_not_hear(tmp_path, monkeypatch):
    monkeypatch.setattr("config.launch.supervisor.PATIENCE", 1)
    child = Child("x", [sys.executable, "-c", GRANDCHILD, str(tmp_path / "pids")], dict(os.environ), tmp_path / "log")
    supervisor = Supervisor([child], print)
    supervisor.start()
    wait_for((tmp_path / "pids.done").exists)
    pids = [int(pid) for pid in (tmp_path / "pids.done").read_text().split()]
    supervisor.stop()
    wait_for(lambda: all(gone(pid) for pid in pids))


def test_a_child_that_falls_is_started_again_and_one_that_keeps_falling_ends_the_whole(tmp_path):
    command = [sys.executable, "-c", "import sys; sys.exit('no disk')"]
    child, said = Child("Máy chủ", command, dict(os.environ), tmp_path / "log"), []
    supervisor = Supervisor([child], said.append)
    supervisor.start()
    verdict = None
    while verdict is None:
        child.process.wait(20)
        verdict = supervisor.watch_once()
    assert len(said) == FALLS - 1 and "no disk" in said[0]
    assert "keeps stopping" in verdict and "no disk" in verdict and "\n" not in verdict
    supervisor.stop()


LAUNCHER = """
import os, sys, time
from pathlib import Path
from config.launch.supervisor import Child, Supervisor
child = Child("x", [sys.executable, "-c", "import time; time.sleep(600)"], dict(os.environ), Path(sys.argv[1]) / "log")
Supervisor([child], print).start()
print(child.process.pid, flush=True)
time.sleep(600)
"""


def test_children_of_a_launcher_that_was_killed_do_not_live_on(tmp_path):
    command = [sys.executable, "-c", LAUNCHER, str(tmp_path)]
    launcher = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    pid = int(launcher.stdout.readline())
    assert not gone(pid)
    launcher.send_signal(signal.SIGKILL)
    launcher.wait(20)
    wait_for(lambda: gone(pid))


# --- stamps, catalogues, people ------------------------------------------------------------------------------


def test_the_stamp_follows_names_and_contents(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("1")
    second.write_text("2")
    before = environment.digest([first, second])
    assert before == environment.digest([second, first])
    second.write_text("3")
    assert environment.digest([first, second]) != before


def test_only_changed_catalogues_are_compiled(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    source = tmp_path / "config" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Bản đồ"\nmsgstr "Map"\n')
    assert catalogues.compile_all() == 1 and catalogues.compile_all() == 0
    import gettext

    with open(source.with_suffix(".mo"), "rb") as file:
        assert gettext.GNUTranslations(file).gettext("Bản đồ") == "Map"


def test_people_of_the_demonstration_keep_their_passwords(db, var_dir):
    from config.management.commands.demo_collection import PEOPLE, ensure_people, logins_file, read_logins

    people = ensure_people()
    logins, file = read_logins(), logins_file()
    assert set(logins) == {name for name, _role, _label in PEOPLE}
    assert file.stat().st_mode & 0o777 == 0o600
    assert all(user.check_password(logins[user.username]) for user in people.values())
    assert len(set(logins.values())) == 4 and all(len(word) >= 16 for word in logins.values())
    assert not any(user.is_superuser for user in people.values())
    people["reviewer"].set_password("cua-rieng-toi-1974")
    people["reviewer"].save()
    ensure_people()
    assert read_logins() == logins
    people["reviewer"].refresh_from_db()
    assert people["reviewer"].check_password("cua-rieng-toi-1974")
