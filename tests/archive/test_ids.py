"""/id/…: the address on printed panels."""

import pytest

from .samples import bury, document, publish, secrets_of_all_states


@pytest.mark.parametrize(
    "accept, cookie, lang",
    [
        ("vi", "", "vi"),
        ("en-GB,en;q=0.9", "", "en"),
        ("fr-FR", "", "vi"),
        ("", "", "vi"),
        ("zh-CN,en;q=0.5", "", "en"),
        ("en", "vi", "vi"),
        ("*", "", "vi"),
        (";;q=x,,", "", "vi"),
    ],
)
def test_visitors_go_to_their_own_language(client, reviewer, settings, accept, cookie, lang):
    publish(document(), reviewer)
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    response = client.get("/id/vn-map-1838", headers={"Accept-Language": accept})
    assert response.status_code == 302
    assert response["Location"] == f"/{lang}/items/vn-map-1838/"
    assert "Accept-Language" in response["Vary"]
    assert "no-cache" in response["Cache-Control"] and "private" in response["Cache-Control"]


def test_withdrawn_and_unknown(client, db):
    bury("vn-gone")
    response = client.get("/id/vn-gone", headers={"Accept-Language": "en"})
    assert response.status_code == 410
    assert "đã rút" not in response.content.decode(), "a tombstone holds no title"
    assert client.get("/id/vn-none").status_code == 404
    for word in secrets_of_all_states():
        assert client.get(f"/id/vn-{word}").status_code == 404


def test_only_reading(client, reviewer):
    publish(document(), reviewer)
    assert client.post("/id/vn-map-1838").status_code == 405
    assert client.head("/id/vn-map-1838").status_code == 302


@pytest.mark.parametrize("address", ["/id/../admin", "/id/a%2Fb", "/id/%00", "/id/", "/id/vn map"])
def test_odd_addresses_are_unknown(client, db, address):
    assert client.get(address).status_code == 404
