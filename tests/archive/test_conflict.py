"""Two curators save one record: both texts side by side, nothing lost; a locked record hands back what was typed."""

import pytest
from django.urls import reverse

from archive import clearance, subjects, three_way
from archive.models import Agent, ClearanceAuthor, Record, RecordAgent, RecordArticle, Status
from archive.records import save_record
from tests import factories

from .test_record_admin import EMPTY_FORMSETS, url

FIELDS, LISTS = ["title_vi", "title_en"], {"articles": ["number", "text_vi"]}


def state(vi="cũ", en="old", articles=()):
    rows = [
        {"pk": pk, "number": number, "text_vi": text, "sort_order": at}
        for at, (pk, number, text) in enumerate(articles)
    ]
    return {"title_vi": vi, "title_en": en, "articles": rows}


BASE = state(articles=[(1, "1", "a"), (2, "2", "b")])


ONE, TWO = (1, "1", "a"), (2, "2", "b")
ONE_ELSE, TWO_ELSE = (1, "1", "A"), (2, "2", "B")


@pytest.mark.parametrize(
    ("theirs", "mine", "expected"),
    [
        (BASE, BASE, {}),
        (state("mới", articles=[ONE, TWO]), BASE, {"title_vi": "theirs"}),
        (BASE, state("mới", articles=[ONE, TWO]), {"title_vi": "mine"}),
        (state("x", articles=[ONE, TWO]), state("y", articles=[ONE, TWO]), {"title_vi": ""}),
        (state("x", articles=[ONE, TWO]), state("x", articles=[ONE, TWO]), {}),
        (
            state(articles=[ONE_ELSE, TWO]),
            state(articles=[ONE, TWO_ELSE]),
            {"articles-1": "theirs", "articles-2": "mine"},
        ),
        (state(articles=[ONE]), BASE, {"articles-2": "theirs"}),
        (state(articles=[ONE]), state(articles=[ONE, TWO_ELSE]), {"articles-2": ""}),
        (
            state(articles=[ONE, TWO, (9, "3", "c")]),
            state(articles=[ONE, TWO, (None, "4", "d")]),
            {"articles-9": "theirs", "articles-mine-2": "mine"},
        ),
        (state(articles=[ONE, TWO, (9, "3", "c")]), state(articles=[ONE, TWO, (None, "3", "c")]), {}),
    ],
)
def test_who_changed_what(theirs, mine, expected):
    units = three_way.compare(BASE, theirs, mine, FIELDS, LISTS)
    assert {unit.key: unit.default for unit in units} == expected


def merged(theirs, mine, **choices):
    units = three_way.compare(BASE, theirs, mine, FIELDS, LISTS)
    taken = {unit.key: choices.get(unit.key.replace("-", "_"), unit.default) for unit in units}
    return three_way.merge(theirs, mine, BASE, units, taken, LISTS)


def test_what_is_put_together():
    theirs = state("mới", articles=[(1, "1", "A"), (2, "2", "b"), (9, "3", "theirs")])
    mine = state("cũ", "new", articles=[(1, "1", "a"), (2, "2", "B"), (None, "4", "mine")])
    whole = merged(theirs, mine)
    assert (whole["title_vi"], whole["title_en"]) == ("mới", "new")
    assert [row["text_vi"] for row in whole["articles"]] == ["A", "B", "theirs", "mine"]
    assert [row["sort_order"] for row in whole["articles"]] == [0, 1, 2, 3]
    assert [row["text_vi"] for row in merged(theirs, mine, articles_2="theirs")["articles"]][1] == "b"


def test_my_order_and_a_row_that_went():
    theirs = state(articles=[(1, "1", "a")])
    mine = state(articles=[(2, "2", "b"), (1, "1", "a")])
    assert [row["pk"] for row in merged(theirs, mine)["articles"]] == [1]
    assert [row["pk"] for row in merged(theirs, mine, articles_2="mine")["articles"]] == [2, 1]


@pytest.mark.parametrize(("one", "other"), [("", None), ("a\r\nb", "a\nb"), ("a ", "a")])
def test_the_same_written_otherwise_is_no_difference(one, other):
    assert three_way.compare({}, {"title_vi": one}, {"title_vi": other}, FIELDS, {}) == []


# --- in the admin -----------------------------------------------------------------------------


@pytest.fixture
def record(cataloguer):
    record = Record(**factories.HOANG_SA)
    agent = Agent.objects.create(key="phan-huy-chu", name_vi="Phan Huy Chú", name_en="Phan Huy Chú")
    record.agents.add(RecordAgent(agent=agent, role="compiler"))
    record.articles.add(RecordArticle(number="1", text_vi="một", text_en="one"))
    save_record(record, cataloguer)
    return Record.objects.get(pk=record.pk)


@pytest.fixture
def colleague(django_user_model, cataloguer):
    other = django_user_model.objects.create_user("colleague", password="x" * 12, first_name="Thu", last_name="Hà")
    other.groups.set(cataloguer.groups.all())
    return other


def form_of(record, **changes):
    """What an editor opened at this record sends back."""
    agent, article = record.agents.get(), record.articles.get()
    form = {
        **EMPTY_FORMSETS,
        **{name: value for name, value in factories.HOANG_SA.items() if isinstance(value, str)},
        "declared_not_secret": "on",
        "extent_approximate": "on",
        "opened_at": str(record.latest_revision_id),
        "agents-TOTAL_FORMS": "1", "agents-INITIAL_FORMS": "1",
        "agents-0-id": str(agent.pk), "agents-0-agent": str(agent.agent_id), "agents-0-role": agent.role,
        "agents-0-ORDER": "1",
        "articles-TOTAL_FORMS": "1", "articles-INITIAL_FORMS": "1",
        "articles-0-id": str(article.pk), "articles-0-number": article.number, "articles-0-ORDER": "1",
        "articles-0-text_vi": article.text_vi, "articles-0-text_en": article.text_en,
    }  # fmt: skip
    return form | changes


def fresh(record):
    return Record.objects.get(pk=record.pk)


@pytest.mark.django_db
def test_the_second_to_save_gets_both_texts(client, record, cataloguer, colleague):
    form = form_of(record, description_vi="Bản của tôi") | {
        "articles-TOTAL_FORMS": "2",
        "articles-1-number": "2",
        "articles-1-text_vi": "điều của tôi",
        "articles-1-ORDER": "2",
    }
    theirs = fresh(record)
    theirs.description_vi, theirs.remarks_vi = "Bản của người kia", "Lưu ý của người kia"
    save_record(theirs, colleague)
    client.force_login(cataloguer)

    response = client.post(url("edit", record.pk), form)
    page = response.content.decode()
    assert response.status_code == 409
    for text in ("Bản của tôi", "Bản của người kia", "Lưu ý của người kia", "điều của tôi", "Thu Hà"):
        assert text in page
    assert fresh(record).description_vi == "Bản của người kia" and fresh(record).articles.count() == 1
    rows = {row["key"]: row for row in response.context["rows"]}
    assert {key: row["chosen"] for key, row in rows.items()} == {
        "description_vi": "",
        "remarks_vi": "theirs",
        "articles-mine-1": "mine",
    }

    again = dict(response.context["typed"]) | {"compared_with": str(theirs.latest_revision_id)}
    again |= {f"choice-{key}": row["chosen"] for key, row in rows.items()}
    response = client.post(url("edit", record.pk), again)
    assert response.status_code == 409 and response.context["errors"]  # one isn't chosen

    response = client.post(url("edit", record.pk), again | {"choice-description_vi": "mine"})
    assert response.status_code == 302
    saved = fresh(record)
    assert (saved.description_vi, saved.remarks_vi) == ("Bản của tôi", "Lưu ý của người kia")
    assert [article.text_vi for article in saved.articles.all()] == ["một", "điều của tôi"]
    assert saved.agents.get().role == "compiler"
    assert " stale:description " in saved.gaps
    authors = ClearanceAuthor.objects.filter(subject=f"record:{record.pk}").values_list("user", flat=True)
    assert set(authors) == {cataloguer.pk, colleague.pk}
    assert saved.latest_revision.user == cataloguer
    assert saved.latest_revision.content["remarks_vi"] == "Lưu ý của người kia"


@pytest.mark.django_db
def test_a_third_save_is_compared_anew(client, record, cataloguer, colleague):
    form = form_of(record, title_en="Mine")
    theirs = fresh(record)
    theirs.title_en = "Theirs"
    save_record(theirs, colleague)
    shown = theirs.latest_revision_id
    theirs.title_en = "Theirs again"
    save_record(theirs, colleague)
    client.force_login(cataloguer)
    form |= {"compared_with": str(shown), "choice-title_en": "mine"}
    response = client.post(url("edit", record.pk), form)
    assert response.status_code == 409 and "Theirs again" in response.content.decode()
    assert fresh(record).title_en == "Theirs again"


@pytest.mark.django_db
def test_the_chosen_whole_is_checked(client, record, cataloguer, colleague):
    form = form_of(record, west="109", south="10", east="110", north="12")
    theirs = fresh(record)
    theirs.west, theirs.south, theirs.east, theirs.north = 109.0, 15.0, 110.0, 17.0
    save_record(theirs, colleague)
    client.force_login(cataloguer)
    form |= {"compared_with": str(theirs.latest_revision_id), "choice-north": "mine", "choice-south": "theirs"}
    response = client.post(url("edit", record.pk), form)
    assert response.status_code == 409 and response.context["errors"]
    assert fresh(record).north == 17.0


@pytest.mark.django_db
def test_an_error_in_the_form_does_not_forget_when_it_was_opened(client, record, cataloguer, colleague):
    form = form_of(record, date_text="hôm nọ")
    theirs = fresh(record)
    theirs.title_en = "Theirs"
    save_record(theirs, colleague)
    client.force_login(cataloguer)
    page = client.post(url("edit", record.pk), form)
    assert page.context["opened_at"] == form["opened_at"]
    assert f'name="opened_at" value="{form["opened_at"]}"' in page.content.decode()
    assert client.post(url("edit", record.pk), form | {"date_text": "1838"}).status_code == 409


@pytest.mark.django_db
def test_saving_alone_needs_no_choice(client, record, cataloguer):
    client.force_login(cataloguer)
    page = client.get(url("edit", record.pk))
    assert f'name="opened_at" value="{record.latest_revision_id}"' in page.content.decode()
    assert client.post(url("edit", record.pk), form_of(record, title_en="Mine")).status_code == 302
    assert fresh(record).title_en == "Mine"


@pytest.mark.django_db
def test_no_revision_is_overwritten(client, record, cataloguer):
    client.force_login(cataloguer)
    form = form_of(record, title_en="Mine", overwrite_revision_id=str(record.latest_revision_id))
    client.post(url("edit", record.pk), form)
    assert record.revisions.count() == 2


@pytest.mark.django_db
def test_reverting_over_a_newer_save_is_refused(client, record, cataloguer, colleague):
    first = record.latest_revision
    form = form_of(record)
    theirs = fresh(record)
    theirs.title_en = "Theirs"
    save_record(theirs, colleague)
    client.force_login(cataloguer)
    address = url("revisions_revert", record.pk, first.pk)
    response = client.post(address, form)
    assert response.status_code == 200 and "Thu Hà" in response.content.decode()
    assert fresh(record).title_en == "Theirs"
    assert client.post(address, form | {"opened_at": str(theirs.latest_revision_id)}).status_code == 302
    assert fresh(record).title_en == "Map of the Great Land of Annam"


@pytest.mark.django_db
def test_a_submitted_record_hands_back_what_was_typed(client, record, cataloguer):
    form = form_of(record, title_vi="Vừa gõ xong")
    clearance.submit(subjects.of(record), cataloguer)
    client.force_login(cataloguer)
    response = client.post(url("edit", record.pk), form)
    page = response.content.decode()
    assert response.status_code == 423
    assert "Vừa gõ xong" in page and "đang chờ duyệt" in page
    assert fresh(record).title_vi != "Vừa gõ xong"


@pytest.mark.django_db
def test_a_held_record_hands_back_what_was_typed_and_shows_nothing(client, record, cataloguer, reviewer, admin_user):
    form = form_of(record, title_vi="Vừa gõ xong", reading="")
    form["articles-0-text_vi"] = "điều vừa gõ"
    clearance.hold(subjects.of(record), reviewer, "cần xác minh")
    client.force_login(cataloguer)
    response = client.post(url("edit", record.pk), form)
    page = response.content.decode()
    assert response.status_code == 423
    assert "Vừa gõ xong" in page and "điều vừa gõ" in page and "vừa bị khoá" in page and "tạm giữ" not in page
    assert "An Nam" not in page
    without = {name: value for name, value in form.items() if name != "opened_at"}
    assert client.post(url("edit", record.pk), without).status_code == 404  # it came from no editor
    assert client.get(url("edit", record.pk)).status_code == 404
    client.force_login(admin_user)
    response = client.post(url("edit", record.pk), form)
    assert response.status_code == 423 and "Vừa gõ xong" in response.content.decode()
    assert fresh(record).status == Status.HELD


@pytest.mark.django_db
def test_held_between_check_and_save(client, record, cataloguer, reviewer, monkeypatch):
    """The hold comes after the form was found good."""
    from archive.admin import record_views

    whole = record_views.ConflictRoutes.save_instance

    def held_meanwhile(self):
        Record.objects.filter(pk=self.object.pk).update(status="submitted")
        return whole(self)

    monkeypatch.setattr(record_views.ConflictRoutes, "save_instance", held_meanwhile)
    client.force_login(cataloguer)
    response = client.post(url("edit", record.pk), form_of(record, title_vi="Vừa gõ xong"))
    assert response.status_code == 423 and "Vừa gõ xong" in response.content.decode()


@pytest.mark.django_db
def test_the_editors_addresses_are_for_readers(client, hall_staff):
    client.force_login(hall_staff)
    for address in (reverse("archive_read_date"), reverse("archive_worklist:list"), reverse("archive_worklist:next")):
        assert client.get(address).status_code in (302, 403)
