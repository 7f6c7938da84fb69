"""`make test`, `make lint`, `make bench`, `make lock`: installs what they need, then runs them.

Starts before a virtual environment exists: the standard library only.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from config.launch import environment, frontend
from config.launch.environment import ROOT, Failed, clean_environment, python

LOG = ROOT / "var" / "log" / "tests-install.log"
# Debian's package -> how to see that it is there.
PACKAGES = {
    "postgresql": lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"),
    "chromium": lambda: shutil.which("chromium") or shutil.which("chromium-browser") or os.environ.get("CHROMIUM"),
    "default-jdk-headless": lambda: shutil.which("javac"),
    "maven": lambda: shutil.which("mvn"),
    "nginx-light": lambda: shutil.which("nginx") or Path("/usr/sbin/nginx").exists(),
    "openssl": lambda: shutil.which("openssl"),
    "libpango-1.0-0": lambda: _library("pango-1.0"),
    "libpangoft2-1.0-0": lambda: _library("pangoft2-1.0"),
    "libmagic1": lambda: _library("magic"),  # the IIIF image validator's
    "tesseract-ocr": lambda: shutil.which("tesseract"),
    "tesseract-ocr-vie": lambda: _reads("vie"),
    "tesseract-ocr-eng": lambda: _reads("eng"),
    "tesseract-ocr-fra": lambda: _reads("fra"),
    "tesseract-ocr-chi-tra": lambda: _reads("chi_tra"),
    "fonts-noto-core": lambda: Path("/usr/share/fonts/truetype/noto").is_dir(),
}
UNDER_CI = os.environ.get("CI") == "true"


def say(text: str) -> None:
    print(text, flush=True)


def _library(name: str) -> bool:
    import ctypes.util

    return ctypes.util.find_library(name) is not None


def _reads(language: str) -> bool:
    """Whether tesseract has the data of a language, by its own code."""
    return any(Path("/usr/share/tesseract-ocr").glob(f"*/tessdata/{language}.traineddata"))


def missing_packages() -> list[str]:
    return [name for name, present in PACKAGES.items() if not present()]


def ensure_packages() -> None:
    """Install what is missing with apt as root on Debian or Ubuntu; else name it in one line and fail."""
    missing = missing_packages()
    if not missing:
        return
    line = f"apt-get install {' '.join(missing)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Failed(f"Thiếu gói hệ thống / system packages are missing: {line}")
    say(f"· {line}")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    commands = [["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]]
    for command in commands:
        environment.run(command, LOG, "apt-get", env)
    still = missing_packages()
    if still:
        raise Failed(f"apt-get đã chạy mà vẫn thiếu / apt-get ran and these are still missing: {' '.join(still)}")


def ensure_python() -> None:
    environment.ensure_venv(LOG)
    environment.install("test", LOG)
    # The lock of the tests holds all of the demonstration's.
    environment.stamp("demo").write_text(environment.digest([environment.LOCKS / "demo.lock"]))


def ensure_validators() -> None:
    from tests.support import iiif, mirador

    iiif.ensure(LOG)
    mirador.ensure(LOG)


def ensure_frontend() -> None:
    frontend.ensure_packages(LOG)
    frontend.ensure_build(LOG)
    environment.run([python(), "-m", "config.launch.catalogues"], LOG, "catalogues")


def call(command: list[str], env: dict[str, str] | None = None) -> int:
    """Run `command` in ROOT with this terminal; returns its exit code."""
    return subprocess.run(command, cwd=ROOT, env=env or clean_environment()).returncode


# --- make test ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def services():
    """PostgreSQL and an Elasticsearch node for the whole run; out: the environment that names them."""
    from tests.node import node
    from tests.support.postgres import Postgres

    env = {}
    with contextlib.ExitStack() as stack:
        if not os.environ.get("POSTGRES_URL"):
            server = Postgres()
            env["POSTGRES_URL"] = server.start()
            stack.callback(server.stop)
        if not os.environ.get("ELASTICSEARCH_URL"):
            running = node.start()
            env["ELASTICSEARCH_URL"] = running.url
            stack.callback(running.stop)
        yield env


def pytest(name: str, env: dict[str, str], arguments: list[str]) -> int:
    """Run the suite on one database; on the second, what may hang on it (tests/conftest.py)."""
    say(f"\n=== {name} ===")
    start = time.monotonic()
    command = [python(), "-m", "pytest", "-p", "no:cacheprovider", "-q", "--dist", "worksteal"]
    command += ["-n", os.environ.get("TEST_PROCESSES", "2"), *arguments]
    code = call(command, env)
    verdict = "tốt / passed" if code == 0 else f"hỏng / failed ({code})"
    say(f"=== {name}: {verdict}, {time.monotonic() - start:.0f} s ===")
    return code


def test(arguments: list[str]) -> int:
    ensure_packages()
    ensure_python()
    ensure_frontend()
    ensure_validators()
    with services() as found:
        base = clean_environment() | found
        base.pop("DATABASE_URL", None)
        codes = [pytest("SQLite", base, arguments)]
        url = found.get("POSTGRES_URL") or os.environ["POSTGRES_URL"]
        second = {"DATABASE_URL": url, "TESTS_SECOND_DATABASE": "1"}
        codes.append(pytest("PostgreSQL", base | second, arguments))
    return max(codes)


# --- make lint ---------------------------------------------------------------------------------------


def lint_commands() -> dict[str, list[str]]:
    """Name -> command. Templates of ours only: *.html below the rooms."""
    bin_ = environment.VENV / "bin"
    templates = [str(path) for path in sorted([*ROOT.glob("*/templates/**/*.html"), *ROOT.glob("*/jinja2/**/*.html")])]
    manage = [python(), "manage.py"]
    return {
        "ruff": [str(bin_ / "ruff"), "check", "--no-cache", "--output-format", "concise", "."],
        "ruff format": [str(bin_ / "ruff"), "format", "--no-cache", "--check", "--output-format", "concise", "."],
        "import-linter": [str(bin_ / "lint-imports"), "--no-cache"],
        "djhtml": [str(bin_ / "djhtml"), "--check", "--tabwidth", "2", *templates],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run", "--settings", "config.settings.test"],
        "compose": [
            str(bin_ / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(ROOT / "docker-compose.yml"),
        ],
        "deployment": [*manage, "check", "--deploy", "--fail-level", "WARNING", "--settings", "config.settings.site"],
        "walls": [python(), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "tests/walls"],
    }  # fmt: skip


def site_example(folder: Path) -> dict[str, str]:
    """Settings of a site such as an operator would give; the secrets are made up for this run."""
    import secrets

    return clean_environment() | {
        "CATVANG_VAR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(48),
        "PUBLIC_BASE_URL": "https://hoangsa.example.vn",
        "ALLOWED_HOSTS": "hoangsa.example.vn",
        "SEARCH_ENGINE": "elasticsearch",
        "ELASTICSEARCH_URL": "https://127.0.0.1:9200",
        "ELASTICSEARCH_PASSWORD": secrets.token_urlsafe(24),
    }


def lint(arguments: list[str]) -> int:
    import tempfile

    ensure_python()
    ensure_frontend()
    broken = []
    with tempfile.TemporaryDirectory(prefix="catvang-lint-") as folder:
        env = site_example(Path(folder))
        for name, command in lint_commands().items():
            done = subprocess.run(
                command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
            if done.returncode:
                broken.append(name)
                say(f"✗ {name}\n{done.stdout}")
            else:
                lines = [line for line in done.stdout.splitlines() if line.strip()]
                say(f"✓ {name}" + (f"  {lines[-1]}" if name == "walls" and lines else ""))
    if broken:
        say(f"hỏng / broken: {', '.join(broken)}")
    return 1 if broken else 0


# --- make bench, make lock -------------------------------------------------------------------------------


def bench(arguments: list[str]) -> int:
    ensure_python()
    ensure_frontend()
    files = sorted(path.stem for path in (ROOT / "bench").glob("*.py") if path.stem != "__init__")
    if not files:
        raise Failed("Chưa có phép đo nào trong bench/. / There is no benchmark in bench/ yet.")
    codes = [call([python(), "-m", f"bench.{name}", *arguments]) for name in files]
    return max(codes)


def lock(arguments: list[str]) -> int:
    """Resolve requirements/*.in anew: universal, with hashes, without index addresses."""
    environment.ensure_venv(LOG)
    pip = [python(), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements/uv.lock"]
    environment.run(pip, LOG, "uv")
    for name in ("uv", "node", "demo", "test", "iiif"):
        command = [python(), "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        command += [
            "--generate-hashes",
            "--no-emit-index-url",
            "--no-annotate",
            "--custom-compile-command",
            "make lock",
        ]
        command += ["-c", "requirements/demo.lock"] if name == "test" else []
        command += [*arguments, f"requirements/{name}.in", "-o", f"requirements/{name}.lock"]
        environment.run(command, LOG, name)
    return 0


def main() -> int:
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    commands = {"test": test, "lint": lint, "bench": bench, "lock": lock}
    LOG.parent.mkdir(parents=True, exist_ok=True)
    try:
        return commands[sys.argv[1]](sys.argv[2:])
    except Failed as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
