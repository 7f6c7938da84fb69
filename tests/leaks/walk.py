"""The walk: every route, with everything that could name a hidden thing, as each actor."""

from django.test import Client

from . import audiences, questions
from .arguments import Arguments
from .probes import LANGUAGES, Actor, Probes
from .routes import routes
from .words import PUBLIC
from .world import HELD, STATES, World

# Breaks on purpose; ends the session of whoever asks; names its device to a person's own session alone.
PASSED_OVER = {"wagtailadmin_error_test", "wagtailadmin_logout", "wagtail_2fa_device_remove"}
# What a screen in the hall asks for; where an author's work is listed.
ONLY = {
    "kiosk": ("exhibits:", "media:image", "archive_pages:", "wagtail_serve"),
    "author": ("archive_", "media_scans", "wagtailadmin_home", "wagtailsnippets_archive_record:list"),
}
# Staff see of the public site what visitors see; they ask each of its addresses once.
CONTROLS = ("reviewer", "superuser")  # nothing is hidden from them
MOST, FEW = 60, 3  # addresses of a route: for those who may enter, and for those who are refused at the door
FOR_ALL = ("visitor", "kiosk")


# Where those who may see a held record see it, so that the others' empty answers mean something.
HELD_SHOWS = {
    "wagtailsnippets_archive_record:list", "wagtailsnippets_archive_record:edit",
    "wagtailsnippets_archive_record:history",
    "wagtailsnippets_archive_record:revisions_view", "wagtailsnippets_archive_record:revisions_compare",
    "wagtailsnippets_archive_record:usage", "wagtailsnippets_archive_place:usage", "record_chooser:choose",
    "record_link_chooser:choose", "media_scans:index", "media_scans:state", "media_admin:image", "scan_chooser:choose",
    "archive_review:queue", "archive_review:review", "archive_review:preview", "archive_reports:site_history",
    "archive_worklist:list", "archive_changes:detail", "archive_export:file", "archive_review:decisions",
    "wagtailadmin_explore", "wagtailadmin_pages:search", "wagtailadmin_pages:edit", "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:revisions_view", "wagtailadmin_pages:history", "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_search", "wagtailadmin_api:pages:listing", "wagtailadmin_api:pages:detail",
    "wagtail_bulk_action", "wagtailadmin_pages:type_use",
}  # fmt: skip


def actors(world: World, superuser) -> dict[str, Actor]:
    """Everybody who asks. The superuser may see all: the control of what the administration shows."""
    hidden = set(world.words.states.values()) - set(PUBLIC)
    everything = tuple(state for state in STATES)
    some = ("held", "held_draft", "draft", "cleared")
    # Nothing is hidden from them: they show that the words can be seen where others must not see them.
    control = ("held_draft",)
    people = world.people
    made = {
        "visitor": Actor("visitor", client(), None, hidden, everything),
        "kiosk": Actor("kiosk", client(), None, hidden, everything),
        "revoked": Actor("revoked", client(people["revoked"]), None, hidden, some[:3]),
        "hall": Actor("hall", client(people["hall"]), people["hall"], hidden - {"internal"}, some),
        "reviewer": Actor("reviewer", client(people["reviewer"]), people["reviewer"], set(), control),
        "superuser": Actor("superuser", client(superuser), superuser, set(), control),
    }
    for name in ("cataloguer", "administrator"):
        made[name] = Actor(name, client(people[name]), people[name], set(HELD), HELD)
    author = world.people["author"]
    # Who wrote a held record doesn't see it either: a notice tells them which it is, by what addresses it.
    told = frozenset({"Record.identifier", "ArticlePage.slug", "SectionPage.slug"})
    made["author"] = Actor("author", client(author), author, set(HELD), (), told)
    made["kiosk"].client.get(f"/kiosk/{world.kiosk.slug}/", follow=True)
    return made


def client(user=None) -> Client:
    """A browser, with the session of a person. One who was locked out afterwards still holds it."""
    made = Client(raise_request_exception=False)
    if user is not None:
        active, user.is_active = user.is_active, True
        user.save(update_fields=["is_active"])
        made.force_login(user)
        user.is_active = active
        user.save(update_fields=["is_active"])
    return made


def stays_logged_in(actor: Actor) -> bool:
    """Whether the session of somebody who may enter the administration still opens it."""
    return actor.client.get("/admin/").status_code == 200


def walk(probes: Probes, actor: Actor) -> None:
    """Ask every route as one actor: GET and, once an address, HEAD; public addresses in both languages."""
    values = Arguments(probes.world, actor.states)
    turn = 0
    for route in routes():
        audience = audiences.of(route)
        if route.label in PASSED_OVER or (actor.name in ONLY and not route.label.startswith(ONLY[actor.name])):
            continue
        if actor.name in CONTROLS and may_ask(audience, actor) and route.label not in HELD_SHOWS:
            continue
        for chosen in values.of(route)[: MOST if may_ask(audience, actor) else FEW]:
            asked = questions.of(route, values) if may_ask(audience, actor) else [""]
            asked = asked[:1] if audience == "public" and actor.name not in FOR_ALL else asked
            for query in asked:
                turn += 1
                both = route.names_language or audience == "public" or not (route.parameters or query)
                both = both and may_ask(audience, actor) and (audience != "public" or actor.name in FOR_ALL)
                for lang in LANGUAGES if both else [list(LANGUAGES)[turn % 2]]:
                    address = route.address(chosen, lang)
                    probes.ask(actor, route.label, with_query(address, query, lang, audience), lang=lang)
            if audience == "public" and actor.name in FOR_ALL:
                probes.ask(actor, route.label, route.address(chosen), "head")


def may_ask(audience, actor: Actor) -> bool:
    return audiences.may_enter(audience or "superuser", actor.user)


def with_query(address: str, query: str, lang: str, audience: str) -> str:
    parts = [query] if query else []
    if audience == "public" and lang == "en" and not address.startswith("/en/"):
        parts.append("lang=en")
    return f"{address}?{'&'.join(parts)}" if parts else address
