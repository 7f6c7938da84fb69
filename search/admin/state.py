"""Whether search is well, for the banner of the administration: each page asks once it stands; answered from memory."""

from django.core.cache import cache
from django.http import JsonResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search import indexer
from search.engines.registry import preferred

KEPT = 5  # seconds
NAMES = {"embedded": gettext_lazy("máy tìm kiếm gắn sẵn"), "elasticsearch": "Elasticsearch"}


@never_cache
@require_safe
def state(request) -> JsonResponse:
    """/admin/search/state/: {"warning": a sentence, or ""}."""
    return JsonResponse({"warning": cache.get_or_set(f"search-state:{get_language()}", warning, KEPT)})


def warning() -> str:
    """What is the matter with search, and what visitors notice of it; "" while all is well."""
    status = indexer.status()
    if status["ok"]:
        return ""
    faults = {NAMES.get(name, name): entry["reason"] for name, entry in status["engines"].items() if not entry["ok"]}
    reason = "; ".join(f"{name}: {what}" for name, what in faults.items())
    sentence = _("Tìm kiếm có sự cố (%(reason)s).") % {"reason": reason}
    first, *others = preferred()
    if status["engines"][first]["ok"]:
        return f"{sentence} {_('Khách vẫn tìm được bình thường.')}"
    if any(status["engines"][name]["ok"] for name in others):
        return f"{sentence} {_('Máy dự phòng đang trả lời thay; mọi thay đổi được ghi lại và sẽ tự cập nhật sau.')}"
    return f"{sentence} {_('Khách có thể chưa tìm được; hãy báo người quản trị hệ thống.')}"
