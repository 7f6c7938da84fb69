"""What every template may read."""

from django.conf import settings


def site(request) -> dict:
    return {
        "PUBLIC_BASE_URL": settings.PUBLIC_BASE_URL,
        "IS_DEMONSTRATION": getattr(settings, "IS_DEMONSTRATION", False),
    }
