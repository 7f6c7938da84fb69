"""The worklist "what is missing" and the list of records: what they count, filter, sort and ask of the database."""

import pytest
from django.urls import reverse

from archive import completeness, worklist
from archive.models import ChangeSet, ChangeSetRow, Institution, Record, RecordTag, Status, Tag
from archive.records import save_record
from archive.worklist import Choice
from tests import factories

from .test_record_admin import FORM, url

pytestmark = pytest.mark.django_db
LIST = "archive_worklist:list"


@pytest.fixture
def records(cataloguer, reviewer):
    """By identifier: nothing but common gaps; no English title; a legal text; one under review."""
    made = {
        "whole": factories.make_record(cataloguer, identifier="whole"),
        "no-english": factories.make_record(cataloguer, identifier="no-english", title_en=""),
        "law": factories.make_record(cataloguer, identifier="law", kind="legal_text", description_vi=""),
        "waiting": factories.make_record(cataloguer, identifier="waiting", title_en=""),
        "held": factories.make_record(cataloguer, identifier="held", title_en=""),
    }
    Record.objects.filter(pk=made["waiting"].pk).update(status="submitted")
    Record.objects.filter(pk=made["held"].pk).update(status="held")
    return made


def found(choice: Choice) -> list[str]:
    return [record.identifier for record in choice.records(Record.objects.all())]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), {"whole", "no-english", "law"}),
        (Choice(gap="title_en"), {"no-english"}),
        (Choice(gap="title_en", status="submitted"), {"waiting"}),
        (Choice(kind="legal_text"), {"law"}),
        (Choice(language="en"), {"no-english"}),
        (Choice(language="vi"), {"law"}),
        (Choice(gap="title"), set()),  # a code, not the beginning of one
    ],
)
def test_what_is_asked_for(records, choice, expected):
    assert set(found(choice)) == expected
    assert worklist.counts(Record.objects.all(), choice)["total"]["all"] == len(expected)


def test_the_least_complete_come_first(records):
    order = list(Choice().records(Record.objects.all()).values_list("completeness", flat=True))
    assert order == sorted(order) and len(set(order)) > 1


def test_counts_leave_their_own_dimension_open(records):
    counted = worklist.counts(Record.objects.all(), Choice(gap="title_en", kind="map"))
    assert counted["gap"]["title_en"] == 1 and counted["gap"]["scans"] == 2
    assert counted["kind"] == {"map": 1}
    assert counted["status"] == {"draft": 1, "submitted": 1, "held": 1}


def test_counts_are_one_query_however_many_records(records, django_assert_num_queries):
    with django_assert_num_queries(1):
        worklist.counts(Record.objects.all(), Choice())


def test_of_one_import_and_of_ones_own(records, cataloguer, reviewer):
    change_set = ChangeSet.objects.create(kind="import", title="a.xlsx", user=cataloguer)
    ChangeSetRow.objects.create(change_set=change_set, number=1, action="created", record=records["law"])
    ChangeSetRow.objects.create(change_set=change_set, number=2, action="refused", identifier="x")
    assert found(Choice(change_set=change_set.pk)) == ["law"]
    assert found(Choice(mine=reviewer.pk)) == []
    assert len(found(Choice(mine=cataloguer.pk))) == 3


def test_the_page_counts_filters_and_hides_what_is_held(client, records, cataloguer, reviewer):
    client.force_login(cataloguer)
    page = client.get(reverse(LIST))
    facets = {
        facet["name"]: {one["value"]: one["count"] for one in facet["options"]} for facet in page.context["facets"]
    }
    assert facets["gap"]["title_en"] == 1 and facets["status"] == {"draft": 3, "submitted": 1}
    page = client.get(reverse(LIST), {"gap": "title_en"})
    assert [row["record"].identifier for row in page.context["rows"]] == ["no-english"]
    assert client.get(reverse(LIST), {"status": "held"}).context["rows"] == []
    assert client.get(reverse(LIST), {"gap": "nonsense", "kind": "x", "import": "²", "p": "y"}).status_code == 200


def test_queries_stay_the_same_with_more_records(client, records, cataloguer, django_assert_num_queries):
    client.force_login(cataloguer)
    client.get(reverse(LIST))
    counts = []
    for _round in range(2):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(LIST))
            client.get(url("list"), {"q": "hoa"})
        counts.append(len(queries))
        for number in range(3):
            factories.make_record(cataloguer, identifier=f"more-{_round}-{number}")
    assert counts[0] == counts[1] and counts[0] < 50


def test_save_and_next_goes_through_the_list(client, records, cataloguer):
    client.force_login(cataloguer)
    start = client.get(reverse(LIST), {"gap": "title_en"}).context["rows"][0]["url"]
    page = client.get(start)
    assert page.context["step"].focus == "title_en"
    assert page.context["action_url"] == start
    form = FORM | {
        "identifier": "no-english",
        "title_en": "Now in English",
        "opened_at": page.context["opened_at"],
        "save-and-next": "1",
    }
    response = client.post(start, form)
    assert Record.objects.get(identifier="no-english").title_en == "Now in English"
    assert response.status_code == 302 and response.url.startswith(reverse("archive_worklist:next"))
    end = client.get(response.url)
    assert end.url == f"{reverse(LIST)}?gap=title_en"  # it was the only one


def test_going_on_skips_nothing_and_remembers(client, records, cataloguer):
    client.force_login(cataloguer)
    rows = client.get(reverse(LIST)).context["rows"]
    address, seen = rows[0]["url"], []
    for _record in rows:
        page = client.get(address)
        seen.append(page.context["step"].record.identifier)
        address = client.get(page.context["step"].next_url()).url
    assert seen == [row["record"].identifier for row in rows]
    assert address.startswith(reverse(LIST))
    client.get(rows[1]["url"])
    page = client.get(reverse(LIST))
    assert page.context["last_pk"] == rows[1]["record"].pk
    assert client.get(page.context["go_on"]).url == rows[2]["url"]


def test_saving_stays_in_the_worklist(client, records, cataloguer):
    client.force_login(cataloguer)
    start = client.get(reverse(LIST), {"gap": "title_en"}).context["rows"][0]["url"]
    assert client.post(start, FORM | {"identifier": "no-english"}).url == start


@pytest.mark.parametrize("text", ["", "x", "1", "1-", "-1", "²-1", "1-²"])
def test_a_place_that_is_none(text):
    from archive.admin.worklist import place_of

    assert place_of(text) is None


@pytest.mark.parametrize(
    ("gap", "choice", "first"),
    [
        (" scans title_en ", Choice(gap="title_en"), "title_en"),
        (" scans stale:title ", Choice(language="en"), "stale:title"),
        (" scans title_en ", Choice(), "scans"),
        (" scans ", Choice(gap="title_en"), "scans"),
        ("", Choice(), ""),
    ],
)
def test_where_to_begin(gap, choice, first):
    assert worklist.first_gap(Record(gaps=gap), choice) == first


# --- the list ---------------------------------------------------------------------------------


def listed(client, **params) -> set[str]:
    return {record.identifier for record in client.get(url("list"), params).context["object_list"]}


def test_the_list_filters(client, records, cataloguer):
    institution = Institution.objects.create(key="vien", name_vi="Viện", name_en="Institute")
    tag = Tag.objects.create(key="chau-ban", name_vi="Châu bản", name_en="Imperial records")
    law = Record.objects.get(identifier="law")
    law.institution, law.date_text = institution, "1776-1784"
    law.tags.add(RecordTag(tag=tag))
    save_record(law, cataloguer)
    client.force_login(cataloguer)
    assert listed(client) == {"whole", "no-english", "law", "waiting"}
    assert listed(client, gap="title_en") == {"no-english", "waiting"}
    assert listed(client, status="submitted") == {"waiting"}
    assert listed(client, institution=institution.pk) == listed(client, tag=tag.pk) == {"law"}
    assert listed(client, year_from=1780, year_to=1790) == {"law"}
    assert listed(client, year_to=1790) == {"law"}
    assert listed(client, kind="legal_text", gap="title_en") == set()


def test_the_list_sorts_by_indexed_columns(client, records, cataloguer):
    client.force_login(cataloguer)
    for order in ("identifier", "kind", "status", "completeness", "updated_at", "date_from"):
        assert Record._meta.get_field(order).db_index or Record._meta.get_field(order).unique
        for sign in ("", "-"):
            assert client.get(url("list"), {"ordering": sign + order}).status_code == 200
    first = client.get(url("list"), {"ordering": "completeness"}).context["object_list"][0]
    assert first.completeness == min(record.completeness for record in Record.objects.exclude(status=Status.HELD))


def test_the_list_shows_completeness_and_no_live_column(client, records, cataloguer):
    client.force_login(cataloguer)
    page = client.get(url("list")).content.decode()
    assert f">{records['whole'].completeness}%</td>" in page
    assert str(completeness.words("title_en"))  # a filter's choice


def test_the_editor_asks_little(client, records, cataloguer, django_assert_max_num_queries):
    client.force_login(cataloguer)
    client.get(url("edit", records["whole"].pk))
    with django_assert_max_num_queries(45):
        client.get(url("edit", records["whole"].pk))
