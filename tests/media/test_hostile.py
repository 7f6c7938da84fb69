"""Every hostile file is refused for its own reason, in a sentence, and leaves nothing behind."""

import pytest
from django.utils.translation import override

from media.refusals import Refused

from .hostile import FILES


def refusal(take, hostile) -> Refused | None:
    try:
        take(hostile.make(), hostile.name)
    except Refused as error:
        return error
    return None


def test_all_are_refused_rightly(take, settings, files):
    """Without a database: what is refused is refused before anything is asked of one."""
    assert len(FILES) >= 60
    wrong = {}
    for title, hostile in FILES.items():
        error = refusal(take, hostile)
        if error is None or error.msgid != hostile.reason:
            wrong[title] = error and error.msgid
            continue
        with override("vi"):
            vietnamese = str(error)
        with override("en"):
            english = str(error)
        if not (vietnamese.startswith(f"Tệp “{hostile.name}”: ") and "TIFF" in english and english != vietnamese):
            wrong[title] = vietnamese
    assert wrong == {}
    assert files(settings.MASTERS_DIR) == []


NAMES = [
    "..", "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e%2fmasters", "....//....//x", "/etc/passwd",
    "a" * 12 + "/../" + "b" * 12, "a" * 12 + "%00.tif", "file:%2f%2f%2fetc%2fpasswd", "http:%2f%2flocalhost%2f",
    "a" * 5000, "A" * 32, "%ff%fe", "con", "aaaaaaaaaaaa\\..\\x",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("root", ["/iiif/image/", "/admin/iiif/"])
def test_identifiers_lead_nowhere(root, client, cataloguer):
    client.force_login(cataloguer)
    for name in NAMES:
        for rest in ("info.json", "full/max/0/default.jpg"):
            response = client.get(f"{root}{name}/{rest}")
            assert response.status_code in (301, 302, 400, 404), (root, name, rest)
            assert b"root:" not in response.content
