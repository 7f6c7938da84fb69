"""A held page is hidden from all but reviewers, wherever Wagtail's admin lists, finds, names or opens pages.

Lists and searches ask Wagtail's one policy which pages a person may explore or change, so it is that policy that
leaves held pages out; what asks it not (choosers, bulk actions, addresses with a page's key) is guarded by
exhibits.admin_guard.
"""

from wagtail import permissions
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive import clearance
from archive.models import Status

from .models import ClearedPage


def held_pages():
    """Primary keys of the held pages, as a queryset of one column."""
    return ClearedPage._base_manager.filter(clearance_status=Status.HELD).order_by().values("pk")


def without_held(pages, user):
    """A queryset of pages without those that this person may not see."""
    return pages if user.has_perm(clearance.HOLD) else pages.exclude(pk__in=held_pages())


def may_explore(user) -> bool:
    """Whether this person works on pages at all."""
    return permissions.page_permission_policy.explorable_root_instance(user) is not None


class HidingPolicy(PagePermissionPolicy):
    """Wagtail's, without held pages."""

    def instances_user_has_any_permission_for(self, user, actions):
        return without_held(super().instances_user_has_any_permission_for(user, actions), user)

    def explorable_instances(self, user):
        if not user.is_superuser and self.explorable_root_instance(user) is None:
            return self.model._default_manager.none()  # Wagtail would take the whole tree for nobody's part of it
        return without_held(super().explorable_instances(user), user)


class PagesEndpoint(PagesAdminAPIViewSet):
    """The JSON that the admin's page tree reads."""

    def get_base_queryset(self):
        return permissions.page_permission_policy.explorable_instances(self.request.user)


def connect() -> None:
    """Put the policy in the place of Wagtail's. Called once, by ExhibitsConfig.ready.

    Wagtail's modules hold the one object by name, so it is the object that changes its class.
    """
    permissions.page_permission_policy.__class__ = HidingPolicy
