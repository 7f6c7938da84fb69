"""A small site whose every word is Vietnamese, with something in each state, so that English is the admin's."""

import io

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, Page

from archive import clearance, subjects
from archive.models import (
    Agent,
    ChangeSet,
    ChangeSetRow,
    Institution,
    PlaceMention,
    Record,
    RecordAgent,
    RecordArticle,
    RecordRelation,
    RecordTag,
    Source,
    Tag,
)
from archive.models.parts import Citation
from archive.records import save_record
from archive.roles import NAMES, ensure_roles
from exhibits.models import ArticlePage, ExhibitionPage, HomePage, Kiosk, SectionPage
from exhibits.site_setup import ensure_site
from media.models import Job
from tests import factories

PEOPLE = {"lan": "cataloguer", "minh": "reviewer", "hoa": "administrator", "nam": "hall_staff"}
STATES = ("draft", "submitted", "refused", "cleared", "edited", "withdrawn", "held")
PASSWORD = "Mat-khau-thu-nghiem-1974"
NAMED = {"name_vi": "Tên tiếng Việt", "name_en": "Tên khác"}


class World:
    """`people` by first name, `records` by state, `pages` by kind."""

    def __init__(self):
        self.people = {name: self.person(name, role) for name, role in PEOPLE.items()}
        self.author, self.reviewer = self.people["lan"], self.people["minh"]
        self.pages = self.make_pages()
        self.authorities = self.make_authorities()
        self.scan = factories.make_scan(self.author, "to-1.png", width=64, height=48)
        self.records = {state: self.make_record(state) for state in STATES}
        for state in STATES:
            self.bring_record(state)
        for user in self.people.values():
            TOTPDevice.objects.create(user=user, name="điện thoại")
        self.make_jobs()
        self.make_files()

    def person(self, name, role):
        user = get_user_model().objects.create_user(
            name, f"{name}@example.org", PASSWORD, first_name=name.title(), last_name="Trần"
        )
        user.groups.add(Group.objects.get(name=NAMES[role]))
        return user

    # --- pages ----------------------------------------------------------------------------------------

    def make_pages(self) -> dict:
        ensure_roles()
        homes = ensure_site()
        ensure_roles()
        HomePage.objects.update(title="Trang đầu", draft_title="Trang đầu", hero_title="Trang đầu", intro="Lời dẫn")
        home = HomePage.objects.get(pk=homes["vi"].pk)
        home.save_revision(user=self.author)
        pages = {"home": home, "english": homes["en"]}
        pages["exhibition"] = self.page(ExhibitionPage(title="Triển lãm", intro="Lời dẫn"), home)
        factories.clear(home, self.author, self.reviewer)
        factories.clear(pages["exhibition"], self.author, self.reviewer)
        pages["section"] = self.page(SectionPage(title="Phần hai", number=1, intro="Lời dẫn"), pages["exhibition"])
        pages["article"] = self.page(ArticlePage(title="Bài mới", intro="Lời dẫn"), home)
        clearance.submit(subjects.of(pages["article"]), self.author)
        self.kiosk = Kiosk.objects.create(
            slug="sanh-1", title_vi="Sảnh", title_en="Sảnh", exhibition=pages["exhibition"]
        )
        return pages

    def page(self, page, parent):
        page.owner, page.locale_id = self.author, parent.locale_id
        page.body = '[{"type": "paragraph", "value": "<p>Một đoạn văn.</p>"}]'
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        page.save_revision(user=self.author)
        return page

    # --- records --------------------------------------------------------------------------------------

    def make_authorities(self) -> dict:
        made = {
            model: model.objects.create(key=f"ma-{number + 1}", **NAMED)
            for number, model in enumerate((Agent, Institution, Source, Tag))
        }
        place = factories.make_place(names=(("黃沙", "lzh"),))
        type(place).objects.filter(pk=place.pk).update(name_en="Quần đảo Hoàng Sa", kind="island/reef")
        place.refresh_from_db()
        return {**made, type(place): place}

    def make_record(self, state: str) -> Record:
        place = next(one for model, one in self.authorities.items() if model.__name__ == "Place")
        record = Record(
            **factories.HOANG_SA
            | {"identifier": f"ban-do-{STATES.index(state) + 1}", "title_en": "Bản đồ", "description_en": "Bản đồ"}
        )
        record.institution = self.authorities[Institution]
        record.scans.add(factories.RecordScan(scan=self.scan, label_vi="Trang 1", label_en="Trang 1"))
        record.agents.add(RecordAgent(agent=self.authorities[Agent]))
        record.places.add(factories.RecordPlace(place=place))
        record.tags.add(RecordTag(tag=self.authorities[Tag]))
        record.citations.add(Citation(source=self.authorities[Source], pages="3"))
        record.articles.add(RecordArticle(number="Điều 1", heading_vi="Điều một"))
        record.mentions.add(
            PlaceMention(scan=self.scan, place=place, x=1, y=1, width=9, height=9, name_as_written="黃沙")
        )
        if first := Record.objects.first():
            record.relations.add(RecordRelation(kind="cites", related=first))
        save_record(record, self.author)
        return record

    def bring_record(self, state: str) -> None:
        record = self.records[state]
        if state == "draft":
            return
        if state in ("submitted", "refused"):
            clearance.submit(self.subject(record), self.author)
        else:
            factories.clear(record, self.author, self.reviewer)
        after = {"refused": clearance.refuse, "withdrawn": clearance.withdraw, "held": clearance.hold}.get(state)
        if after:
            after(self.subject(record), self.reviewer, "Cần sửa lại.")
        if state == "edited":
            record = Record.objects.get(pk=record.pk)
            record.title_vi = "Nhan đề mới"
            save_record(record, self.author)

    def subject(self, record):
        return subjects.of(Record.objects.get(pk=record.pk))

    # --- the rest ---------------------------------------------------------------------------------------

    def make_jobs(self) -> None:
        """An import in each state of its work, and what one of them wrote."""
        for state in Job.State.values:
            job = Job.objects.create(
                kind="import",
                queue="heavy",
                state=state,
                done=1,
                total=3,
                user=self.author,
                payload={"folder": "thumuc", "sheet": "bang.xlsx"},
            )
            Job.objects.create(kind="pyramid", queue="heavy", subject=f"scan:{self.scan.pk}", state=state)
            self.change_set = ChangeSet.objects.create(
                kind=ChangeSet.Kind.IMPORT, title="bang.xlsx", user=self.author, job=job, finished_at=timezone.now()
            )
        for number, action in enumerate(ChangeSetRow.Action.values, 2):
            ChangeSetRow.objects.create(
                change_set=self.change_set, number=number, action=action, identifier=f"ban-do-{number}"
            )
        self.job = job

    def make_files(self) -> None:
        """What Wagtail itself keeps, for the administrator's pages."""
        root = Collection.get_first_root_node()
        self.collection = root.add_child(instance=Collection(name="Ảnh tư liệu"))
        picture: io.BytesIO = factories.png(64, 48)
        self.image = Image.objects.create(title="Ảnh", file=ContentFile(picture.read(), "anh.png"))
        self.document = Document.objects.create(title="Tài liệu", file=ContentFile(b"%PDF-1.7", "tai-lieu.pdf"))
