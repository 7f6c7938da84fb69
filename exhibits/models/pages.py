"""The pages of the site, in each language's own tree: home → exhibitions → sections; home → articles."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager

from archive.models import Status
from exhibits.blocks import BodyBlock
from exhibits.roman import roman

from .cleared_page import ClearedPage, ClearedPageQuerySet

Manager = PageManager.from_queryset(ClearedPageQuerySet)

PROMOTE = [
    MultiFieldPanel(
        [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("show_in_menus")],
        heading=_("Địa chỉ và máy tìm kiếm"),
    )
]


def body(blank=True):
    return StreamField(BodyBlock(required=not blank), verbose_name=_("nội dung"), blank=blank)


class HomePage(ClearedPage):
    """The first page of a language."""

    hero_title = models.TextField(
        _("đề lớn"), max_length=200, help_text=_("Xuống dòng ở đâu thì trang xuống dòng ở đó.")
    )
    intro = models.TextField(_("lời dẫn"), max_length=400)
    featured = models.ForeignKey(
        "exhibits.ExhibitionPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("triển lãm nêu ở trang chủ"),
    )
    body = body()

    objects = Manager()
    is_creatable = True
    max_count_per_parent = 2  # one a language
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["exhibits.ExhibitionPage", "exhibits.ArticlePage"]
    content_fields = ("hero_title", "intro", "featured", "body")
    content_panels = [
        *Page.content_panels,
        FieldPanel("hero_title"),
        FieldPanel("intro"),
        PageChooserPanel("featured", "exhibits.ExhibitionPage"),
        FieldPanel("body"),
    ]
    promote_panels = PROMOTE

    class Meta:
        verbose_name = _("trang chủ")
        verbose_name_plural = pgettext_lazy("số nhiều", "trang chủ")

    def route(self, request, path_components):
        """Wagtail starts from the Vietnamese home page while another language's isn't live: go over to that one."""
        lang = get_language()
        if lang == self.locale.language_code:
            return super().route(request, path_components)
        twin = HomePage.objects.filter(translation_key=self.translation_key, locale__language_code=lang).first()
        if twin is None:
            raise Http404(lang)
        return super(HomePage, twin).route(request, path_components)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        exhibition = self.featured if self.featured_id else None
        context["exhibition"] = exhibition if exhibition and exhibition.is_public() else None
        context["sections"] = exhibition.public_sections() if context["exhibition"] else []
        return context


class ExhibitionPage(ClearedPage):
    """An exhibition; its sections are its child pages."""

    intro = models.TextField(_("lời dẫn"), max_length=800)
    body = body()

    objects = Manager()
    is_creatable = True
    parent_page_types = ["exhibits.HomePage"]
    subpage_types = ["exhibits.SectionPage"]
    content_fields = ("intro", "body")
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    promote_panels = PROMOTE

    class Meta:
        verbose_name = _("trang triển lãm")
        verbose_name_plural = pgettext_lazy("số nhiều", "trang triển lãm")

    def public_sections(self):
        """The sections that visitors see, in the order of their numbers; one query."""
        if not self.is_public():
            return []
        return list(SectionPage.objects.child_of(self).own_public().order_by("number", "path").select_related("locale"))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        preview = getattr(request, "is_preview", False)
        context["sections"] = self.draft_sections() if preview else self.public_sections()
        return context

    def draft_sections(self):
        """What a preview lists: also sections that aren't public yet, but none that is held."""
        shown = SectionPage.objects.child_of(self).exclude(clearance_status=Status.HELD)
        return list(shown.order_by("number", "path").select_related("locale"))


class SectionPage(ClearedPage):
    """A numbered section of an exhibition."""

    number = models.PositiveSmallIntegerField(
        _("phần số"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_("Định thứ tự các phần."),
    )
    intro = models.TextField(_("lời dẫn"), max_length=600)
    body = body()

    objects = Manager()
    is_creatable = True
    parent_page_types = ["exhibits.ExhibitionPage"]
    subpage_types: list[str] = []
    content_fields = ("number", "intro", "body")
    content_panels = [
        FieldRowPanel([FieldPanel("number"), TitleFieldPanel("title")]),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]
    promote_panels = PROMOTE

    class Meta:
        verbose_name = _("phần triển lãm")
        verbose_name_plural = pgettext_lazy("số nhiều", "phần triển lãm")

    @property
    def roman(self) -> str:
        return roman(self.number)

    @cached_property
    def exhibition(self) -> ExhibitionPage:
        return ExhibitionPage.objects.select_related("locale").get(path=self.path[: -self.steplen])

    def whole_is_public(self):
        return self.exhibition.is_public()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        sections = self.exhibition.public_sections()
        here = next((index for index, section in enumerate(sections) if section.pk == self.pk), None)
        context["exhibition"] = self.exhibition
        context["sections"] = sections
        if here is not None:
            context["previous"] = sections[here - 1] if here else None
            context["next"] = sections[here + 1] if here + 1 < len(sections) else None
        return context


class ArticlePage(ClearedPage):
    """A page of text: about the exhibition, a topic."""

    intro = models.TextField(_("lời dẫn"), max_length=600, blank=True)
    body = body()

    objects = Manager()
    is_creatable = True
    parent_page_types = ["exhibits.HomePage"]
    subpage_types: list[str] = []
    content_fields = ("intro", "body")
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    promote_panels = PROMOTE

    class Meta:
        verbose_name = _("trang bài viết")
        verbose_name_plural = pgettext_lazy("số nhiều", "trang bài viết")
