"""The roles out of the box: a table of role and right."""

import pytest
from django.contrib.auth.models import Group

from archive.roles import NAMES, ensure_roles

pytestmark = pytest.mark.django_db
C, R, A, H = "cataloguer", "reviewer", "administrator", "hall_staff"
AUTHORITIES = ("agent", "institution", "place", "source", "tag")
# right → who has it; whatever isn't here nobody has.
TABLE = {
    "wagtailadmin.access_admin": {C, R, A, H},
    "archive.view_record": {C, R, A},
    "archive.add_record": {C},
    "archive.change_record": {C},
    "archive.delete_record": {C},
    "archive.clear_record": {R},
    "archive.hold_record": {R},
    "archive.view_decision": {R, A},
    "media.view_scan": {C, R, A},
    "media.add_scan": {C},
    "media.change_scan": {C},
    "simple_translation.submit_translation": {C},
    "auth.add_user": {A},
    "auth.change_user": {A},
    "auth.view_group": {A},
    "wagtailcore.view_site": {A},
    "wagtailcore.change_site": {A},
    "exhibits.add_kiosk": {H},
    "exhibits.change_kiosk": {H},
    "exhibits.view_kiosk": {H},
    **{f"search.{verb}_synonymgroup": {R, A} for verb in ("add", "change", "delete", "view")},
    **{f"archive.{verb}_{name}": {C, A} for verb in ("add", "change", "view") for name in AUTHORITIES},
    **{f"archive.delete_{name}": {A} for name in AUTHORITIES},
}


def rights_of(role: str) -> set[str]:
    rows = Group.objects.get(name=NAMES[role]).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


@pytest.mark.parametrize("role", [C, R, A, H])
def test_each_role_has_exactly_its_rights(role):
    ensure_roles()
    assert rights_of(role) == {right for right, roles in TABLE.items() if role in roles}


@pytest.mark.parametrize(
    ("address", "roles"),
    [
        ("/admin/review/", {R}),
        ("/admin/review/sitting/", {R}),
        ("/admin/review/touched/", {C, R}),
        ("/admin/review/decisions/", {R, A}),
        ("/admin/notices/", {C, R, A}),
    ],
)
def test_pages_of_clearance_by_role(address, roles, client, cataloguer, reviewer, administrator, hall_staff):
    people = {C: cataloguer, R: reviewer, A: administrator, H: hall_staff}
    for role, person in people.items():
        client.force_login(person)
        assert (client.get(address).status_code == 200) == (role in roles), role
