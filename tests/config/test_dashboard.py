"""The first page of the administration."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_it_leads_to_no_other_host(client, homes, cataloguer):
    client.force_login(cataloguer)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Kho tư liệu" in html
    assert "wagtail.org" not in html
