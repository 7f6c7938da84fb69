"""Which record, page and side a file's name means."""

import unicodedata

import pytest

from archive.importing.file_names import Claim, claims

NAMES = [
    ("vn-map-1838", [Claim("vn-map-1838")]),
    ("VN-Map-1838", [Claim("vn-map-1838")]),
    ("dover", [Claim("dover")]),  # not the recto of "dove"
    ("vn-map-1838_001r", [Claim("vn-map-1838", 1, "recto")]),
    ("vn-map-1838_001_verso", [Claim("vn-map-1838", 1, "verso")]),
    ("vn-map-1838 2 mặt sau", [Claim("vn-map-1838", 2, "verso")]),
    ("vn-map-1838_p12", [Claim("vn-map-1838", 12)]),
    ("vn-map-1838_tờ 3r", [Claim("vn-map-1838", 3, "recto")]),
    (unicodedata.normalize("NFD", "vn-map-1838_tờ 3"), [Claim("vn-map-1838", 3)]),
    ("vn-map-1838_recto", [Claim("vn-map-1838", 0, "recto")]),
    ("vn-map-1838-001v", [Claim("vn-map-1838", 1, "verso", False), Claim("vn-map-1838-001v")]),
    ("vn-map-1838-p12", [Claim("vn-map-1838", 12, "", False), Claim("vn-map-1838-p12")]),
    ("vn-map-1838-verso", [Claim("vn-map-1838", 0, "verso", False), Claim("vn-map-1838-verso")]),
    ("vn-map-1838r", [Claim("vn-map-1838r")]),
    ("vn-map-12", [Claim("vn-map-12")]),  # another record's own name
    ("ảnh chụp", []),
    ("_x", []),
]


@pytest.mark.parametrize("stem, wanted", NAMES)
def test_names(stem, wanted):
    assert claims(stem) == wanted


def test_places_are_in_the_order_of_leaves():
    names = ["a1_10", "a1_2v", "a1_2r", "a1_2", "a1_verso", "a1"]
    found = sorted((claims(name)[0] for name in names), key=lambda claim: claim.place)
    assert [(claim.page, claim.side) for claim in found] == [
        (0, ""),
        (0, "verso"),
        (2, ""),
        (2, "recto"),
        (2, "verso"),
        (10, ""),
    ]
