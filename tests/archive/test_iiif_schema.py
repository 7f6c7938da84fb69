"""What we give out, read by the IIIF consortium's own classes, which are made of Presentation 3.0's JSON schema."""

import pytest

from archive.annotations import canvas_page, whole_page
from archive.presentation.collection import SLUGS, collection
from archive.presentation.content_search import search_page
from archive.presentation.manifest import manifest
from archive.presentation.texts import text_page
from tests.conftest import missing
from tests.support import iiif

from .samples import bare, document, scan
from .test_content_search import BASE, told


def given_out() -> list:
    """[class, document] of everything."""
    several = document(kind="book", scans=[scan(f"{number:016x}") for number in range(3)])
    holder = {"key": "bnf", "name": {"vi": "Thư viện", "en": "Library"}, "url": "https://www.bnf.fr/"}
    found = [["Manifest", manifest(doc, BASE)] for doc in (told(), bare(), several, document(institution=holder))]
    found += [["Collection", collection(slug, [("a-1", "Một", "One"), ("a-2", "Hai", "")], BASE)] for slug in SLUGS]
    found += [["AnnotationPage", page(told(), 1, BASE)] for page in (canvas_page, text_page)]
    found += [["AnnotationPage", whole_page(told(), BASE)], ["AnnotationPage", search_page(told(), "sandbank", BASE)]]
    return found


def broken() -> list:
    made = [["Manifest", manifest(told(), BASE)] for _number in range(4)]
    made[0][1].pop("label")
    made[1][1]["items"][0]["id"] = "canvas/1"
    made[2][1]["structures"][0]["items"] = "canvas/1"
    made[3][1]["summary"] = {"vi": "không phải danh sách"}
    return made


def test_all_is_as_the_schema_asks():
    if not iiif.ready():
        missing("the IIIF validators (make test installs them)")
    sound, faulty = given_out(), broken()
    answers = iiif.ask("presentation", given=sound + faulty)
    assert answers[: len(sound)] == [[]] * len(sound)
    assert all(answers[len(sound) :]), "each of these has a fault"


@pytest.mark.parametrize("kind, made", given_out())
def test_every_address_is_absolute_and_no_part_lacks_a_type(kind, made):
    def parts(data):
        for part in data.values() if isinstance(data, dict) else data:
            if isinstance(part, dict):
                yield part
            if isinstance(part, dict | list):
                yield from parts(part)

    for part in parts(made):
        assert str(part.get("id", BASE)).startswith("https://")
        assert not ("id" in part and "type" not in part)
    assert made["type"] == kind
