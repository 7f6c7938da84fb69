"""The frame around the search page: kept for all searches, and nothing typed gets into its seams."""

from urllib.parse import quote

import pytest
from django.template import loader
from django.utils.html import escape

from search import shell

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    ["hoàng sa", '"><b>&', "</main>", shell.TITLE, shell.MAIN, shell.QUERY, f"?{shell.QUERY}", f"a{shell.MAIN}b"],
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
    assert 'href="/vi/search/"' in html and "<title>Search" in html and shell.QUERY not in html
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
