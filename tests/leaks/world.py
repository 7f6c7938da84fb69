"""A site with a record, a scan and pages in each state, each full of words of its own."""

import contextlib
import io
import json
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Page

from archive import clearance, subjects
from archive.exporting import run as exporting
from archive.exporting.formats import FORMATS
from archive.models import ChangeSet, ChangeSetRow, Record
from archive.records import save_record
from archive.roles import NAMES, ensure_roles
from exhibits.models import ArticlePage, ExhibitionPage, HomePage, Kiosk, SectionPage
from exhibits.site_setup import ensure_site
from media import georeferencing, ingest, jobs, renditions
from media.models import Job, Rendition, Scan
from search import indexer

from . import pictures
from .planting import Planter
from .words import Words

# Hidden from everybody but reviewers.
HELD = ("held", "held_draft")
# In the order in which they are made: "base" is related to none, "deleted" is named by none. "renewed" says first what
# its former edition said; "cleared" gets a later edit that nobody clears, and its authorities other names.
STATES = ("base", "draft", "submitted", "refused", "withdrawn", *HELD, "renewed", "cleared", "deleted")
IDENTIFIERS = {"withdrawn": "tombstone", "held": "tombstone"}
RELATED = {"cleared": "draft", "renewed": "held", "held": "draft"}
ROLES = {
    "author": "cataloguer",
    "importer": "cataloguer",
    "cataloguer": "cataloguer",
    "reviewer": "reviewer",
    "administrator": "administrator",
    "hall": "hall_staff",
    "revoked": "reviewer",
}


@dataclass
class World:
    words: Words = field(default_factory=Words)
    records: dict[str, Record] = field(default_factory=dict)
    pages: dict[str, list[Page]] = field(default_factory=dict)
    scans: dict[str, Scan] = field(default_factory=dict)
    planters: dict[str, Planter] = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    kiosk: Kiosk = None
    homes: dict = field(default_factory=dict)
    exhibition: Page = None

    def image(self, state: str) -> str:
        return Rendition.objects.get(scan=self.scans[state], max_width=0).image_id

    def reason(self, state: str) -> str:
        return self.words.plant(state, "Decision.reason")

    # --- making ---------------------------------------------------------------------------------------

    def add_people(self) -> None:
        """An author, who wrote everything, and the actors of the probes."""
        for name, role in ROLES.items():
            user = get_user_model().objects.create_user(name, f"{name}@example.org", "Mat-khau-thu-nghiem-1974")
            user.groups.add(Group.objects.get(name=NAMES[role]))
            self.people[name] = user

    def add_record(self, state: str) -> None:
        author = self.people["author"]
        name = self.words.plant(state, "Scan.original_name")
        scan = self.scans[state] = ingest.ingest(pictures.picture(STATES.index(state)), f"{name}.png", author)
        self.words.images |= {renditions.make_now(scan).image_id: state, scan.sha256: state}
        self.place(scan, state)
        related = self.records.get(RELATED.get(state, "base"))
        planter = self.planters[state] = Planter(self.words, state, related, scan)
        identifier = self.words.plant(IDENTIFIERS.get(state, state), "Record.identifier")
        if state == "renewed":
            planter.all_authorities()
            planter.state = "former"
        gap = {"significance_en": ""} if state == "held_draft" else {}  # for the list of what is missing
        self.records[state] = planter.record(author, identifier=identifier, **gap)

    def place(self, scan: Scan, state: str) -> None:
        """Three control points, each with a note."""
        corners = ((0, 0, 105, 20), (100, 0, 115, 20), (0, 100, 105, 10))
        points = [
            {"x": x, "y": y, "lon": lon, "lat": lat, "label": self.words.plant(state, "Georeference.label")}
            for x, y, lon, lat in corners
        ]
        worked = georeferencing.work_out(scan, 1, "affine", points, [])
        georeferencing.store(scan, 1, worked, self.people["author"], "")

    def add_pages(self, state: str, text: str) -> None:
        """An article and a section of the exhibition that name the records of every state; `text`: of whose words."""
        number = STATES.index(state) + 1
        named = [{"type": "record", "value": {"record": one.identifier, "caption": ""}} for one in self.nameable()]
        article, section = ArticlePage(), SectionPage(number=number)
        for page, parent in ((article, self.homes["vi"]), (section, self.exhibition)):
            page.slug = self.words.plant(state, f"{type(page).__name__}.slug")
            self.fill_page(page, text, named, skip=("slug",))
            page.owner, page.locale_id = self.people["author"], parent.locale_id
            Page.objects.get(pk=parent.pk).add_child(instance=page)
            page.save_revision(user=self.people["author"])
        self.pages[state] = [article, section]

    def fill_page(self, page, state: str, named=(), skip=()) -> None:
        Planter(self.words, state).fill(page, skip)
        word = self.words.plant(state, f"{type(page).__name__}.body")
        page.body = json.dumps([{"type": "paragraph", "value": f"<p>{word}</p>"}, *named])

    def add_site(self) -> None:
        """The home pages, the exhibition and its kiosk, all public."""
        self.homes = ensure_site()
        ensure_roles()
        self.exhibition = ExhibitionPage(locale_id=self.homes["vi"].locale_id, owner=self.people["author"])
        self.fill_page(self.exhibition, "base")
        Page.objects.get(pk=self.homes["vi"].pk).add_child(instance=self.exhibition)
        self.exhibition.save_revision(user=self.people["author"])
        self.clear(self.exhibition)
        self.kiosk = Kiosk(slug="sanh-chinh", exhibition=self.exhibition)
        Planter(self.words, "internal").fill(self.kiosk, skip=("slug",))
        self.kiosk.save()

    def add_homes(self) -> None:
        """The home pages' text, cleared: a strip of one place on the maps of every record that a page may name."""
        entries = [{"record": one.identifier, "name": "", "focus": ""} for one in self.nameable()]
        for lang in ("vi", "en"):
            home = HomePage.objects.get(pk=self.homes[lang].pk)
            title = self.words.plant("base", "HomePage.strip")
            strip = {"type": "strip", "value": {"title": title, "intro": "", "entries": entries}}
            self.fill_page(home, "base", [strip], skip=("slug",))
            home.featured = self.exhibition if lang == "vi" else None
            home.save_revision(user=self.people["author"])
            self.clear(home)

    def nameable(self) -> list[Record]:
        """A page's own text isn't hidden with a record that it names; so none names the one that was never public."""
        return [one for name, one in self.records.items() if name != "held_draft"]

    # --- acts --------------------------------------------------------------------------------------------

    def fresh(self, instance):
        return type(instance)._base_manager.get(pk=instance.pk)

    def subject(self, instance):
        return subjects.of(self.fresh(instance))

    def submit(self, instance) -> None:
        clearance.submit(self.subject(instance), self.people["author"])

    def clear(self, instance) -> None:
        self.submit(instance)
        subject = self.subject(instance)
        digest = clearance.preview(subject)[1]
        comment = self.words.plant("comments", "Decision.reason")
        clearance.clear(subject, digest, self.people["reviewer"], clearance.CHECKLIST, comment=comment)

    def edit_record(self, state: str, into: str) -> None:
        """Write other words into every text field of a record and of its children."""
        record, planter = self.fresh(self.records[state]), self.planters[state]
        other = Planter(self.words, into, planter.related, planter.scan)
        other.fill(record, skip=("identifier",))
        for name in record_children():
            children = list(getattr(record, name).all())
            for child in children:
                other.fill(child)
            getattr(record, name).set(children)
        save_record(record, self.people["author"])

    def edit_page(self, page, into: str) -> None:
        page = self.fresh(page)
        self.fill_page(page, into, skip=("slug",))
        page.save_revision(user=self.people["author"])

    def rename_authorities(self, state: str) -> None:
        """Give every authority of a cleared record other words, which nobody cleared."""
        for model, authority in self.planters[state].authorities.items():
            authority = model.objects.get(pk=authority.pk)
            Planter(self.words, "renamed").fill(authority, skip=("key",))
            for name in ("names",) if hasattr(authority, "names") else ():
                children = list(getattr(authority, name).all())
                for child in children:
                    Planter(self.words, "renamed").fill(child)
                getattr(authority, name).set(children)
            authority.save()
            clearance.note_authority(authority, self.people["author"])

    def decide(self) -> None:
        """Bring everything into its last state."""
        reviewer = self.people["reviewer"]
        self.edit_record("renewed", into="renewed")
        self.clear(self.records["renewed"])
        self.edit_record("cleared", into="edit")
        self.rename_authorities("cleared")
        for page in self.pages["renewed"]:
            self.edit_page(page, into="renewed")
            self.clear(page)
        for page in self.pages["cleared"]:
            self.edit_page(page, into="edit")
        for state in ("submitted", "refused"):
            for one in (self.records[state], *self.pages[state]):
                self.submit(one)
                if state == "refused":
                    clearance.refuse(self.subject(one), reviewer, self.reason(state))
        for one in (self.records["withdrawn"], *self.pages["withdrawn"]):
            clearance.withdraw(self.subject(one), reviewer, self.reason("withdrawn"))
        for state in HELD:
            for one in (self.records[state], *self.pages[state]):
                clearance.hold(self.subject(one), reviewer, self.reason(state))
        for one in (self.records["deleted"], *self.pages["deleted"]):
            self.fresh(one).delete()

    # --- papers ---------------------------------------------------------------------------------------------

    def add_papers(self, folder) -> None:
        """An import and a batch edit that touched hidden records, and a reviewer's export of everything."""
        held = self.records["held_draft"]
        edit = ChangeSet.objects.create(kind=ChangeSet.Kind.BATCH, title="Sửa nguồn gốc", user=self.people["author"])
        updated = ChangeSetRow.Action.UPDATED
        ChangeSetRow.objects.create(change_set=edit, number=1, action=updated, record=held, identifier=held.identifier)
        sheet = folder / "bang.csv"
        sheet.write_text(f"Số hiệu,Loại hình,Nhan đề (vi)\n{held.identifier},map,Nhan đề khác\n", encoding="utf-8")
        with contextlib.suppress(SystemExit):  # the row is refused
            call_command(
                "import_records", sheet, user="importer", update=True, stdout=io.StringIO(), stderr=io.StringIO()
            )
        for kind in FORMATS:
            exporting.start(Record.objects.all(), kind, "vi", True, self.people["reviewer"])
        Job.objects.filter(kind="pyramid").update(state=Job.State.CANCELLED)
        while job := jobs.claim("heavy", "test"):
            jobs.run(job)


def record_children() -> list[str]:
    from modelcluster.models import get_all_child_relations

    return [relation.get_accessor_name() for relation in get_all_child_relations(Record)]


def build(folder, standing=lambda world: None) -> World:
    """Make the world. In: a folder for its papers; standing(world), called while all that was ever cleared stands."""
    world = World()
    world.add_people()
    world.add_site()
    for state in STATES:
        world.add_record(state)
    for state in STATES:
        world.add_pages(state, "former" if state == "renewed" else state)
    for state in ("base", "renewed", "cleared", "withdrawn", "held"):
        world.clear(world.records[state])
        for page in world.pages[state]:
            world.clear(page)
    world.add_homes()
    indexer.drain()
    standing(world)
    world.decide()
    world.add_papers(folder)
    indexer.drain()
    revoke(world.people["revoked"])
    return world


def revoke(user) -> None:
    user.is_active = False
    user.save()
