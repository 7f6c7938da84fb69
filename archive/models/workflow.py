"""The workflow task that carries a subject to its reviewers."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Task


class ReviewTask(Task):
    """Filled in with archive.workflow."""

    class Meta:
        verbose_name = _("duyệt công bố")
        verbose_name_plural = _("duyệt công bố")
