"""The curators' editor and the reviewer's pages, by request, crafted ones too."""

import unicodedata

import pytest
from django.test.html import parse_html
from django.urls import reverse

from archive import clearance, subjects
from archive.admin import record_sections
from archive.models import Agent, Decision, Edition, Record, Status, Tag
from archive.records import save_record
from tests import factories

pytestmark = pytest.mark.django_db

EMPTY_FORMSETS = {
    f"{name}-{part}": value
    for name in ("scans", "agents", "places", "tags", "articles", "citations", "relations")
    for part, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"), ("MIN_NUM_FORMS", "0"), ("MAX_NUM_FORMS", "1000"))
}
FORM = {
    **EMPTY_FORMSETS,
    "identifier": "vn-map-1838",
    "kind": "map",
    "title_vi": "An Nam đại quốc họa đồ",
    "title_en": "Map of the Great Land of Annam",
    "date_text": "1838",
    "declared_not_secret": "on",
    "extent_approximate": "on",
}


def url(name, *args):
    return reverse(Record.snippet_viewset.get_url_name(name), args=args)


def review_url(record):
    return reverse("archive_review:review", args=[f"record:{record.pk}"])


@pytest.fixture
def record(cataloguer):
    return factories.make_record(cataloguer)


@pytest.fixture
def waiting(record, cataloguer):
    clearance.submit(subjects.of(record), cataloguer)
    return record


@pytest.fixture
def superuser(django_user_model):
    return django_user_model.objects.create_superuser("root", password="x" * 12)


def fresh(record):
    return Record.objects.get(pk=record.pk)


def test_a_cataloguer_creates_and_submits_in_the_admin(client, cataloguer):
    client.force_login(cataloguer)
    response = client.post(url("add"), FORM)
    assert response.status_code == 302, response.context["form"].errors
    record = Record.objects.get()
    assert (record.date_from, record.status, record.live) == (1838, Status.DRAFT, False)
    assert record.revisions.get().user == cataloguer
    client.post(url("edit", record.pk), {**FORM, "title_vi": "Sửa", "action-submit": "1"})
    assert fresh(record).status == Status.SUBMITTED
    assert fresh(record).title_vi == "Sửa"


def test_pressed_twice_it_is_made_once_and_said(client, cataloguer, monkeypatch):
    """The second request looked before the first had written."""
    client.force_login(cataloguer)
    client.post(url("add"), FORM)
    monkeypatch.setattr(Record, "validate_unique", lambda self, exclude=None: None)
    monkeypatch.setattr(Record, "validate_constraints", lambda self, exclude=None: None)
    again = client.post(url("add"), {**FORM, "title_vi": "Nhan đề khác"})
    assert again.status_code == 200 and "vừa được tạo" in again.content.decode()
    assert "Nhan đề khác" in again.content.decode() and Record.objects.count() == 1


def test_a_record_with_many_of_everything(client, cataloguer, django_assert_max_num_queries):
    """Fifty agents and forty tags are kept in their order, and the editor asks no more for them than for one."""
    agents = [Agent.objects.create(key=f"nguoi-{n:02}", name_vi=f"Người vẽ {n:02}", name_en="") for n in range(50)]
    tags = [Tag.objects.create(key=f"the-{number:02}", name_vi=f"Thẻ {number}", name_en="") for number in range(40)]
    form = FORM | {"agents-TOTAL_FORMS": "50", "tags-TOTAL_FORMS": "40"}
    for number, agent in enumerate(agents):
        form |= {f"agents-{number}-agent": agent.pk, f"agents-{number}-role": "cartographer"}
        form |= {f"agents-{number}-ORDER": str(number + 1)}
    form |= {f"tags-{number}-tag": tag.pk for number, tag in enumerate(tags)}
    client.force_login(cataloguer)
    client.post(url("add"), form)
    made = Record.objects.get()
    assert [one.agent for one in made.agents.order_by("sort_order")] == agents and made.tags.count() == 40
    client.get(url("edit", made.pk))
    with django_assert_max_num_queries(50):
        page = client.get(url("edit", made.pk)).content.decode()
    assert "Người vẽ 00" in page and "Người vẽ 49" in page


def test_days_are_typed_into_the_browsers_own_field(client, cataloguer):
    """Wagtail's date picker silently made today of "15/5/2017"."""
    client.force_login(cataloguer)
    form = {**FORM, "issued_on": "2017-05-15"}
    assert client.post(url("add"), form).status_code == 302
    page = client.get(url("edit", Record.objects.get().pk)).content.decode()
    for name, value in (("issued_on", "2017-05-15"), ("in_force_from", ""), ("in_force_to", "")):
        field = next(tag for tag in page.split("<input")[1:] if f'name="{name}"' in tag.partition(">")[0])
        assert 'type="date"' in field and (not value or f'value="{value}"' in field)


def test_a_lone_n_is_read_by_the_other_edges(client, cataloguer):
    client.force_login(cataloguer)
    box = {"west": "102 Đ", "south": "8 N", "east": "116 Đ", "north": "24 B"}
    assert client.post(url("add"), {**FORM, **box}).status_code == 302
    assert Record.objects.get().south == -8


def test_a_section_is_written_as_wagtails_template_writes_it(client, cataloguer, record, monkeypatch):
    """In Python, since a template a field was a fifth of the editor's time."""
    client.force_login(cataloguer)

    def panels() -> str:
        text = client.get(url("edit", record.pk)).content.decode()
        return text[text.index('<section class="w-panel') : text.rindex("</section>")]

    ours = panels()
    monkeypatch.delattr(record_sections.Section.BoundPanel, "render_html")
    assert parse_html(ours) == parse_html(panels())


def test_a_submission_with_gaps_is_saved_and_told_why(client, cataloguer, record):
    client.force_login(cataloguer)
    form = {**FORM, "title_en": "", "action-submit": "1"}
    response = client.post(url("edit", record.pk), form, follow=True)
    assert fresh(record).title_en in ("", None)
    assert fresh(record).status == Status.DRAFT
    assert "Thiếu nhan đề tiếng Anh" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("date_text", "hôm nọ", "1838"),
        ("identifier", "Bản đồ 1", "chữ thường"),
        ("identifier", "", ""),
        ("west", "200", ""),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(client, cataloguer, field, value, sentence):
    client.force_login(cataloguer)
    response = client.post(url("add"), {**FORM, field: value, "title_vi": "Giữ lại"})
    page = response.content.decode()
    assert response.status_code == 200 and field in response.context["form"].errors
    assert "Giữ lại" in page and sentence in page
    assert not Record.objects.exists()


def test_the_list_finds_without_diacritics(client, cataloguer, record, django_assert_num_queries):
    client.force_login(cataloguer)
    assert "vn-map-1838" in client.get(url("list"), {"q": "an nam dai quoc"}).content.decode()
    assert "vn-map-1838" not in client.get(url("list"), {"q": "khong co"}).content.decode()


def test_the_list_shows_the_date_in_words_and_the_label_of_a_text(client, cataloguer):
    factories.make_record(cataloguer, date_text="1680~/1705~", date_display_vi="")
    client.force_login(cataloguer)
    page = client.get(url("list")).content.decode()
    assert "1680~" not in page and "khoảng 1680" in page.lower()
    assert str(Record._meta.get_field("title_vi").verbose_name) == "nhan đề (tiếng Việt)"


def test_letters_and_accents_typed_apart_are_stored_together(client, cataloguer):
    client.force_login(cataloguer)
    typed = {name: unicodedata.normalize("NFD", text) for name, text in FORM.items()}
    book = "ế" * 1_000_000  # 3 MB
    client.post(url("add"), typed | {"remarks_vi": "một\0\r\nhai", "significance_vi": book})
    assert Record.objects.get().remarks_vi == "một\nhai"  # as an import of it would be
    assert Record.objects.get().significance_vi == book
    assert Record.objects.get().title_vi == FORM["title_vi"] != typed["title_vi"]


def test_the_review_page_shows_both_languages_and_clears(client, waiting, reviewer):
    client.force_login(reviewer)
    assert "An Nam đại quốc họa đồ" in client.get(reverse("archive_review:queue")).content.decode()
    response = client.get(review_url(waiting))
    assert "no-store" in response["Cache-Control"]
    for lang, title in (("vi", "An Nam đại quốc họa đồ"), ("en", "Map of the Great Land of Annam")):
        preview = client.get(reverse("archive_review:preview", args=[f"record:{waiting.pk}", lang]))
        assert title in preview.content.decode()
        assert "no-store" in preview["Cache-Control"] and preview["X-Robots-Tag"] == "noindex"
        assert preview["X-Frame-Options"] == "SAMEORIGIN"  # the review page frames it; nothing else may be framed
    data = {"act": "clear", "digest": response.context["digest"], "checklist": clearance.CHECKLIST}
    assert client.post(review_url(waiting), data).status_code == 302
    assert Edition.objects.get().reviewer == reviewer


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"act": "clear", "digest": "0" * 64, "checklist": clearance.CHECKLIST}, 409),
        ({"act": "clear", "checklist": ["vi"]}, 422),
        ({"act": "refuse", "reason": " "}, 422),
        ({"act": "withdraw", "reason": "lý do"}, 422),
        ({"act": "nonsense"}, 400),
        ({}, 400),
    ],
)
def test_a_refused_act_says_why_and_changes_nothing(client, waiting, reviewer, data, status):
    client.force_login(reviewer)
    response = client.post(review_url(waiting), data)
    assert response.status_code == status
    assert response.context["errors"]
    assert fresh(waiting).status == Status.SUBMITTED and not Edition.objects.exists()


def test_the_author_cannot_clear_by_a_crafted_request(client, record, superuser):
    save_record(record, superuser)
    clearance.submit(subjects.of(record), superuser)
    client.force_login(superuser)
    page = client.get(review_url(record))
    assert not page.context["can_decide"]
    data = {"act": "clear", "digest": page.context["digest"], "checklist": clearance.CHECKLIST}
    assert client.post(review_url(record), data).status_code == 403
    assert not Edition.objects.exists()


def test_a_cataloguer_has_no_review_page(client, waiting, cataloguer):
    client.force_login(cataloguer)
    assert client.get(review_url(waiting)).status_code in (302, 403)
    client.post(review_url(waiting), {"act": "clear"})
    assert fresh(waiting).status == Status.SUBMITTED


def test_save_and_approve_in_one_request_does_neither(client, waiting, superuser, reviewer):
    task_state = fresh(waiting).current_workflow_task_state
    for user in (superuser, reviewer):
        client.force_login(user)
        form = {
            **FORM,
            "title_vi": "Chen vào",
            "action-workflow-action": "1",
            "workflow-action-name": "approve",
            "action-publish": "1",
        }
        client.post(url("edit", waiting.pk), form)
        client.post(url("workflow_action", waiting.pk, "approve", task_state.pk), {"comment": ""})
        assert fresh(waiting).title_vi == "An Nam đại quốc họa đồ"
        assert fresh(waiting).status == Status.SUBMITTED
        assert not Edition.objects.exists()


def test_wagtails_own_publication_is_closed_to_superusers(client, record, superuser):
    client.force_login(superuser)
    client.post(url("edit", record.pk), {**FORM, "action-publish": "1", "go_live_at": "2030-01-01 00:00"})
    assert not fresh(record).live and fresh(record).first_published_at is None
    assert client.get(url("unpublish", record.pk)).status_code in (302, 403)
    client.post(url("unpublish", record.pk))
    revision = record.revisions.first()
    client.post(url("revisions_unschedule", record.pk, revision.pk))
    client.post(url("revisions_revert", record.pk, revision.pk), {**FORM, "action-publish": "1"})
    client.post(url("add"), {**FORM, "identifier": "thu-hai", "action-publish": "1"})
    assert not Record.objects.filter(live=True).exists()
    assert not Record.objects.filter(go_live_at__isnull=False).exists()
    assert not Edition.objects.exists()


def test_a_model_refuses_publication_too(record):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        record.get_latest_revision().publish()
    with pytest.raises(PermissionDenied):
        record.unpublish()


def test_cancelling_the_workflow_makes_it_a_draft(client, waiting, cataloguer):
    client.force_login(cataloguer)
    client.post(url("edit", waiting.pk), {**FORM, "action-cancel-workflow": "1"})
    assert fresh(waiting).status == Status.DRAFT
    save_record(fresh(waiting), cataloguer)


def test_a_held_record_is_hidden_from_all_but_reviewers(client, record, cataloguer, reviewer):
    clearance.hold(subjects.of(record), reviewer, "cần xác minh")
    client.force_login(cataloguer)
    assert "vn-map-1838" not in client.get(url("list")).content.decode()
    for name in ("edit", "history", "delete", "usage"):
        assert client.get(url(name, record.pk)).status_code == 404
    client.force_login(reviewer)
    assert "vn-map-1838" in client.get(url("list")).content.decode()
    assert client.get(review_url(record)).status_code == 200


def test_a_record_with_a_history_is_not_deleted(client, waiting, cataloguer, django_user_model):
    client.force_login(cataloguer)
    client.post(url("delete", waiting.pk))
    assert Record.objects.exists() and Decision.objects.exists()


def test_a_user_is_not_deleted(client, superuser, cataloguer, record):
    client.force_login(superuser)
    client.post(reverse("wagtailusers_users:delete", args=[cataloguer.pk]))
    cataloguer.refresh_from_db()


def test_the_preview_of_unsaved_changes_shows_them(client, record, cataloguer):
    client.force_login(cataloguer)
    address = url("preview_on_edit", record.pk)
    client.post(address, {**FORM, "title_vi": "Chưa lưu"})
    page = client.get(address, {"mode": "vi"})
    assert "Chưa lưu" in page.content.decode()
    assert fresh(record).title_vi == "An Nam đại quốc họa đồ"


def test_a_reviewer_finds_what_is_public_to_withdraw_it(client, record, cataloguer, reviewer):
    factories.clear(record, cataloguer, reviewer)
    client.force_login(reviewer)
    address = review_url(record)
    assert address in client.get(reverse("archive_review:queue"), {"q": "dai quoc"}).content.decode()
    assert address not in client.get(reverse("archive_review:queue"), {"q": "khong co"}).content.decode()
    client.post(address, {"act": "withdraw", "reason": "sai tên gọi"})
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    "address", ["/admin/record_chooser/", "/admin/record_chooser/results/", "/admin/scan-chooser/"]
)
def test_who_may_not_read_records_finds_none_in_a_chooser(client, record, hall_staff, cataloguer, address):
    client.force_login(cataloguer)
    assert client.get(address).status_code == 200
    client.force_login(hall_staff)
    assert client.get(address).status_code in (302, 403)


def test_wagtails_chooser_of_snippets_lists_no_record(client, record, hall_staff):
    client.force_login(hall_staff)
    assert client.get("/admin/snippets/choose/archive/record/").status_code == 404


def test_hall_staff_see_no_uncleared_picture(client, hall_staff, cataloguer):
    from media.models import Rendition

    factories.make_scan(cataloguer)
    address = f"/admin/iiif/{Rendition.objects.get().image_id}/info.json"
    client.force_login(hall_staff)
    assert client.get(address).status_code == 403
    client.force_login(cataloguer)
    assert client.get(address).status_code == 200


def test_no_record_goes_in_bulk(client, superuser, record):
    client.force_login(superuser)
    address = f"/admin/bulk/archive/record/delete/?id={record.pk}"
    assert client.get(address).status_code in (302, 403)
    client.post(address)
    assert Record.objects.exists()


@pytest.mark.parametrize("key", ["record:²", "record:", "nothing:1", "record:99999999"])
def test_a_key_of_nothing_is_not_found(client, reviewer, key):
    client.force_login(reviewer)
    assert client.get(f"/admin/review/{key}/").status_code == 404


def test_an_editor_of_an_authority_is_an_author(client, cataloguer, reviewer, superuser):
    place = factories.make_place()
    record = factories.make_record(cataloguer, places=[place])
    client.force_login(superuser)
    form = {
        "key": place.key, "name_vi": "Tên khác", "name_en": "Other name", "kind": place.kind, "note": "",
        "names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0", "names-MIN_NUM_FORMS": "0", "names-MAX_NUM_FORMS": "99",
    }  # fmt: skip
    address = reverse(type(place).snippet_viewset.get_url_name("edit"), args=[place.pk])
    assert client.post(address, form).status_code == 302
    assert clearance.is_author(subjects.of(record), superuser)
