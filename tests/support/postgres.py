"""A real PostgreSQL, started for one run on a free port in a temporary folder."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


class Missing(RuntimeError):
    """PostgreSQL's server isn't installed."""


def binaries() -> Path:
    """The folder of initdb and pg_ctl, the newest version first. Raises Missing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise Missing("PostgreSQL is missing: apt-get install postgresql")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postgres:
    """`start()` returns the URL of an empty cluster; `stop()` ends it and removes its folder.

    The server refuses root, so root starts it as the user `postgres`. Durability is off: it lives for one run.
    """

    def __init__(self):
        self.folder: Path | None = None
        self.port = 0

    def _run(self, *command: str) -> None:
        options = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            options = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        # pg_ctl's server inherits the descriptors: a pipe would never close, a file does no harm.
        with open(self.folder.parent / "log", "ab") as log:
            done = subprocess.run(
                command, cwd="/", stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}, **options,
            )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{(self.folder.parent / 'log').read_text()[-2000:]}")

    def start(self) -> str:
        programs = binaries()
        parent = Path(tempfile.mkdtemp(prefix="catvang-pg-"))
        self.folder, self.port = parent / "data", free_port()
        if os.geteuid() == 0:
            shutil.chown(parent, "postgres", "postgres")
        try:
            self._run(
                str(programs / "initdb"), "-D", str(self.folder), "-U", "catvang", "--auth=trust", "-E", "UTF8",
                "--locale=C.UTF-8", "--no-sync",
            )  # fmt: skip
            options = (
                f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={parent} "
                "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
            )
            self._run(str(programs / "pg_ctl"), "-D", str(self.folder), "-w", "-t", "60", "-o", options, "start")
        except BaseException:
            shutil.rmtree(parent, ignore_errors=True)
            raise
        return f"postgres://catvang@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        if self.folder is None:
            return
        try:
            self._run(str(binaries() / "pg_ctl"), "-D", str(self.folder), "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.folder.parent, ignore_errors=True)
            self.folder = None
