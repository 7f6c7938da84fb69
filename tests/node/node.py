"""A real Elasticsearch 8.19.0 node without a container, for the tests.

Maven fetches the official jars by coordinates, `javac` compiles a main class of ours. The build is kept under
`var/elasticsearch-node` (or CATVANG_NODE_DIR) and reused; each start has a data folder of its own.

By hand: `python -m tests.node.node` prints the address and runs until Ctrl-C; `--build` only builds.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = ["pom.xml", "java/Main.java", "java/log4j2.properties", "java/plugin-descriptor.properties"]
TOOLS = ["java", "javac", "mvn"]


class Unavailable(RuntimeError):
    """The node can't be built or started here; the message says why and what to install."""


class Node:
    """A running node: `.url`, and `stop()`."""

    def __init__(self, process: subprocess.Popen, port: int, state: Path):
        self.process, self.port, self.state = process, port, state
        self.url = f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        """End the node and remove its data."""
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.state, ignore_errors=True)

    def kill(self) -> None:
        """As a power cut would."""
        self.process.kill()
        self.process.wait()


def missing_tools() -> list[str]:
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def build() -> Path:
    """Fetch the jars and compile the main class unless that is done already; returns the build folder.

    Raises Unavailable with the reason.
    """
    root = Path(os.environ.get("CATVANG_NODE_DIR") or HERE.parent.parent / "var" / "elasticsearch-node")
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in SOURCES)).hexdigest()[:12]
    done = root / digest
    if (done / "complete").exists():
        return done
    if missing := missing_tools():
        raise Unavailable(f"{', '.join(missing)} not found: apt-get install default-jdk-headless maven")
    root.mkdir(parents=True, exist_ok=True)
    with open(root / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test processes may want it at once
        if not (done / "complete").exists():
            shutil.rmtree(done, ignore_errors=True)
            _build_into(done)
            (done / "complete").touch()
    return done


def _build_into(folder: Path) -> None:
    server, classes, home = folder / "server", folder / "classes", folder / "home"
    netty = home / "modules" / "transport-netty4"
    for path in (server, classes, netty, home / "config", home / "plugins", home / "lib"):
        path.mkdir(parents=True)
    _run(
        ["mvn", "-q", "-B", "-f", HERE / "pom.xml", "dependency:copy-dependencies"]
        + ["-DincludeScope=runtime", f"-DoutputDirectory={server}"]
    )
    for jar in [*server.glob("netty-*.jar"), *server.glob("transport-netty4-*.jar")]:
        jar.rename(netty / jar.name)
    shutil.copy(HERE / "java/plugin-descriptor.properties", netty)
    shutil.copy(HERE / "java/log4j2.properties", home / "config")
    (home / "config" / "elasticsearch.yml").touch()
    _run(["javac", "-cp", f"{server}/*", "-d", classes, HERE / "java/Main.java"])


def _run(command: list) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        raise Unavailable(f"{command[0]} failed: {(done.stdout + done.stderr).strip()[-800:]}")


def start(port: int = 0, timeout: float = 90) -> Node:
    """Start a node on a free port (or `port`) with an empty data folder. Raises Unavailable."""
    folder = build()
    state = Path(tempfile.mkdtemp(prefix="catvang-es-"))
    log = open(state / "node.log", "w")
    command = ["java", "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    command += ["--module-path", folder / "server", "--add-modules", "ALL-MODULE-PATH", "-cp", folder / "classes"]
    command += ["Main", folder / "home", state, str(port)]
    process = subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        start_new_session=True,  # Ctrl-C of the test run reaches it through standard input only
    )
    alarm = threading.Timer(timeout, process.kill)
    alarm.start()
    try:
        for line in process.stdout:
            if line.startswith("listening on "):
                threading.Thread(target=process.stdout.read, daemon=True).start()
                return Node(process, int(line.split()[-1]), state)
    finally:
        alarm.cancel()
        log.close()
    process.wait()
    reason = (state / "node.log").read_text()[-1500:]
    shutil.rmtree(state, ignore_errors=True)
    raise Unavailable(f"Elasticsearch didn't start within {timeout:.0f} s:\n{reason}")


def main() -> None:
    if "--build" in sys.argv:
        print(build())
        return
    node = start()
    print(node.url, flush=True)
    try:
        node.process.wait()
    except KeyboardInterrupt:
        pass
    finally:
        node.stop()


if __name__ == "__main__":
    main()
