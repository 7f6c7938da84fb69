"""What is public of a page changes through archive.clearance alone: the guard that holds for every other way.

Wagtail publishes, unpublishes, schedules, copies, aliases, moves and deletes pages by many routes (views, bulk
actions, querysets, commands), but each ends in a save, a delete or a move signal. The receivers here stand there,
for superusers and for code too. Only PageSubject, inside `allowed()`, may change what is public.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.signals import pre_page_move

from .models import ClearedPage
from .page_document import page_document

_allowed: ContextVar[bool] = ContextVar("publication_allowed", default=False)

# Columns that archive.clearance and PageSubject write, and what they hold on a new page.
CLEARANCE_COLUMNS = {
    "clearance_status": "draft",
    "cleared_number": 0,
    "cleared_digest": "",
    "cleared_document": "",
    "cleared_revision_id": None,
}
# What a save through Wagtail's base class could change of a public page.
BASE_COLUMNS = ("title", "slug", "url_path", "seo_title", "search_description", "show_in_menus", "locale_id")


@contextmanager
def allowed():
    """Within this block, and in this thread alone, what is public may change."""
    token = _allowed.set(True)
    try:
        yield
    finally:
        _allowed.reset(token)


def is_allowed() -> bool:
    return _allowed.get()


def refusal() -> str:
    return _("Trang chỉ được công bố, sửa bản công bố hoặc rút qua trang duyệt.")


def is_cleared_type(page) -> bool:
    """Whether a page, also one loaded as Wagtail's base class, is of a type that needs clearance."""
    return isinstance(page, ClearedPage) or issubclass(page.specific_class or Page, ClearedPage)


def guard_save(sender, instance, raw=False, update_fields=None, **kwargs):
    """Keep what is public as it is, whatever is being saved. Raises PermissionDenied."""
    if raw or not isinstance(instance, Page) or not is_cleared_type(instance):
        return
    if instance.alias_of_id:
        raise PermissionDenied(_("Không tạo bản sao đồng bộ của trang: mỗi trang phải được duyệt riêng."))
    instance.go_live_at = instance.expire_at = None
    if instance._state.adding:
        begin_as_draft(instance)
    elif not is_allowed():
        keep_public_state(instance, update_fields)


def begin_as_draft(page) -> None:
    page.live, page.has_unpublished_changes = False, True
    page.live_revision_id = page.first_published_at = page.last_published_at = None
    if isinstance(page, ClearedPage):
        for name, value in CLEARANCE_COLUMNS.items():
            setattr(page, name, value)


def keep_public_state(page, update_fields) -> None:
    model = type(page) if isinstance(page, ClearedPage) else Page
    row = model._base_manager.filter(pk=page.pk).first()
    if row is None:
        return
    touched = set(update_fields) if update_fields is not None else None

    def saves(name):
        return touched is None or name in touched

    if any(saves(name) and getattr(page, name) != getattr(row, name) for name in ("live", "live_revision_id")):
        raise PermissionDenied(refusal())
    if isinstance(page, ClearedPage):
        for name in CLEARANCE_COLUMNS:
            setattr(page, name, getattr(row, name))
    if row.live and touched is None and changed(row, page):
        raise PermissionDenied(refusal())


def changed(row, page) -> bool:
    """Whether saving `page` would alter what readers see of the public `row`."""
    if isinstance(page, ClearedPage):
        return page_document(row, 0) != page_document(page, 0)
    return any(getattr(row, name) != getattr(page, name) for name in BASE_COLUMNS)


def guard_delete(sender, instance, **kwargs):
    """A page that was ever submitted keeps its history: it is withdrawn, not deleted."""
    if isinstance(instance, Page) and is_cleared_type(instance) and instance.specific_deferred.has_history():
        raise PermissionDenied(_("Trang đã trình duyệt thì không xoá được; hãy rút nó khỏi nơi công bố."))


def guard_move(sender, instance, parent_page_before=None, parent_page_after=None, **kwargs):
    """An address that was public is a promise; and no page moves to a reserved one."""
    if not is_cleared_type(instance):
        return
    if instance.specific_deferred.tree_has_history():
        raise PermissionDenied(_("Trang đã trình duyệt thì không chuyển chỗ được: địa chỉ đã công bố không đổi."))
    instance.specific.refuse_reserved_slug(parent_page_after)


def connect() -> None:
    """Called once, by ExhibitsConfig.ready."""
    pre_save.connect(guard_save, dispatch_uid="exhibits.guard_save")
    pre_delete.connect(guard_delete, dispatch_uid="exhibits.guard_delete")
    pre_page_move.connect(guard_move, dispatch_uid="exhibits.guard_move")
