"""What Wagtail's admin offers on a page: nothing that would change what is public, to superusers neither."""

from wagtail.models import PagePermissionTester


class ClearedPermissionTester(PagePermissionTester):
    """Publication and its opposites belong to archive.clearance; so do addresses that were once public."""

    def can_publish(self):
        return False

    def can_unpublish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_unschedule(self):
        return False

    def can_set_view_restrictions(self):
        return False

    def can_reorder_children(self):
        return False  # sections stand in the order of their numbers, which are cleared

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and not self.page.specific_deferred.tree_has_history()

    def can_move(self):
        return super().can_move()

    def can_move_to(self, destination):
        return super().can_move_to(destination) and not self.page.specific_deferred.tree_has_history()
