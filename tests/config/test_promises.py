"""Every address and command that DESIGN.md section 3 promises answers."""

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class

from config.management.later import LaterCommand
from tests.walls.rules import ROOT

COMMANDS = [
    "import_records", "export_records", "undo_import", "rebuild_index", "reconcile", "check_fixity", "check_audit",
    "build_kiosk_pack", "serve_kiosk", "backup", "restore", "report", "worker", "setup_site", "load_demo",
]  # fmt: skip
# address -> status, start of the content type
ADDRESSES = {
    "/healthz": (200, "text/plain"),
    "/readyz": (503, "application/json"),  # no worker runs in this test
    "/robots.txt": (200, "text/plain"),
    "/sitemap.xml": (200, "application/xml"),
    "/vi/": (200, "text/html"),
    "/en/": (200, "text/html"),
    "/vi/search/": (200, "text/html"),
    "/en/search/?q=hoang+sa&kind=map&page_size=5&unknown=kept": (200, "text/html"),
    "/api/v1/search/?lang=vi": (200, "application/json"),
    "/api/v1/suggest/?lang=vi&q=ho": (200, "application/json"),
    "/api/v1/items/": (200, "application/json"),
    "/api/v1/items/none/": (404, "application/json"),
    "/api/v1/openapi.json": (200, "application/json"),
    "/vi/items/none/": (404, "text/html"),
    "/vi/places/": (200, "text/html"),
    "/en/places/none/": (404, "text/html"),
    "/id/none": (404, "text/html"),
    "/iiif/image/aaaaaaaaaaaa/info.json": (404, "application/json"),
    "/iiif/presentation/none/manifest.json": (404, "application/json"),
    "/iiif/presentation/none/annotations/1.json": (404, "application/json"),
    "/iiif/collection/all.json": (200, "application/"),
    "/iiif/search/none?q=x": (404, "application/json"),
    "/oai?verb=Identify": (200, "text/xml"),
    "/oai?verb=ListRecords&metadataPrefix=oai_dc": (200, "text/xml"),
    "/kiosk/none/": (404, "text/html"),
    "/admin/login/": (200, "text/html"),
}


@pytest.fixture
def site(db, administrator, cataloguer, reviewer):
    """Home pages in both languages, cleared; an index, still empty."""
    from exhibits import demo
    from exhibits.site_setup import ensure_site
    from search import indexer

    indexer.rebuild("embedded")
    for lang, home in ensure_site().items():
        home.body = "[]"
        home.intro = "x"
        home.save_revision(user=cataloguer, log_action=True)
        demo.clear(home, cataloguer, reviewer)
        assert lang in {"vi", "en"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_address_answers(client, site, address):
    status, kind = ADDRESSES[address]
    response = client.get(address)
    assert response.status_code == status
    assert response["Content-Type"].startswith(kind)


@pytest.mark.parametrize(
    ("accept", "leads_to"),
    [("", "/vi/"), ("vi", "/vi/"), ("en-GB,en;q=0.9", "/en/"), ("fr,en;q=0.5", "/en/"), ("fr", "/vi/")],
)
def test_the_root_leads_to_the_readers_language(client, site, accept, leads_to):
    response = client.get("/", headers={"accept-language": accept})
    assert (response.status_code, response.url) == (302, leads_to)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_is_there(name):
    assert name in get_commands()


def test_no_command_to_come_hides_one_that_came():
    later = {name for name, app in get_commands().items() if app == "config" and _is_later(app, name)}
    hidden = [
        f"{config.label}.{name}"
        for config in apps.get_app_configs()
        for name in later
        if config.label != "config" and (ROOT / config.label / "management" / "commands" / f"{name}.py").exists()
    ]
    assert hidden == []


def _is_later(app: str, name: str) -> bool:
    return isinstance(load_command_class(app, name), LaterCommand)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_itself_or_says_that_it_comes_later(name, capsys):
    command = load_command_class(get_commands()[name], name)
    if not isinstance(command, LaterCommand):
        assert command.create_parser("manage.py", name).format_help().startswith("usage:")
        return
    with pytest.raises(SystemExit) as end:
        command.run_from_argv(["manage.py", name, "anything", "--given"])
    said = capsys.readouterr().err.strip()
    assert end.value.code == 2
    assert name in said and "comes in a later release" in said and "\n" not in said
