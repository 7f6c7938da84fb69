"""The frame around search and item pages: kept for all of them, and nothing typed gets into its seams."""

from urllib.parse import quote

import pytest
from django.template import loader
from django.utils.html import escape

from archive import shell

from .factories import both, edition

pytestmark = pytest.mark.django_db

HOLES = [chr(shell.FIRST + place) for place in range(4)]


@pytest.mark.parametrize(
    "typed",
    ["hoàng sa", '"><b>&', "</main>", *HOLES, f"?{HOLES[0]}", f"a{HOLES[-1]}b"],
)
def test_what_is_typed_stays_text(client, stand, typed):
    stand()
    html = client.get(f"/vi/search/?q={quote(typed)}&view=grid").content.decode()
    assert f"<title>{escape(typed)} – Tra cứu" in html
    assert html.count("<main") == html.count("</main>") == html.count("</html>") == 1 and "<b>" not in html
    assert f'href="/en/search/?q={quote(typed)}&amp;view=grid"' in html


def test_without_a_query_nothing_hangs_on_the_addresses(client, stand):
    stand()
    html = client.get("/en/search/").content.decode()
    assert 'href="/vi/search/"' in html and "<title>Search" in html and not any(hole in html for hole in HOLES)
    assert 'name="robots"' not in html and 'name="robots"' in client.get("/en/search/?q=a").content.decode()


def test_the_frame_is_written_once(client, stand, monkeypatch):
    stand()
    client.get("/vi/search/?q=a")
    written = []

    def write(*args, **kwargs):
        written.append(args)
        return loader.render_to_string(*args, **kwargs)

    monkeypatch.setattr(shell, "render_to_string", write)
    client.get("/vi/search/?q=b")
    client.get("/vi/search/?q=c&kind=map")
    assert not written
    client.get("/en/search/?q=b")
    assert len(written) == 1


def test_item_pages_share_a_frame(client, stand, monkeypatch):
    stand(edition("vi"), edition("ban-do-1", title=both(f"Tờ {HOLES[3]} <i>", "Sheet")))
    client.get("/vi/items/ban-do-1/")
    written = []
    monkeypatch.setattr(shell, "render_to_string", lambda *asked, **more: written.append(asked))
    html = client.get("/vi/items/vi/?x=1").content.decode()
    assert 'href="/en/items/vi/?x=1"' in html and "ban-do-1" not in html.partition("<main")[0]
    head = client.get("/vi/items/ban-do-1/").content.decode().partition("<main")[0]
    assert f"<title>Tờ {HOLES[3]} &lt;i&gt; –" in head and "<i>" not in head
    assert not written
