"""Who may see which record in the administration."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext

from archive import clearance
from archive.models import Record, Status


def visible_records(user):
    """Every record but, for those who may not hold, the held ones."""
    return Record.objects.all() if user.has_perm(clearance.HOLD) else Record.objects.filter(~Q(status=Status.HELD))


def readers_only(view):
    """Answer 403 to those who may not read records: Wagtail opens choosers to whoever enters the administration."""

    def guarded(request, *args, **kwargs):
        if not request.user.has_perm("archive.view_record"):
            raise PermissionDenied(gettext("Tài khoản này không được xem bản ghi."))
        return view(request, *args, **kwargs)

    return guarded


def hide_held(view):
    """Answer 404 for a held record in any of its admin views to all but reviewers.

    What somebody sends back from an editor that was opened before the hold goes through to the view, which hands it
    back to them and shows nothing of the record.
    """

    def guarded(request, *args, **kwargs):
        pk = kwargs.get("pk") or (args[0] if args else None)
        if pk is not None and str(pk).isdigit() and not visible_records(request.user).filter(pk=pk).exists():
            answer = getattr(getattr(view, "view_class", None), "answer_held", None)
            if answer and request.method == "POST" and (response := answer(request, pk)):
                return response
            raise Http404(pk)
        return view(request, *args, **kwargs)

    return guarded
