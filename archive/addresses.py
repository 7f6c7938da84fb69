"""Absolute public addresses of what the archive publishes. Pure: the caller hands over PUBLIC_BASE_URL."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit


@dataclass(frozen=True)
class Addresses:
    """Addresses below `base` (scheme and host, no slash at the end); they are promises, see docs."""

    base: str

    @property
    def host(self) -> str:
        """Host name without port: "hoangsa.phutho.gov.vn"."""
        return urlsplit(self.base).hostname or "localhost"

    def home(self, lang: str) -> str:
        return f"{self.base}/{lang}/"

    def permanent(self, identifier: str) -> str:
        """What a QR code holds; it redirects to the visitor's language."""
        return f"{self.base}/id/{identifier}"

    def item(self, lang: str, identifier: str) -> str:
        return f"{self.base}/{lang}/items/{identifier}/"

    def place(self, lang: str, key: str) -> str:
        return f"{self.base}/{lang}/places/{key}/"

    def api_items(self) -> str:
        return f"{self.base}/api/v1/items/"

    def api_item(self, identifier: str) -> str:
        return f"{self.base}/api/v1/items/{identifier}/"

    def manifest(self, identifier: str) -> str:
        return f"{self.base}/iiif/presentation/{identifier}/manifest.json"

    def canvas(self, identifier: str, index: int) -> str:
        """Canvas of the scan at `index`, counted from 1. A name inside the manifest, not a page."""
        return f"{self.base}/iiif/presentation/{identifier}/canvas/{index}"

    def annotations(self, identifier: str, index: int) -> str:
        """Place mentions on the scan at `index`, counted from 1, as Web Annotations."""
        return f"{self.base}/iiif/presentation/{identifier}/annotations/{index}.json"

    def georeference(self, identifier: str, index: int) -> str:
        """Where the scan at `index`, counted from 1, lies on the earth, as a IIIF Georeference annotation."""
        return f"{self.base}/iiif/presentation/{identifier}/georeference/{index}.json"

    def all_annotations(self, identifier: str) -> str:
        """Names those of all scans together; not a page."""
        return f"{self.base}/iiif/presentation/{identifier}/annotations"

    def text(self, identifier: str, index: int) -> str:
        """What is written on the scan at `index`, counted from 1, as Web Annotations."""
        return f"{self.base}/iiif/presentation/{identifier}/text/{index}.json"

    def range(self, identifier: str, index: int) -> str:
        """A part of the document; 0: all of its parts. A name inside the manifest, not a page."""
        return f"{self.base}/iiif/presentation/{identifier}/range/{index}"

    def collection(self, slug: str) -> str:
        return f"{self.base}/iiif/collection/{slug}.json"

    def collection_part(self, slug: str, number: int) -> str:
        """A part of a large collection, counted from 1."""
        return f"{self.base}/iiif/collection/{slug}/{number}.json"

    def content_search(self, identifier: str, query: str | None = None, motivation: str = "") -> str:
        address = f"{self.base}/iiif/search/{identifier}"
        asked = f"&motivation={quote(motivation)}" if motivation else ""
        return address if query is None else f"{address}?q={quote(query)}{asked}"

    def content_search_1(self, identifier: str, query: str | None = None, motivation: str = "") -> str:
        """As content_search(), after version 1.0."""
        return self.content_search(f"1/{identifier}", query, motivation)

    def image(self, image_id: str) -> str:
        """IIIF Image service."""
        return f"{self.base}/iiif/image/{image_id}"

    def thumbnail(self, image_id: str, width: int) -> str:
        """JPEG `width` pixels wide."""
        return f"{self.image(image_id)}/full/{width},/0/default.jpg"

    def oai(self) -> str:
        return f"{self.base}/oai"

    def oai_identifier(self, identifier: str) -> str:
        return f"oai:{self.host}:{identifier}"

    def oai_record(self, identifier: str) -> str:
        """The record as oai_dc."""
        name = quote(self.oai_identifier(identifier), safe="")
        return f"{self.oai()}?verb=GetRecord&metadataPrefix=oai_dc&identifier={name}"
