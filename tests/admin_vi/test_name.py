"""The administration bears our name, on pages outside its menu too."""

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"), [("/admin/khong-co/", 404), ("/admin/login/", 200), ("/admin/password_reset/", 200)]
)
def test_titles_end_in_our_name(client, administrator, address, status):
    if status == 404:
        client.force_login(administrator)
    response = client.get(address)
    assert response.status_code == status
    assert re.search(r"<title>(.*?)</title>", response.content.decode(), re.S)[1].strip().endswith("Cát Vàng")
