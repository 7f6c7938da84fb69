"""Reading our documents: texts, tables, links, commands. Each function takes text, so that a sample can be planted."""

import ast
import re
from pathlib import Path

from tests.walls.rules import ROOMS, ROOT, tracked

CELL = re.compile(r"(?<!\\)\|")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
READERS = {"env", "list", "db", "path", "bool", "int", "str", "url", "float", "json"}


def documents() -> dict[Path, str]:
    """Every document of the repository by its path below ROOT."""
    paths = [path for path in tracked(".md") if path.parts[0] == "docs" or len(path.parts) == 1]
    return {path: (ROOT / path).read_text(encoding="utf-8") for path in paths}


def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    """Cells of every row of every table, headings and rules left out."""
    found = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if line.startswith("|") and not _is_rule(line) and not _is_rule(below):
            found.append([cell.strip() for cell in CELL.split(line.strip().strip("|"))])
    return found


def _is_rule(line: str) -> bool:
    return line.startswith("|") and not line.strip("|-: \t")


def codes(text: str) -> list[str]:
    """What stands between single backticks, outside code blocks."""
    return CODE.findall(FENCE.sub("", text))


def headings(text: str) -> set[str]:
    """Anchors of the headings, as GitHub makes them."""
    found = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def broken_links(path: Path, text: str) -> list[str]:
    """Relative links that lead nowhere: a missing file, a missing heading."""
    broken = []
    for target in LINK.findall(FENCE.sub("", text)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (ROOT / path.parent / name).resolve()
        if name and not (file.is_relative_to(ROOT) and file.is_file()):
            broken.append(target)
        elif anchor and anchor not in headings(file.read_text(encoding="utf-8") if name else text):
            broken.append(target)
    return broken


# --- what the code reads -----------------------------------------------------------------------------


def variables_of_settings(source: str) -> set[str]:
    """Names of the environment that a settings module reads: env("X"), env.list("X"), os.environ.get("X"), …"""
    found = set()
    for node in ast.walk(ast.parse(source)):
        name = None
        if isinstance(node, ast.Call) and node.args:
            owner = ast.unparse(node.func)
            if owner.split(".")[-1] in READERS and owner.split(".")[0] == "env":
                name = node.args[0]
            elif owner in ("os.environ.get", "os.getenv", "environ.get"):
                name = node.args[0]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
            name = node.slice
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            found.add(name.value)
    return found


def variables_of_shell(source: str) -> set[str]:
    """Variables that an .env example sets and that compose, Dockerfile or a script expands from the environment."""
    names = re.findall(r"^([A-Z][A-Z0-9_]+)=", source, re.M)
    names += re.findall(r"\$\{([A-Z][A-Z0-9_]+)[:}?-]", source)
    return set(names)


# --- manage.py in code blocks -------------------------------------------------------------------------


def commands(text: str) -> list[list[str]]:
    """Words after manage.py, or after `docker compose run --rm web`, in every line of every code block."""
    found = []
    for _, block in FENCE.findall(text):
        found += [found.split() for found in re.findall(r"manage\.py ([^#\n&]+)", block)]
    everything = "\n".join([block for _, block in FENCE.findall(text)] + codes(text))
    found += [words.split() for words in re.findall(r"compose run --rm web ([a-z_][^#\n]*)", everything)]
    return [words for words in found if words[0] != "NAME"]


def code_names(text: str) -> tuple[set[str], set[str]]:
    """(paths below ROOT, dotted names of our rooms) between backticks."""
    rooms = "|".join((*ROOMS, "tests", "deploy", "docs"))
    paths = {code.rstrip("/") for code in codes(text) if re.fullmatch(rf"(?:{rooms})/[\w./-]*", code)}
    dotted = {code for code in codes(text) if re.fullmatch(rf"(?:{'|'.join(ROOMS)})(?:\.\w+)+", code)}
    return paths, {name for name in dotted if not name.endswith((".py", ".md"))}
