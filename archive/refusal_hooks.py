"""Who opens a text in the administration reads why it was sent back, until it is submitted again."""

from django.contrib import messages
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail import hooks

from . import subjects
from .display import day
from .models import Decision

SENT_BACK = {
    Decision.Action.REFUSED: lambda: _("%(name)s từ chối %(day)s: %(reason)s"),
    Decision.Action.WITHDRAWN: lambda: _("%(name)s rút khỏi nơi công bố %(day)s: %(reason)s"),
}


def say_why(request, instance):
    """A message when the last decision sent this record or page back. Only on opening, not on saving."""
    if request.method != "GET":
        return
    try:
        subject = subjects.of(getattr(instance, "specific", instance))
    except LookupError:
        return
    last = Decision.objects.filter(subject=subject.key).select_related("user").last()
    if last and last.reason and last.action in SENT_BACK:
        name = last.user.get_full_name() or last.user.get_username()
        words = {"name": name, "day": day(last.at, get_language()), "reason": last.reason}
        messages.warning(request, SENT_BACK[last.action]() % words)


hooks.register("before_edit_snippet", say_why)
hooks.register("before_edit_page", say_why)
