"""What the editor understood of what is typed: the date, as JSON while one types."""

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from archive.dates import DateError
from archive.dates import parse as parse_date


def date_reading(text: str) -> dict:
    """{edtf, years, vi, en, warning} of a date, or {error}: a sentence in the active language."""
    try:
        value = parse_date(text)
    except DateError as error:
        return {"error": str(error)}
    first, last = _year(value.year_from), _year(value.year_to)
    return {
        "edtf": value.edtf,
        "years": first if first == last else f"{first} – {last}",
        "vi": value.display_vi,
        "en": value.display_en,
        "warning": str(value.warning),
    }


def _year(year: int) -> str:
    return str(year) if year > 0 else _("%(year)s TCN") % {"year": 1 - year}


@require_GET
def date_view(request):
    """Answer ?text= with its reading."""
    text = request.GET.get("text", "")
    return JsonResponse(date_reading(text) if text.strip() else {})
