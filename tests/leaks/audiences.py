"""Who each route is for. A route that isn't named here fails test_audiences: whoever adds one says for whom it is.

The audience of a name (or, of a route without a name, of its pattern):

- "public": anybody; it shows what stands, and nothing else.
- "door": anybody; login and the like, which show nothing of the catalogue.
- "staff": whoever enters the administration. What of the catalogue it shows depends on the person's rights.
- a permission, or several joined by "|": staff who hold one of them; others get no page.
- "page": staff with a right on pages (cataloguers).
- "superuser": superusers alone, who are no role of this site.
- "nobody": closed to everybody.

Our own routes are named one by one. Patterns (fnmatch) serve for Wagtail's own, and begin with its namespaces.
"""

from fnmatch import fnmatchcase

READ, CLEAR, WRITE = "archive.view_record", "archive.clear_record", "archive.change_record"
ADD, SCANS, ADD_SCANS = "archive.add_record", "media.view_scan|media.add_scan", "media.add_scan"
WORDS = "archive.add_place|archive.change_place|archive.delete_place|archive.view_place"
SYNONYMS = "|".join(f"search.{verb}_synonymgroup" for verb in ("add", "change", "delete", "view"))

AUDIENCES = {
    # --- the public site -----------------------------------------------------------------------------
    "site:healthz": "public",
    "site:readyz": "public",
    "site:robots": "public",
    "site:sitemap": "public",
    "site:sitemap_part": "public",
    "media:image": "public",
    "archive:id": "public",
    "archive:manifest": "public",
    "archive:annotations": "public",
    "archive:georeference": "public",
    "archive:mesh": "public",
    "archive:text": "public",
    "archive:collection": "public",
    "archive:collection_part": "public",
    "archive:content_search": "public",
    "archive:content_search_1": "public",
    "archive:oai": "public",
    "archive:api_items": "public",
    "archive:api_item": "public",
    "archive:openapi": "public",
    "archive_pages:item": "public",
    "archive:unapi": "public",
    "archive_pages:citation": "public",
    "archive_pages:my_collection": "public",
    "archive_pages:my_collection_export": "public",
    "archive_pages:compare": "public",
    "archive_pages:places": "public",
    "archive_pages:place": "public",
    "search:api": "public",
    "search:suggest": "public",
    "search:opensearch_suggestions": "public",
    "search_pages:search": "public",
    "search_pages:opensearch": "public",
    "exhibits:kiosk": "public",
    "exhibits:kiosk_start": "public",
    "exhibits:kiosk_section": "public",
    "exhibits:kiosk_maps": "public",
    "exhibits:kiosk_place": "public",
    "exhibits:kiosk_item": "public",
    "exhibits:kiosk_search": "public",
    "wagtail_serve": "public",
    "wagtailcore_authenticate_with_password": "door",
    "wagtailcore_login": "door",
    # --- the door of the administration ---------------------------------------------------------------
    "site:second_factor": "door",
    "wagtailadmin_login": "door",
    "wagtailadmin_logout": "door",
    "wagtailadmin_password_reset*": "door",
    "wagtailadmin_sprite": "door",
    "wagtailadmin_javascript_catalog": "door",
    "wagtail_2fa_*": "door",
    # --- records, scans, imports ------------------------------------------------------------------------
    "archive_review:queue": CLEAR,
    "archive_review:review": CLEAR,
    "archive_review:preview": CLEAR,
    "archive_merge:choose": "archive.change_place",
    "archive_merge:confirm": "archive.change_place",
    "archive_merge:job": "archive.change_place",
    "archive_merge:progress": "archive.change_place",
    "archive_merge:retry": "archive.change_place",
    "archive_mentions:editor": READ,
    "archive_mentions:annotations": READ,
    "archive_mentions:places": WRITE,
    "archive_georeference:record": READ,
    "archive_georeference:editor": READ,
    "archive_georeference:work": READ,
    "archive_georeference:save": WRITE,
    "archive_lines:record": READ,
    "archive_lines:editor": READ,
    "archive_lines:job": READ,
    "archive_lines:read": WRITE,
    "archive_lines:read_record": WRITE,
    "archive_lines:record_job": READ,
    "archive_lines:steer_record": WRITE,
    "archive_lines:steer": WRITE,
    "archive_lines:transcribe": WRITE,
    "archive_lines:add": WRITE,
    "archive_lines:change": WRITE,
    "archive_review:sitting": CLEAR,
    "archive_review:touched": f"{CLEAR}|{WRITE}",
    "archive_review:decisions": "archive.view_decision",
    "archive_notices:index": READ,
    "archive_worklist:list": READ,
    "archive_worklist:next": READ,
    "archive_read_date": READ,
    "archive_export:index": READ,
    "archive_export:job": READ,
    "archive_export:progress": READ,
    "archive_export:retry": READ,
    "archive_export:cancel": READ,
    "archive_export:file": READ,
    "archive_batch:index": WRITE,
    "archive_changes:index": READ,
    "archive_changes:detail": READ,
    "archive_changes:undo": READ,
    "archive_changes:progress": READ,
    "archive_reports:site_history": "staff",
    "archive_reports:site_history_results": "staff",
    "archive_reports:workflow": "page",
    "archive_reports:workflow_results": "page",
    "archive_reports:workflow_tasks": "page",
    "archive_reports:workflow_tasks_results": "page",
    "archive_import:index": ADD,
    "archive_import:template": ADD,
    "archive_import:job": ADD,
    "archive_import:progress": ADD,
    "archive_import:report_file": ADD,
    "archive_import:retry": ADD,
    "archive_import:cancel": ADD,
    "media_admin:image": "media.view_scan",
    "media_scans:index": SCANS,
    "media_scans:index_results": SCANS,
    "media_scans:upload": ADD_SCANS,
    "media_scans:state": SCANS,
    "media_scans:preservation": "media.view_scan",
    "media_scans:retry": ADD_SCANS,
    "media_uploads:collection": ADD_SCANS,
    "media_uploads:item": ADD_SCANS,
    "media_uploads:retry": ADD_SCANS,
    "scan_chooser:choose": SCANS,
    "scan_chooser:choose_results": SCANS,
    "scan_chooser:chosen": SCANS,
    "scan_chooser:chosen_multiple": SCANS,
    "scan_chooser:create": SCANS,
    "record_link_chooser:choose": READ,
    "record_link_chooser:choose_results": READ,
    "record_link_chooser:chosen": READ,
    "record_link_chooser:chosen_multiple": READ,
    "record_link_chooser:create": READ,
    "record_chooser:choose": READ,
    "record_chooser:choose_results": READ,
    "record_chooser:chosen": READ,
    "record_chooser:chosen_multiple": READ,
    "record_chooser:create": READ,
    "wagtailsnippets_archive_record:add": ADD,
    "wagtailsnippets_archive_record:preview_on_add": ADD,
    "wagtailsnippets_archive_record:unpublish": "nobody",
    "wagtailsnippets_archive_record:revisions_unschedule": "nobody",
    "wagtailsnippets_archive_record:*": READ,
    "wagtailsnippets_archive_*": WORDS,
    "wagtailsnippetchoosers_archive_*": WORDS,
    "search_admin:explain": READ,
    "search_admin:state": "staff",
    "wagtailsnippets_search_synonymgroup:*": SYNONYMS,
    "wagtailsnippetchoosers_search_synonymgroup:*": SYNONYMS,
    "wagtailsnippets_exhibits_kiosk:*": "exhibits.add_kiosk|exhibits.change_kiosk|exhibits.view_kiosk",
    "wagtailsnippetchoosers_exhibits_kiosk:*": "exhibits.add_kiosk|exhibits.change_kiosk|exhibits.view_kiosk",
    # --- pages ---------------------------------------------------------------------------------------------
    "wagtailadmin_explore*": "page",
    "wagtailadmin_pages:*": "page",
    "wagtailadmin_choose_page": "page",
    "wagtailadmin_choose_page_child": "page",
    "wagtailadmin_choose_page_search": "page",
    "wagtailadmin_choose_page_chosen_multiple": "page",
    "wagtailadmin_choose_page_*_link": "staff",  # forms of plain addresses
    "wagtailadmin_api:pages:*": "staff",  # each lists the pages that the person may explore
    "simple_translation:*": "simple_translation.submit_translation",
    # --- Wagtail's own ------------------------------------------------------------------------------------
    "wagtailadmin_home": "staff",
    "wagtailadmin_account": "staff",
    "wagtailadmin_dismissibles": "staff",
    "wagtailadmin_editing_sessions:*": "staff",
    "wagtailadmin_block_preview": "staff",
    "wagtailadmin_tag_*": "staff",
    "wagtailadmin_error_test": "door",
    "admin/test404/": "staff",
    "admin//": "staff",  # any other address below /admin/: 404
    "wagtail_bulk_action": "staff",
    "wagtailadmin_reports:*": "page",
    "wagtailadmin_reports:site_history*": "staff",
    "wagtailsnippets:index": "staff",
    "wagtailadmin_api:documents:*": "staff",
    "wagtailadmin_api:images:*": "staff",
    "wagtaildocs_chooser:*": "staff",
    "wagtailimages_chooser:*": "staff",
    "wagtaildocs:*": "superuser",
    "wagtailimages:*": "superuser",
    "wagtailadmin_collections:*": "superuser",
    "wagtailadmin_workflows:*": "superuser",
    "wagtailsettings:*": "superuser",
    "wagtaillocales:*": "superuser",
    "wagtailsites:*": "wagtailcore.change_site|wagtailcore.view_site",
    "wagtailusers_users:*": "auth.add_user|auth.change_user",
    "wagtailusers_groups:*": "auth.view_group",
}


def of(route) -> str | None:
    """The audience of a route, or None where nobody has said for whom it is. The most exact entry counts."""
    fitting = [name for name in AUDIENCES if fnmatchcase(route.label, name)]
    return AUDIENCES[max(fitting, key=lambda name: (name.count("*") == 0, len(name)))] if fitting else None


def may_enter(audience: str, user) -> bool:
    """Whether a person (None: a visitor) is of an audience."""
    if audience in ("public", "door"):
        return True
    if user is None or not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return False
    if audience == "staff":
        return True
    if audience == "page":
        from wagtail.permissions import page_permission_policy

        return page_permission_policy.explorable_root_instance(user) is not None
    if audience in ("superuser", "nobody"):
        return user.is_superuser and audience == "superuser"
    return any(user.has_perm(permission) for permission in audience.split("|"))
