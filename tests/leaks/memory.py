"""What a visitor's browser remembers of what stood: addresses with their ETags, asked again after it was taken down."""

from dataclasses import dataclass

from django.test import Client

from . import audiences
from .arguments import Arguments
from .probes import LANGUAGES, Actor, Probes
from .routes import routes
from .world import World

TAKEN_DOWN = ("withdrawn", "held")  # both stood
# What shows one thing, whose key stands in the address: gone with it.
OWN = {
    "archive_pages:item", "archive_pages:place", "archive:manifest", "archive:content_search", "archive:api_item",
    "archive:annotations", "archive:text", "archive:content_search_1", "media:image", "wagtail_serve",
    "exhibits:kiosk_item", "exhibits:kiosk_section", "exhibits:kiosk_place", "archive:georeference", "archive:mesh",
}  # fmt: skip


# Another edition of the same scan shows the same picture, and answers an empty search alike.
SAME = (
    "media:image", "archive_pages:place", "exhibits:kiosk_item", "archive:content_search", "archive:content_search_1",
    "exhibits:kiosk_place", "archive:georeference", "archive:mesh",
)  # fmt: skip


@dataclass(frozen=True)
class Remembered:
    route: str
    address: str
    lang: str
    etag: str
    state: str


def remember(world: World) -> list[Remembered]:
    """Every public address of what will be taken down, and of what gets another edition, as a visitor finds it now."""
    found = []
    for state in (*TAKEN_DOWN, "renewed"):
        values = Arguments(world, (state,))
        for route in routes():
            if audiences.of(route) != "public" or route.label not in OWN:
                continue
            for chosen in values.of(route):
                for lang in LANGUAGES:
                    address = route.address(chosen, lang)
                    response = Client().get(address, headers={"accept-language": LANGUAGES[lang]})
                    if response.status_code == 200 and is_about(route, chosen, world, state):
                        found.append(Remembered(route.label, address, lang, response.headers.get("ETag", ""), state))
    return found


def is_about(route, chosen: dict, world: World, state: str) -> bool:
    """Whether an address is of this state's own things; sections and paths of the others are among the arguments."""
    if route.label == "exhibits:kiosk_section":
        return chosen["number"] == world.pages[state][1].number
    if route.label == "wagtail_serve":
        return any(page.slug in chosen["group1"] for page in world.pages[state])
    return True


def ask_again(probes: Probes, visitor: Actor, remembered: list[Remembered]) -> list[str]:
    """Ask each with its ETag, by GET, HEAD and for a part. Out: what was answered as if it still stood."""
    wrong = []
    for one in remembered:
        for method, more in (("get", {}), ("head", {}), ("get", {"range": "bytes=0-99"})):
            headers = {"if-none-match": one.etag or '"x"', **more}
            answer = probes.ask(visitor, one.route, one.address, method, lang=one.lang, **headers)
            gone = one.state in TAKEN_DOWN
            same = one.state == "renewed" and one.route in SAME
            if answer.status not in ((404, 410) if gone else (200, 304) if same else (200,)):
                wrong.append(f"{method} {one.address} ({one.state}): {answer.status}")
    return wrong
