"""The page "Thông báo": what a person should know, the newest first."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive import notices
from archive.models import Notice
from archive.previews import keep_private

ON_A_PAGE = 40


@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """GET shows a page of notices and marks them as seen; POST marks all."""
    if not request.user.has_perm("archive.view_record"):
        raise PermissionDenied(_("Tài khoản này không có quyền xem trang này."))
    if request.method == "POST":
        notices.mark_seen(request.user)
        return redirect("archive_notices:index")
    mine = Notice.objects.filter(recipient=request.user).select_related("decision__user")
    shown = Paginator(mine, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = notices.described(shown.object_list, request.user)
    if request.method == "GET":
        notices.mark_seen(request.user, [row["notice"].pk for row in rows if row["notice"].seen_at is None])
    context = {"rows": rows, "shown": shown, "unseen": notices.unseen(request.user), "query": ""}
    return keep_private(render(request, "archive/admin/notices.html", context))
