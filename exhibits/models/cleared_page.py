"""The base of every page: its text is public only in the state that a second person cleared."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Concat, Length, Substr
from django.http import Http404
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from archive.item_page import PUBLIC_IMAGES
from archive.models import Decision, Status
from archive.signals import subject_edited
from exhibits.page_document import place_keys, record_keys
from exhibits.page_form import ClearedPageForm, reserved_slug_sentence
from exhibits.permissions import ClearedPermissionTester
from exhibits.standing import standing_documents, standing_places

# What archive.clearance and PageSubject write; never part of a revision.
CLEARANCE_FIELDS = ("clearance_status", "cleared_number", "cleared_digest", "cleared_document", "cleared_revision")


class ClearedPageQuerySet(PageQuerySet):
    def own_public(self):
        """Pages whose live revision is the cleared one."""
        return self.filter(live=True, cleared_number__gt=0, live_revision_id=F("cleared_revision_id"))

    def public(self):
        """Pages that visitors see: their own text is cleared, and so is the exhibition that they are part of."""
        from .pages import ExhibitionPage

        parent_path = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
        parents = ExhibitionPage.objects.filter(path=parent_path)
        shown = parents.own_public()
        return self.own_public().filter(~Exists(parents) | Exists(shown))


class ClearedPage(Page):
    """Columns of clearance; a page type declares `content_fields`, what of it is cleared beside the title."""

    clearance_status = models.CharField(
        gettext_lazy("tình trạng"),
        max_length=12,
        choices=Status.choices,
        default=Status.DRAFT,
        editable=False,
        db_index=True,
    )
    cleared_number = models.PositiveIntegerField(default=0, editable=False)  # of the standing edition; 0 = none
    cleared_digest = models.CharField(max_length=64, blank=True, editable=False)
    cleared_document = models.TextField(blank=True, editable=False)  # canonical JSON; "" = none stands
    cleared_revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = PageManager.from_queryset(ClearedPageQuerySet)()

    class Meta:
        verbose_name = gettext_lazy("trang qua duyệt")
        verbose_name_plural = pgettext_lazy("số nhiều", "trang qua duyệt")

    is_creatable = False
    content_fields: tuple[str, ...] = ()
    base_form_class = ClearedPageForm
    settings_panels: list = []  # no scheduling
    exclude_fields_in_copy = list(CLEARANCE_FIELDS)
    allowed_http_methods = ["GET", "HEAD", "OPTIONS"]

    # --- what is public ---------------------------------------------------------------------

    def is_public(self) -> bool:
        """Whether visitors see this page: a raw publish shows nothing."""
        own = self.live and self.cleared_number and self.live_revision_id == self.cleared_revision_id
        return bool(own) and self.whole_is_public()

    def whole_is_public(self) -> bool:
        """Whether what this page is part of is public."""
        return True

    def serve(self, request, *args, **kwargs):
        if not self.is_public():
            raise Http404(self.url_path)
        response = super().serve(request, *args, **kwargs)
        patch_cache_control(response, no_cache=True)
        return response

    def get_sitemap_urls(self, request=None):
        return super().get_sitemap_urls(request) if self.is_public() else []

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["lang"] = self.locale.language_code
        context["images"] = PUBLIC_IMAGES
        context["documents"] = standing_documents(record_keys(self))
        context["standing_places"] = standing_places(place_keys(self))
        context["has_sheets"] = any(block.block_type == "sheet" for block in self.body)
        return context

    # --- the working copy ----------------------------------------------------------------------

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.live = False  # a page begins as a draft, which may have gaps
        super().save(*args, **kwargs)

    def serializable_data(self):
        data = super().serializable_data()
        return {name: value for name, value in data.items() if name not in CLEARANCE_FIELDS}

    def with_content_json(self, content):
        page = super().with_content_json(content)
        for name in CLEARANCE_FIELDS:
            field = self._meta.get_field(name).attname
            setattr(page, field, getattr(self, field))
        return page

    def save_revision(self, user=None, **kwargs):
        """Write a revision and note its author in one transaction.

        Raises PermissionDenied while the page is under review or held, and without a person to answer for the text.
        """
        user = user or get_active_log_context().user
        if user is None:
            raise PermissionDenied("A page's revision needs its author.")
        kwargs["approved_go_live_at"] = None
        with transaction.atomic():
            row = ClearedPage._base_manager.select_for_update(of=("self",)).get(pk=self.pk)
            if row.clearance_status in (Status.SUBMITTED, Status.HELD):
                raise PermissionDenied(_("Trang đang chờ duyệt hoặc tạm giữ nên chưa sửa được."))
            revision = super().save_revision(user=user, **kwargs)
            subject_edited.send(sender=type(self), instance=self, user=user)
        return revision

    def publish(self, *args, **kwargs):
        raise PermissionDenied(_("Trang chỉ được công bố qua trang duyệt."))

    def unpublish(self, *args, **kwargs):
        raise PermissionDenied(_("Trang chỉ được rút qua trang duyệt."))

    def permissions_for_user(self, user):
        return ClearedPermissionTester(user, self)

    def has_history(self) -> bool:
        return self.live or Decision.objects.filter(subject=f"page:{self.pk}").exists()

    def tree_has_history(self) -> bool:
        """Whether this page or one below it is public or was ever submitted."""
        tree = Page.objects.filter(path__startswith=self.path)
        keys = Concat(models.Value("page:"), models.functions.Cast("pk", models.CharField()))
        decided = Decision.objects.filter(subject__in=tree.annotate(key=keys).values("key"))
        return tree.live().exists() or decided.exists()

    # --- addresses -------------------------------------------------------------------------------

    def clean(self):
        super().clean()
        self.check_slug()

    def minimal_clean(self):
        super().minimal_clean()
        self.check_slug()

    def check_slug(self):
        self.refuse_reserved_slug(self.get_parent())
        if self.pk and self.slug_is_fixed():
            raise ValidationError({"slug": _("Địa chỉ đã công bố thì không đổi được.")})

    def slug_is_fixed(self) -> bool:
        before = Page.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        if before in (None, self.slug):
            return False
        return Decision.objects.filter(subject=f"page:{self.pk}", action=Decision.Action.CLEARED).exists()

    def refuse_reserved_slug(self, parent) -> None:
        if sentence := reserved_slug_sentence(self.slug, parent):
            raise ValidationError({"slug": sentence})
