"""Our copies of Wagtail's admin templates differ from Wagtail's in words alone, so an upgrade isn't lost in them."""

from pathlib import Path

import pytest
import wagtail.admin

from tests.walls.rules import ROOT

OURS = ROOT / "config" / "templates" / "wagtailadmin"
THEIRS = Path(wagtail.admin.__file__).parent / "templates" / "wagtailadmin"
WORDS = {
    "home.html": [
        ("{% translate 'Tìm kiếm' %}", "Search"),
        (
            "Đây là trang tổng quan, nơi hiện thông tin về những nội dung bạn đã soạn.",
            "This is your dashboard on which helpful information about content you've created will be displayed.",
        ),
    ],
    "shared/header.html": [("{% translate 'Tìm kiếm' %}", "Search")],
    "shared/headers/_actions.html": [("{% translate 'Thao tác' %}", "Actions"), ("{% load i18n %}\n", "")],
    "tables/boolean_cell.html": [
        ("{% load i18n wagtailadmin_tags %}", "{% load wagtailadmin_tags %}"),
        *((f'{{% translate "{word}" as word %}}\n', "") for word in ("có", "không", "Không rõ")),
        ("title=word", "title=value|stringformat:'s'"),
    ],
}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", WORDS)
def test_a_copy_says_the_same_in_vietnamese(name):
    ours = (OURS / name).read_text()
    for word, original in WORDS[name]:
        assert word in ours
        ours = ours.replace(word, original)
    assert lines(ours) == lines((THEIRS / name).read_text())
