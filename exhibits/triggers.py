"""What the database itself refuses of pages: to stand as cleared without the clearing decision (archive.triggers).

A page without these columns is public nowhere (ClearedPage.is_public), so a raw publish shows nothing either.
Laid anew after each `migrate`, like the archive's.
"""

from archive.triggers import DECISIONS

PAGES = "exhibits_clearedpage"
UNDECIDED = f"""
    NOT EXISTS (SELECT 1 FROM {DECISIONS} d
        WHERE d.subject = 'page:' || NEW.page_ptr_id AND d.number = NEW.cleared_number
        AND d.action = 'cleared' AND d.digest = NEW.cleared_digest)
    OR EXISTS (SELECT 1 FROM {DECISIONS} d
        WHERE d.subject = 'page:' || NEW.page_ptr_id AND d.number >= NEW.cleared_number
        AND d.action IN ('withdrawn', 'held'))
"""
OTHER_TEXT = """
    NEW.cleared_digest <> OLD.cleared_digest OR NEW.cleared_document <> OLD.cleared_document
    OR COALESCE(NEW.cleared_revision_id, 0) <> COALESCE(OLD.cleared_revision_id, 0)
"""
RULES = {
    "page_needs_decision": (
        "UPDATE",
        PAGES,
        f"NEW.cleared_number > 0 AND NEW.cleared_number <> OLD.cleared_number AND ({UNDECIDED})",
        "a page needs its clearing decision",
    ),
    "page_keeps_text": (
        "UPDATE",
        PAGES,
        f"NEW.cleared_number > 0 AND NEW.cleared_number = OLD.cleared_number AND ({OTHER_TEXT})",
        "a cleared page never changes",
    ),
    "page_begins_uncleared": ("INSERT", PAGES, "NEW.cleared_number > 0", "a page begins as a draft"),
}
# What menus, addresses and "shown in" read of pages, for the token of all that is public (archive.public_state). A
# draft that is saved changes none of these columns.
WATCHED = {
    "wagtailcore_page": ("path", "slug", "url_path", "title", "live", "show_in_menus", "live_revision_id", "locale_id"),
    "exhibits_clearedpage": ("cleared_number", "cleared_revision_id"),
    "exhibits_pagerecord": (),
    "wagtailcore_site": (),
    "wagtailcore_locale": (),
}
