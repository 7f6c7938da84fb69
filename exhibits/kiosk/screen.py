"""What a kiosk shows: cleared pages and standing editions of one exhibition, in one language."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property

from archive.merged import keys_of
from archive.place_mentions import A_PAGE, cut_outs, number_of, public_place_entry
from exhibits.blocks import cuts
from exhibits.models import ExhibitionPage, HomePage, Kiosk, SectionPage
from exhibits.page_document import record_keys
from exhibits.standing import standing_documents

LANGUAGES = ("vi", "en")
TEXT_BLOCKS = ("heading", "paragraph", "claim")


@dataclass
class Screen:
    """A kiosk in a language. Everything it hands out is public already."""

    kiosk: Kiosk
    lang: str

    def url(self, name: str, *args, lang: str | None = None) -> str:
        return reverse(f"exhibits:kiosk_{name}", args=[self.kiosk.slug, lang or self.lang, *args])

    @property
    def other_lang(self) -> str:
        return "en" if self.lang == "vi" else "vi"

    @property
    def idle_url(self) -> str:
        """Where an abandoned screen returns to: its first page in Vietnamese."""
        return self.url("start", lang="vi")

    @cached_property
    def exhibition(self) -> ExhibitionPage | None:
        chosen = self.kiosk.exhibition
        if chosen.locale.language_code != self.lang:
            translations = ExhibitionPage.objects.filter(translation_key=chosen.translation_key)
            chosen = translations.select_related("locale").filter(locale__language_code=self.lang).first()
        return chosen if chosen and chosen.is_public() else None

    @cached_property
    def home(self) -> HomePage | None:
        if self.exhibition is None:
            return None
        path = self.exhibition.path[: -self.exhibition.steplen]
        return HomePage.objects.own_public().filter(path=path).first()

    @cached_property
    def sections(self) -> list[SectionPage]:
        return self.exhibition.public_sections() if self.exhibition else []

    def section(self, number: int) -> SectionPage | None:
        return next((section for section in self.sections if section.number == number), None)

    def shown_in(self, section: SectionPage) -> list[dict]:
        """The documents of a section's records, in the order of reading."""
        keys = record_keys(section)
        documents = standing_documents(keys)
        return [documents[key] for key in keys if key in documents]

    def places_in(self, section: SectionPage) -> list[dict]:
        """The places that a section shows through the maps."""
        keys = dict.fromkeys(block.value["place"] for block in section.body if block.block_type == "place")
        return [place for key in keys if (place := self.place(key))]

    def words_of(self, section: SectionPage):
        """The blocks of a section that are words alone."""
        return [block for block in section.body if block.block_type in TEXT_BLOCKS]

    @cached_property
    def strip(self):
        """The home page's first "same place" block, or None."""
        body = self.home.body if self.home else []
        return next((block.value for block in body if block.block_type == "strip"), None)

    @cached_property
    def maps_url(self) -> str:
        """Where the dock's third entry leads: the home page's strip, else its first place block, else "" for none."""
        if self.strip is not None:
            return self.url("maps")
        body = self.home.body if self.home else []
        keys = (block.value["place"] for block in body if block.block_type == "place")
        return next((self.url("place", key) for key in keys if self.place(key)), "")

    def place(self, key: str) -> dict | None:
        """A place as the newest standing edition that names it has it, or None."""
        return public_place_entry(key)

    def place_cuts(self, key: str, page) -> dict:
        """{"cuts" of one page, "page", "page_before", "page_after": numbers or None}; the nearest page there is."""
        keys = keys_of("place", [key])
        found = Paginator(range(number_of(keys)), A_PAGE).get_page(page)
        return {
            "cuts": cut_outs(keys, (found.number - 1) * A_PAGE),
            "page": found.number,
            "page_before": found.previous_page_number() if found.has_previous() else None,
            "page_after": found.next_page_number() if found.has_next() else None,
        }

    def strip_cuts(self) -> list[dict]:
        if self.strip is None:
            return []
        entries = self.strip["entries"]
        return cuts(entries, standing_documents([entry["record"] for entry in entries]))
