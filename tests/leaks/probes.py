"""Asking an address as an actor, and looking into everything that comes back."""

import gzip
import io
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import unquote, urlencode

from django.test import Client

from . import pictures
from .world import STATES, World

LANGUAGES = {"vi": "vi", "en": "en-GB,en;q=0.8"}


@dataclass
class Answer:
    """What came back: status, all that was said (headers, and the body unpacked), and whose pictures it shows."""

    status: int
    headers: dict
    data: bytes
    pictures: set[str]


@dataclass(frozen=True)
class Hit:
    """A word or picture that this actor shouldn't have seen."""

    actor: str
    route: str
    address: str
    state: str
    place: str
    word: str

    def __str__(self):
        return f"{self.actor}: {self.route}: {self.address}: {self.place} of {self.state} ({self.word})"


@dataclass
class Actor:
    """Somebody who asks; `user` None is a visitor. `forbidden`: states whose words they may not see."""

    name: str
    client: Client
    user: object
    forbidden: set[str]
    states: tuple[str, ...]  # what their probes' arguments are taken from
    told: frozenset[str] = frozenset()  # places whose words they may read all the same


@dataclass
class Probes:
    """Counts what was asked, and keeps what leaked, what broke, and which routes showed a permitted word."""

    world: World
    asked: Counter = field(default_factory=Counter)
    hits: list[Hit] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    seen: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # (actor, route): states whose words it held
    statuses: dict[tuple[str, str], set[int]] = field(default_factory=dict)  # (actor, route): statuses

    def ask(
        self, actor: Actor, route: str, address: str, method: str = "get", data=None, lang="vi", **headers
    ) -> Answer:
        headers = {"accept-language": LANGUAGES[lang], **headers}
        options = {"data": data} if data is not None else {}
        response = getattr(actor.client, method)(address, headers=headers, **options)
        answer = read(response)
        self.asked[actor.name] += 1
        self.statuses.setdefault((actor.name, route), set()).add(answer.status)
        if answer.status >= 500 and answer.status != 503:
            self.broken.append(f"{actor.name}: {route}: {address}: {answer.status}")
        self._look(actor, route, address, data, answer)
        return answer

    def _look(self, actor, route, address, data, answer) -> None:
        words = self.world.words
        asked = unquote(address) + (urlencode(data, doseq=True) if data else "")
        for word in words.found(answer.data, asked):
            self.seen.setdefault((actor.name, route), set()).add(words.state(word))
            if words.state(word) in actor.forbidden and words.place(word) not in actor.told:
                self.hits.append(Hit(actor.name, route, address, words.state(word), words.place(word), word))
        for state in answer.pictures:
            self.seen.setdefault((actor.name, route), set()).add(state)
            if state in actor.forbidden:
                self.hits.append(Hit(actor.name, route, address, state, "picture", "-"))


def grouped(hits: list[Hit]) -> list[str]:
    """Hits as one line for each actor, route and state, with where the words come from and one address."""
    groups: dict[tuple, list[Hit]] = {}
    for hit in hits:
        groups.setdefault((hit.actor, hit.route, hit.state), []).append(hit)
    lines = []
    for (actor, route, state), some in sorted(groups.items()):
        places = ", ".join(sorted({hit.place for hit in some}))
        lines.append(f"{actor} reads {state} at {route} ({len(some)}): {places}: {some[0].address}")
    return lines


def read(response) -> Answer:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {unquote(str(value))}" for name, value in response.items())
    shown = set()
    if response.headers.get("Content-Type", "").startswith("image/") and b"<svg" not in body[:200]:
        shown = {STATES[number] for number in pictures.shown(body) if number < len(STATES)}
    return Answer(response.status_code, dict(response.items()), headers.encode() + b"\n" + unpacked(body), shown)


def unpacked(body: bytes) -> bytes:
    """A body as it can be searched: an archive or spreadsheet as the text of its parts."""
    if body[:2] == b"\x1f\x8b":
        return gzip.decompress(body)
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = archive.namelist()
            return "\n".join(names).encode() + b"\n".join(unpacked(archive.read(name)) for name in names)
    return body
