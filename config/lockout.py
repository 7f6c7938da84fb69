"""What a person sees after too many wrong passwords, and by which address they are counted."""

from django.conf import settings
from django.shortcuts import render


def answer(request, original_response=None, credentials=None):
    """The page for a locked-out login: says for how long, and whom to ask. For AXES_LOCKOUT_CALLABLE; status 429."""
    context = {"hours": settings.AXES_COOLOFF_TIME}
    return render(request, "config/locked_out.html", context, status=429)


def client_address(request) -> str:
    """The visitor's address: nginx's X-Real-IP (it overwrites what a visitor sent), else the socket's.

    For AXES_CLIENT_IP_CALLABLE in config.settings.site, where only nginx reaches the application.
    """
    return request.META.get("HTTP_X_REAL_IP") or request.META.get("REMOTE_ADDR", "")
