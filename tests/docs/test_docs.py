"""What the documents say is so: addresses, commands, variables, links, names of the code.

Each check is first shown a planted sample that it must find.
"""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, URLPattern, get_resolver, resolve
from django.utils.module_loading import import_module

from archive.dates import parse
from archive.dublin_core import ELEMENTS
from archive.dublin_core import TYPES as DCMI
from archive.edition import validator
from archive.structured import TYPES as SCHEMA_ORG
from archive.vocabulary import KINDS
from config.management.later import LaterCommand
from tests.walls import rules
from tests.walls.rules import ROOMS, ROOT

from . import documents as docs

OPERATORS, ADDRESSES = "docs/guides/operators.md", "docs/addresses.md"
SAMPLES = {
    "lang": "vi", "identifier": "vn-map-1838", "key": "quan-dao-hoang-sa", "path": "trien-lam", "slug": "map",
    "image-id": "0123456789abcdef", "region": "full", "size": "max", "rotation": "0", "quality": "default",
    "format": "jpg", "kind": "items", "number": "1", "subject": "record:12",
}  # fmt: skip
NAMESPACES = {
    "site", "media", "media_admin", "media_scans", "archive", "archive_pages", "archive_import", "archive_review",
    "archive_merge", "archive_mentions",
    "search", "search_pages", "exhibits",
}  # fmt: skip


# --- variables ----------------------------------------------------------------------------------------


def variables() -> set[str]:
    """All that settings, .env.example, compose and the container's script read."""
    found = set()
    for path in (ROOT / "config" / "settings").glob("*.py"):
        found |= docs.variables_of_settings(path.read_text())
    for name in (".env.example", "docker-compose.yml", "deploy/entrypoint.sh"):
        found |= docs.variables_of_shell((ROOT / name).read_text())
    return found


def documented_variables(text: str) -> set[str]:
    names = {name for row in docs.rows(text) for name in docs.CODE.findall(row[0])}
    return {name for name in names if re.fullmatch("[A-Z][A-Z0-9_]+", name)}


def test_planted_variables_are_seen():
    source = 'env("A1", default="")\nenv.list("B1")\nos.environ.get("C1")\nd = os.environ["D1"]\nf("E1")'
    assert docs.variables_of_settings(source) == {"A1", "B1", "C1", "D1"}
    assert docs.variables_of_shell("F1=\nx: ${G1:?Set it}\ny ${H1:-2} $i") == {"F1", "G1", "H1"}
    assert documented_variables("| V | x |\n| --- | --- |\n| `A1`, `B1` | y |\n\nOf `C1`") == {"A1", "B1"}


def test_every_variable_is_documented():
    assert variables() - documented_variables(docs.document(OPERATORS)) == set()


def test_every_documented_variable_is_read():
    names = ["tests/conftest.py", "tests/run.py", "tests/support/browser.py", "config/launch/start.sh", "manage.py"]
    names += [str(path.relative_to(ROOT)) for path in (ROOT / "config" / "launch").glob("*.py")]
    read = "\n".join((ROOT / name).read_text() for name in names)
    unknown = documented_variables(docs.document(OPERATORS)) - variables()
    assert {name for name in unknown if not re.search(rf"\b{name}\b", read)} == set()


# --- commands -----------------------------------------------------------------------------------------


def own_commands() -> set[str]:
    return {name for name, app in get_commands().items() if app in ROOMS}


def is_later(name: str) -> bool:
    return isinstance(load_command_class(get_commands()[name], name), LaterCommand)


def documented_commands(text: str) -> tuple[set[str], set[str]]:
    """(commands in the table, commands that come later)"""
    section = text.partition("## Commands")[2]
    table = {row[0].strip("`") for row in docs.rows(section) if re.fullmatch(r"`[a-z_]+`", row[0])}
    later = re.search(r"come later\.[^:]*: (.+)\.$", section, re.M)
    return table, set(docs.CODE.findall(later[1])) if later else set()


def wrong_commands(text: str) -> list[str]:
    """Lines of code blocks whose command or option isn't there."""
    wrong = []
    for name, *words in docs.commands(text):
        if name not in get_commands():
            wrong.append(name)
            continue
        app = get_commands()[name]
        parser = (load_command_class(app, name) if isinstance(app, str) else app).create_parser("manage.py", name)
        given = {word.partition("=")[0] for word in words if word.startswith("--")}
        wrong += [f"{name} {option}" for option in sorted(given - set(parser._option_string_actions))]
    return wrong


def test_planted_commands_are_seen():
    text = "```sh\npython manage.py reconcil\n./manage.py worker --queue index --twice\nmanage.py migrate\n```\n"
    assert wrong_commands(text) == ["reconcil", "worker --twice"]
    assert wrong_commands("Run `docker compose run --rm web no_such` now.") == ["no_such"]
    text = "## Commands\n\n| C | x |\n| --- | --- |\n| `a_b` | y |\n\nThese come later. Now: `c`, `d`."
    assert documented_commands(text) == ({"a_b"}, {"c", "d"})


def test_every_command_is_documented_and_every_documented_one_is_there():
    table, later = documented_commands(docs.document(ADDRESSES))
    to_come = {name for name in own_commands() if is_later(name)}
    assert table == own_commands() - to_come
    assert later == to_come


@pytest.mark.parametrize("path", docs.documents(), ids=str)
def test_commands_in_code_blocks_are_there(path):
    assert wrong_commands(docs.documents()[path]) == []


def test_make_targets_are_there():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    named = {name for text in docs.documents().values() for name in re.findall(r"\bmake ([a-z]+)`", text)}
    assert {"demo", "test"} <= named <= targets, named - targets


# --- addresses ----------------------------------------------------------------------------------------


def address_rows(text: str) -> list[tuple[str, str]]:
    found = [(row[0].strip("`"), row[1].strip("`")) for row in docs.rows(text) if row[0].startswith("`/")]
    return [(address, name) for address, name in found if re.fullmatch(r"\w+(:\w+)?", name)]


def wrong_addresses(found: list[tuple[str, str]]) -> list[str]:
    """Addresses that don't lead to the name beside them."""
    wrong = []
    for address, name in found:
        path = re.sub(r"\{([a-z-]+)\}", lambda gap: SAMPLES.get(gap[1], gap[0]), address)
        try:
            if resolve(path).view_name != name:
                wrong.append(f"{address}: {resolve(path).view_name}")
        except Resolver404:
            wrong.append(address)
    return wrong


def named_addresses(resolver=None, spaces=()) -> set[str]:
    """Names of all our URL patterns."""
    names = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            if spaces and spaces[-1] in NAMESPACES:
                names.add(":".join((*spaces, pattern.name or "?")))
        else:
            names |= named_addresses(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
    return names


def test_planted_addresses_are_seen():
    rows = [
        "| A | N |",
        "| --- | --- |",
        "| `/healthz` | `site:readyz` |",
        "| `/none/x` | `site:robots` |",
        "| `/oai` | `archive:oai` |",
    ]
    text = "\n".join(rows)
    assert wrong_addresses(address_rows(text)) == ["/healthz: site:healthz", "/none/x"]


def test_every_documented_address_resolves():
    assert wrong_addresses(address_rows(docs.document(ADDRESSES))) == []


def test_every_named_address_is_documented():
    names = named_addresses()
    assert {name.partition(":")[0] for name in names} == NAMESPACES
    assert names - {name for _, name in address_rows(docs.document(ADDRESSES))} == set()


# --- links, names of the code, what no document holds ---------------------------------------------------


def test_planted_links_are_seen():
    text = "# A heading\n[a](README.md) [b](nowhere.md) [c](#a-heading) [d](#none) ![e](x.png) [f](https://x.org)"
    assert docs.broken_links(Path("X.md"), text) == ["nowhere.md", "#none", "x.png"]


@pytest.mark.parametrize("path", docs.documents(), ids=str)
def test_links_lead_somewhere(path):
    assert docs.broken_links(path, docs.documents()[path]) == []


def unknown_names(text: str) -> list[str]:
    """Paths and dotted names of our code that aren't there."""
    paths, dotted = docs.code_names(text)
    missing = [path for path in paths if not (ROOT / path).exists()]
    return sorted(missing + [name for name in dotted if not _found(name)])


def _found(dotted: str) -> bool:
    """Whether a module has this name, or what comes after a module's name. Settings modules aren't imported."""
    parts = dotted.split(".")
    for size in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:size])
        if place.with_suffix(".py").is_file() or (place / "__init__.py").is_file():
            thing = import_module(".".join(parts[:size])) if size < len(parts) else None
            for name in parts[size:]:
                thing = getattr(thing, name, None)
            return size == len(parts) or thing is not None
    return False


def test_planted_names_are_seen():
    text = "`archive/clearance.py` `archive/none.py` `archive.clearance.clear` `archive.clearance.none` `media.nothing`"
    assert unknown_names(text) == ["archive.clearance.none", "archive/none.py", "media.nothing"]


@pytest.mark.parametrize("path", docs.documents(), ids=str)
def test_names_of_the_code_are_there(path):
    if path.name not in {"CHANGELOG.md"}:  # it tells of former versions too
        assert unknown_names(docs.documents()[path]) == []


@pytest.mark.parametrize("wall", [rules.registry_hosts, rules.machine_paths, rules.shared_files])
def test_no_document_names_a_machine_or_a_registry(wall):
    planted = "see pypi" + ".org, /ro" + "ot/x and sha" + "red/a.json"
    assert wall(Path("x.md"), planted)
    assert [breach for path, text in docs.documents().items() for breach in wall(path, text)] == []


# --- tables that repeat what the code says ---------------------------------------------------------------


def test_dates_are_read_as_documented():
    table = [row for row in docs.rows(docs.document("docs/dates.md")) if len(row) == 5]
    assert len(table) >= 10
    for written, edtf, years, vi, en in table:
        value = parse(written)
        span = f"{value.year_from}–{value.year_to}" if value.year_from != value.year_to else str(value.year_from)
        assert (f"`{value.edtf}`", span, value.display_vi, value.display_en) == (edtf, years, vi, en)


def test_metadata_names_every_field_kind_and_role():
    text = docs.document("docs/metadata.md")
    fields = {row[0].strip("`") for row in docs.rows(text) if len(row) in (3, 5)}
    assert set(validator().schema["properties"]) - {"schema", "number"} <= fields
    kinds = {(row[0].strip("`"), row[1], row[2]) for row in docs.rows(text) if row[0].strip("`") in KINDS}
    assert kinds == {(kind, DCMI.get(kind, "Text"), SCHEMA_ORG[kind]) for kind in KINDS}
    by_role = text.partition("By role:")[2].partition("\n")[0]
    assert all(f"*{role}*" in by_role for role in ELEMENTS)
