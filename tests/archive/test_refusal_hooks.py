"""Who opens what was sent back reads why, until it is submitted again."""

import pytest
from django.urls import reverse

from archive import clearance, subjects
from tests import factories
from tests.exhibits.conftest import add

pytestmark = pytest.mark.django_db
REASON = "Thiếu nguồn <b>lưu trữ</b>."
SHOWN = "Thiếu nguồn &lt;b&gt;lưu trữ&lt;/b&gt;."


@pytest.fixture
def record(cataloguer):
    return factories.make_record(cataloguer)


@pytest.fixture
def page(homes, cataloguer):
    from exhibits.models import ArticlePage

    return add(ArticlePage, homes["vi"], cataloguer, title="Giới thiệu", slug="gioi-thieu")


@pytest.fixture(params=["record", "page"])
def sent_back(request, cataloguer, reviewer):
    subject = subjects.of(request.getfixturevalue(request.param))
    clearance.submit(subject, cataloguer)
    clearance.refuse(subject, reviewer, REASON)
    return subject


def test_the_author_reads_the_reason_until_the_next_submission(client, cataloguer, sent_back):
    client.force_login(cataloguer)
    for _again in range(2):  # it doesn't go with the first look
        shown = client.get(sent_back.edit_url).content.decode()
        assert "từ chối ngày" in shown and SHOWN in shown
    clearance.submit(subjects.get(sent_back.key), cataloguer)
    assert SHOWN not in client.get(sent_back.edit_url).content.decode()


def test_a_withdrawal_is_explained_too(client, cataloguer, reviewer, record):
    factories.clear(record, cataloguer, reviewer)
    client.force_login(cataloguer)
    edit_url = subjects.of(record).edit_url
    assert SHOWN not in client.get(edit_url).content.decode()
    clearance.withdraw(subjects.of(record), reviewer, REASON)
    assert "rút khỏi nơi công bố ngày" in client.get(edit_url).content.decode()


def test_a_text_that_was_never_sent_back_opens_without_a_word(client, cataloguer, record):
    client.force_login(cataloguer)
    assert "từ chối ngày" not in client.get(subjects.of(record).edit_url).content.decode()
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
