"""Pages as subjects of clearance."""

import json

from django.core.exceptions import ValidationError
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction

from archive import audit
from archive.outbox import touch
from archive.subjects import Subject

from . import publication
from .models import ClearedPage, ExhibitionPage, PageRecord, SectionPage
from .page_document import page_document, record_keys
from .standing import standing_documents

LONGEST_ADDRESS = 255  # Decision.identifier


class PageSubject(Subject):
    """A page of one language. Its identifier is its address path; what is cleared is its latest revision."""

    prefix = "page"
    model = ClearedPage
    status_field = "clearance_status"

    def __init__(self, instance):
        super().__init__(instance.specific)

    @property
    def identifier(self):
        return self.instance.url_path

    @property
    def title(self):
        return f"{self.instance.draft_title} ({self.instance.locale.language_code})"

    @property
    def edit_url(self):
        return reverse("wagtailadmin_pages:edit", args=[self.instance.pk])

    @property
    def latest(self):
        """The page as its latest revision has it."""
        return self.instance.get_latest_revision_as_object()

    def document(self):
        return page_document(self.latest, self.number + 1)

    def standing(self):
        return json.loads(self.instance.cleared_document) if self.instance.cleared_document else None

    def problems(self):
        found, page = [], self.latest
        if self.instance.latest_revision_id is None:
            found.append(_("Trang chưa được lưu lần nào."))
        try:
            page.full_clean()
        except ValidationError as error:
            found += [f"{label_of(page, field)}: {' '.join(sentences)}" for field, sentences in sentences_of(error)]
        if len(page.url_path) > LONGEST_ADDRESS:
            found.append(_("Địa chỉ của trang dài quá %(number)s ký tự.") % {"number": LONGEST_ADDRESS})
        return found

    def notes(self):
        """Records that the page names and that show nothing yet; a translation that isn't there."""
        page = self.latest
        keys = record_keys(page)
        standing = standing_documents(keys)
        notes = [
            _("Bản ghi %(id)s chưa có bản công bố nên trang chưa hiện bản ghi ấy.") % {"id": key}
            for key in keys
            if key not in standing
        ]
        if not page.get_translations().exists():
            notes.append(_("Trang chưa có bản dịch ở ngôn ngữ kia."))
        return notes

    @classmethod
    def standing_instances(cls, query):
        found = ClearedPage.objects.filter(live=True).order_by("path")
        for word in query.split():
            found = found.filter(title__icontains=word)
        return found

    @classmethod
    def audit(cls):
        """Each page that visitors may see: its cleared text, and that what it shows is that text."""
        key = Concat(Value(f"{cls.prefix}:"), Cast("pk", CharField()), output_field=CharField())
        rows = ClearedPage._base_manager.filter(Q(live=True) | Q(cleared_number__gt=0)).order_by("pk")
        rows = rows.annotate(subject=key, number=F("cleared_number"))
        rows = rows.annotate(decided=audit.decided_digest(), ended=audit.was_ended())
        for row in rows.iterator(chunk_size=100):
            name = _("Trang %(address)s") % {"address": row.url_path}
            yield from audit.document_faults(name, row.cleared_document, row.cleared_digest, row.decided)
            if row.cleared_document and row.cleared_document != audit.text_of(
                page_document(row.specific, row.cleared_number)
            ):
                yield _("%(name)s hiện chữ khác với bản đã duyệt.") % {"name": name}
            if row.live and row.live_revision_id != row.cleared_revision_id:
                yield _("%(name)s đăng một phiên bản khác với bản đã duyệt.") % {"name": name}
            if row.ended:
                yield audit.still_public(name)
            yield ""

    def preview(self, request, lang):
        page = self.latest
        if page.locale.language_code != lang:
            twin = page.get_translations().filter(locale__language_code=lang).first()
            if twin is None:
                with translation.override(lang):
                    sentence = _("Trang chưa có bản dịch ở ngôn ngữ này.")
                    return render(request, "exhibits/admin/no_translation.html", {"sentence": sentence})
            page = twin.specific.get_latest_revision_as_object()
        return render_preview(page, lang)

    def put(self, document, text, decision):
        revision = self.instance.get_latest_revision()
        before = self._named()
        with publication.allowed():
            PublishPageRevisionAction(revision, user=decision.user).execute(skip_permission_checks=True)
        ClearedPage._base_manager.filter(pk=self.instance.pk).update(
            cleared_number=document["number"],
            cleared_digest=decision.digest,
            cleared_document=text,
            cleared_revision=revision,
        )
        keys = record_keys(revision.as_object())
        PageRecord.objects.filter(page_id=self.instance.pk).delete()
        PageRecord.objects.bulk_create(PageRecord(page_id=self.instance.pk, identifier=key) for key in keys)
        touch(before + self._named())

    def take_down(self, decision):
        stood = self.instance.live
        before = self._named()
        if stood:
            with publication.allowed():
                UnpublishPageAction(self.instance, user=decision.user).execute(skip_permission_checks=True)
        ClearedPage._base_manager.filter(pk=self.instance.pk).update(
            cleared_number=0, cleared_digest="", cleared_document="", cleared_revision=None
        )
        PageRecord.objects.filter(page_id=self.instance.pk).delete()
        touch(before)
        return stood

    def _named(self) -> list[str]:
        """Records that this page names to the public; an exhibition answers for its sections too."""
        pages = [self.instance.pk]
        if isinstance(self.instance, ExhibitionPage):
            pages += SectionPage.objects.child_of(self.instance).values_list("pk", flat=True)
        named = PageRecord.objects.filter(page__in=pages).order_by("identifier")
        return list(named.values_list("identifier", flat=True).distinct())


def render_preview(page, lang: str) -> HttpResponse:
    """The page as it would become, in its language; pages it links to may not be public yet."""
    request = RequestFactory().get(page.url_path, headers={"host": "localhost"})
    request.is_preview = True
    with translation.override(lang):
        context = page.get_context(request) | {"private": True}
        return HttpResponse(TemplateResponse(request, page.get_template(request), context).rendered_content)


def sentences_of(error: ValidationError):
    return error.message_dict.items() if hasattr(error, "error_dict") else [("", error.messages)]


def label_of(page, field: str) -> str:
    names = {each.name: each for each in page._meta.get_fields()}
    return str(getattr(names.get(field), "verbose_name", "") or _("Nội dung")).capitalize()
