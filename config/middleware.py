"""Middleware of the site."""

from functools import partial

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import SimpleLazyObject
from django_otp import user_has_device
from wagtail_2fa.middleware import VerifyUserMiddleware


class SecondFactorMiddleware(VerifyUserMiddleware):
    """Lets nobody whose role needs a second factor see an admin page without having shown it.

    It is needed by members of settings.SECOND_FACTOR_GROUPS, by superusers, and by whoever holds a device.
    Who has none yet reaches the page that sets one up, and no other. An empty SECOND_FACTOR_GROUPS turns it
    off (the demonstration, whose login page says so).
    """

    open_to_all = {
        "second_factor",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
    }
    open_without_device = {"wagtail_2fa_device_new", "wagtail_2fa_device_qrcode"}

    def process_request(self, request):
        request.user = SimpleLazyObject(partial(self._verify_user_sync, request, request.user))
        if not request.path_info.startswith(reverse("wagtailadmin_home")) or not self.needed(request.user):
            return None
        name = _url_name(request)
        if name in self.open_to_all or request.user.is_verified():
            return None
        if user_has_device(request.user, confirmed=True):
            return redirect_to_login(request.get_full_path(), login_url=reverse("wagtail_2fa_auth"))
        if name in self.open_without_device:
            return None
        return redirect_to_login(request.get_full_path(), login_url=reverse("wagtail_2fa_device_new"))

    @staticmethod
    def needed(user) -> bool:
        """True when this person has to show a second factor."""
        groups = settings.SECOND_FACTOR_GROUPS
        if not groups or not user.is_authenticated:
            return False
        return (
            user.is_superuser
            or user.groups.filter(name__in=groups).exists()
            or user_has_device(user, confirmed=True)
        )  # fmt: skip


def _url_name(request) -> str | None:
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None
