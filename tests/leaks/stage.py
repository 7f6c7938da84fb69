"""A draft and a submitted record and page, full of planted words, beside one that is public: what every attempt to
publish by another way is tried on."""

import io
from dataclasses import dataclass, field

from django.test import Client
from django.urls import reverse

from archive import clearance
from archive.models import Edition, EditionImage, EditionMention, EditionPlace, Record, Tombstone
from exhibits.models import ClearedPage, PageRecord
from media import storage
from media.models import PublicImage
from search import indexer

from .arguments import FILES
from .probes import read
from .words import PUBLIC
from .world import World

MADE = ("base", "draft", "submitted")


@dataclass
class Stage:
    world: World
    superuser: object
    folder: object
    probes: int = 0
    found: list[str] = field(default_factory=list)

    def record(self, state: str) -> Record:
        return self.world.fresh(self.world.records[state])

    def page(self, state: str):
        return self.world.fresh(self.world.pages[state][0])

    def person(self, name: str):
        return self.superuser if name == "superuser" else self.world.people[name]

    def browser(self, name: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(self.person(name))
        return client

    def subject(self, state: str):
        return self.world.subject(self.world.records[state])

    def review(self, state: str) -> tuple[str, str]:
        """The address of a record's review page, and the digest that it shows."""
        subject = self.subject(state)
        return reverse("archive_review:review", args=[subject.key]), clearance.preview(subject)[1]

    # --- what is public --------------------------------------------------------------------------------------

    def public_state(self) -> dict:
        """All that makes anything public."""
        columns = ("pk", "title", "live", "live_revision_id", "cleared_number", "cleared_digest")
        return {
            "editions": list(Edition.objects.order_by("pk").values_list("subject", "number", "digest", "document")),
            "images": list(EditionImage.objects.order_by("pk").values_list("edition", "image_id")),
            "places": list(EditionPlace.objects.order_by("pk").values_list("edition", "key", "name_vi", "name_en")),
            "mentions": list(EditionMention.objects.order_by("pk").values_list("edition", "key", "name")),
            "files": sorted(PublicImage.objects.values_list("pk", flat=True)),
            "tombstones": list(Tombstone.objects.values_list("identifier", flat=True)),
            # A raw `live` alone shows nothing: what visitors see is asked for, and the addresses are.
            "pages": list(ClearedPage.objects.own_public().order_by("pk").values_list(*columns)),
            "named": list(PageRecord.objects.order_by("pk").values_list("page", "identifier")),
        }  # fmt: skip

    def look(self) -> list[str]:
        """Ask the public site for the hidden things, by every address they would have. Out: what it showed."""
        storage.mend_now()
        indexer.drain()
        found, visitor = [], Client(raise_request_exception=False)
        for address in self.addresses():
            answer = read(visitor.get(address))
            self.probes += 1
            shown = self.world.words.found(answer.data, address)
            found += [f"{address}: {word}" for word in shown if self.world.words.state(word) not in PUBLIC]
            found += [f"{address}: picture of {state}" for state in answer.pictures if state != "base"]
        return found

    def addresses(self) -> list[str]:
        found = ["/api/v1/items/", "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/iiif/collection/all.json"]
        found += [f"/sitemap/{kind}-1.xml" for kind in ("items", "places", "pages")]
        found += [f"/api/v1/suggest/?lang={lang}&q=zq" for lang in ("vi", "en")]
        for lang in ("vi", "en"):
            found += [f"/{lang}/", f"/{lang}/places/", f"/{lang}/search/?page_size=100", self.world.exhibition.url_path]
        for state in MADE[1:]:
            record = self.world.records[state]
            name = record.identifier
            found += [f"/{lang}/items/{name}/" for lang in ("vi", "en")]
            found += [f"/api/v1/items/{name}/", f"/iiif/presentation/{name}/manifest.json"]
            found += [f"/iiif/image/{self.world.image(state)}/{file}" for file in FILES[:2]]
            found += [page.url_path for page in self.world.pages[state]]
        return found


def build(superuser, folder) -> Stage:
    world = World()
    world.add_people()
    world.add_site()
    for state in MADE:
        world.add_record(state)
    for state in MADE:
        world.add_pages(state, state)
    for one in (world.records["base"], *world.pages["base"]):
        world.clear(one)
    for one in (world.records["submitted"], *world.pages["submitted"]):
        world.submit(one)
    world.add_homes()
    indexer.drain()
    return Stage(world, superuser, folder)


def sheet(stage: Stage, name: str, *rows) -> object:
    """A CSV in the stage's folder."""
    path = stage.folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def quiet() -> dict:
    return {"stdout": io.StringIO(), "stderr": io.StringIO()}
