"""Clearance's part of Wagtail's admin beside the review page: notices in the menu and on the dashboard."""

from django.contrib import messages
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from . import notices, touched
from .admin import notices as notices_page
from .models import Notice
from .models.authority import Authority

ON_THE_DASHBOARD = 5


@hooks.register("register_admin_urls")
def notices_urls():
    return [path("notices/", include(([path("", notices_page.index, name="index")], "archive_notices")))]


class NoticesMenuItem(MenuItem):
    """With the number of what wasn't seen yet."""

    def is_shown(self, request):
        return request.user.has_perm("archive.view_record")

    def render_component(self, request):
        count = notices.unseen(request.user)
        shown = f"{notices.COUNTED - 1}+" if count >= notices.COUNTED else count
        label = f"{self.label} ({shown})" if count else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname)


@hooks.register("register_admin_menu_item")
def notices_menu_item():
    label = gettext_lazy("Thông báo")
    return NoticesMenuItem(label, reverse("archive_notices:index"), name="notices", icon_name="mail", order=80)


class DecisionsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("archive.view_decision")


@hooks.register("register_reports_menu_item")
def decisions_menu_item():
    label = gettext_lazy("Sổ quyết định")
    return DecisionsMenuItem(
        label, reverse("archive_review:decisions"), name="decisions", icon_name="history", order=700
    )


class TouchedMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(touched.SUBMIT)


@hooks.register("register_reports_menu_item")
def touched_menu_item():
    label = gettext_lazy("Bản công bố khác danh mục")
    return TouchedMenuItem(label, reverse("archive_review:touched"), name="touched", icon_name="resubmit", order=710)


class NoticesPanel(Component):
    """On the dashboard: the newest unseen notices."""

    name = "archive_notices"
    template_name = "archive/admin/notices_panel.html"
    order = 40

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        rows = Notice.objects.filter(recipient=user, seen_at=None).select_related("decision__user")
        return {"rows": notices.described(rows[:ON_THE_DASHBOARD], user), "count": notices.unseen(user)}


@hooks.register("construct_homepage_panels")
def add_notices_panel(request, panels):
    if request.user.has_perm("archive.view_record"):
        panels.append(NoticesPanel())


@hooks.register("after_edit_snippet")
def offer_touched(request, instance):
    """After an authority was corrected: how many standing editions now say something else, and where to submit them."""
    if isinstance(instance, Authority) and request.user.has_perm(touched.SUBMIT) and (count := touched.count(instance)):
        number = f"{count}+" if count >= touched.COUNTED else count
        sentence = _("%(n)s bản công bố dùng mục này nay khác danh mục và cần trình duyệt lại.") % {"n": number}
        link = format_html(' <a href="{}">{}</a>', reverse("archive_review:touched"), _("Xem và trình duyệt"))
        messages.info(request, format_html("{}{}", sentence, link))
