"""Two curators edit one record: the second to save gets both texts and chooses; nothing is lost.

The form carries the revision that it was opened at. Wagtail's own field for that takes the newest revision when a form
comes back with errors, so ours has a name of its own.
"""

import json

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name

from archive import three_way, two_languages
from archive.models import Record, Status

# The child lists, as the editor calls them.
LISTS = {
    "scans": _lazy("bản quét"),
    "agents": _lazy("tác nhân"),
    "places": _lazy("địa danh"),
    "tags": _lazy("từ khoá"),
    "articles": _lazy("điều"),
    "citations": _lazy("nguồn"),
    "relations": _lazy("bản ghi liên quan"),
}
OPENED_AT, COMPARED_WITH, CHOICE = "opened_at", "compared_with", "choice-"


class Conflict(Exception):
    """Somebody saved in between. units: where the two differ; latest: their revision; errors: of the chosen whole."""

    def __init__(self, units, latest, errors=()):
        super().__init__("somebody saved in between")
        self.units, self.latest, self.errors = units, latest, list(errors)


def was_opened_at(request, pk) -> bool:
    """Whether this POST comes from an editor of this very record."""
    opened = request.POST.get(OPENED_AT, "")
    record = Record.objects.filter(pk=pk).first()
    return bool(record and opened.isdigit() and record.revisions.filter(pk=opened).exists())


def plain(record) -> dict:
    """A record with its child lists as plain data, as a revision keeps it."""
    return json.loads(json.dumps(record.serializable_data(), cls=DjangoJSONEncoder))


class ConflictRoutes:
    """Compare before saving, with the row locked; raise Conflict unless every difference was chosen."""

    def save_instance(self):
        self.object.keep_status()
        opened = self.request.POST.get(OPENED_AT, "")
        latest = Record.objects.values_list("latest_revision_id", flat=True).get(pk=self.object.pk)
        if not opened or opened == str(latest):
            return super().save_instance()
        return self.save_merged(opened, latest)

    def save_merged(self, opened: str, latest: int):
        mine, theirs = plain(self.form.save(commit=False)), Record.objects.get(pk=self.object.pk)
        first = theirs.revisions.filter(pk=opened).first() if opened.isdigit() else None
        base = first.content if first else {}
        fields, lists = form_names(self.form)
        state = plain(theirs)
        units = three_way.compare(base, state, mine, fields, lists)
        choices = {unit.key: self.request.POST.get(CHOICE + unit.key) for unit in units}
        compared = self.request.POST.get(COMPARED_WITH) == str(latest)
        if not compared or not set(choices.values()) <= {three_way.MINE, three_way.THEIRS}:
            raise Conflict(units, theirs.latest_revision, [_("Còn mục chưa chọn.")] if compared else [])
        merged = three_way.merge(state, mine, base, units, choices, lists)
        merged["translated_from"] = confirmed(state, mine, base)
        try:
            return self.write(Record.from_serializable_data(merged), theirs.latest_revision)
        except ValidationError as error:
            raise Conflict(units, theirs.latest_revision, sentences(error)) from error

    def write(self, record, latest):
        record.clean()
        record.save()
        self.new_revision = record.save_revision(user=self.request.user, clean=False, log_action=True)
        self.has_content_changes = True
        name = user_display_name(latest.user)
        messages.info(self.request, _("Đã gộp với bản mà %(name)s lưu trước đó.") % {"name": name})
        return record

    def answer_conflict(self, conflict):
        typed = self.request.POST
        skipped = {"csrfmiddlewaretoken", COMPARED_WITH}
        context = {
            "record": self.object,
            "save_url": self.get_context_data()["action_url"],
            "errors": conflict.errors,
            "latest": conflict.latest,
            "who": user_display_name(conflict.latest.user),
            "rows": [shown(unit, typed.get(CHOICE + unit.key)) for unit in conflict.units],
            "typed": [
                (name, value)
                for name, values in typed.lists()
                if name not in skipped and not name.startswith(CHOICE)
                for value in values
            ],
        }
        return render(self.request, "archive/admin/conflict.html", context, status=409)


def form_names(form) -> tuple[list[str], dict[str, list[str]]]:
    """The fields that the form edits, and for each of its child lists the fields of a row."""
    skipped = {"ORDER", "DELETE", "id"}
    lists = {
        name: [field for field in formset.empty_form.fields if field not in skipped]
        for name, formset in form.formsets.items()
    }
    return list(form.fields), lists


def confirmed(theirs: dict, mine: dict, base: dict) -> dict:
    """Their notes of what English was made from, with what I confirmed."""
    notes, before, after = (dict(state.get("translated_from") or {}) for state in (theirs, base, mine))
    for field in two_languages.RECORD:
        if after.get(field) != before.get(field):
            notes[field] = after.get(field) or ""
    return notes


def sentences(error: ValidationError) -> list[str]:
    found = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    return [
        " ".join(texts) if name == NON_FIELD_ERRORS else f"{label(Record, name)}: {' '.join(texts)}"
        for name, texts in found.items()
    ]


# --- what the page shows --------------------------------------------------------------------------


def shown(unit, chosen: str | None) -> dict:
    """A unit for people: {key, label, theirs, mine, chosen, who}: who changed it, "both", "mine" or "theirs"."""
    return {
        "key": unit.key,
        "label": label(Record, unit.name),
        "theirs": text(unit.name, unit.theirs),
        "mine": text(unit.name, unit.mine),
        "chosen": chosen or unit.default,
        "who": unit.default or "both",
    }


def label(model, name: str) -> str:
    try:
        field = model._meta.get_field(name)
    except models.FieldDoesNotExist:
        return name
    if field.one_to_many:
        return str(LISTS.get(name, name))
    return str(field.verbose_name)


def text(name: str, value) -> str:
    """A value, or the lines of a row; "" for nothing and for a row that isn't there."""
    field = Record._meta.get_field(name)
    if not field.one_to_many:
        return _one(field, value)
    lines = [(one, _one(field.related_model._meta.get_field(one), said)) for one, said in (value or {}).items()]
    return "\n".join(f"{label(field.related_model, one)}: {said}" for one, said in lines if said)


def _one(field, value) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.many_to_one:
        found = field.related_model._base_manager.filter(pk=value).first()
        if isinstance(found, Record) and found.status == Status.HELD:
            return _("(bản ghi đang tạm giữ)")
        return str(found or value)
    return str(value)
