"""Inks and papers: one set for each family of items, all in the site's manner of paper and sea."""

from dataclasses import dataclass

INK, INK_SOFT, SAND, GOLD = "#14213D", "#4B5468", "#B8862B", "#8A5A00"


@dataclass(frozen=True)
class Sheet:
    """How a chart is drawn. water: "halo", "lines" (engraved) or "waves" (painted); rhumbs: lines across the sea."""

    paper: str = "#F4ECDA"
    sea: str = "#EFE6D0"
    land: str = "#E2D3AE"
    coast: str = "#3B2F1C"
    water: str = "halo"
    shade: str = "#5D7F86"
    rhumb: str = "#8A5A00"
    rhumbs: bool = False
    rose: bool = False
    graticule: int = 2  # degrees between lines, 0 for none
    name: str = INK
    mark: str = SAND
    accent: str = GOLD
    han_first: bool = False


@dataclass(frozen=True)
class Plate:
    """How a document is set."""

    paper: str = "#F7F1E3"
    edge: str = "#D9CBAC"
    slip: str = "#EADFC4"
    ink: str = INK
    soft: str = INK_SOFT
    accent: str = SAND


SHEETS = {
    "vn-map-thien-nam-tu-chi": Sheet(
        sea="#E9E3CC", land="#DCCFA6", water="waves", shade="#6F8A80", graticule=0, han_first=True
    ),
    "vn-map-binh-nam-do-1774": Sheet(
        paper="#EFE4CB", sea="#DFDFCB", land="#D8C79B", water="waves", shade="#5C7C7A", graticule=0, accent="#A4262C"
    ),
    "vn-map-hoang-le-canh-hung": Sheet(
        paper="#F1E6CE", sea="#E6DDC1", land="#D3BE8C", water="waves", shade="#7A7F5F", graticule=0
    ),
    "vn-map-dai-nam-nhat-thong-toan-do": Sheet(han_first=True, rhumbs=True, graticule=1),
    "vn-map-an-nam-dai-quoc-1838": Sheet(sea="#F0E9D8", land="#E8DCBC", water="lines", shade="#4A5A63", graticule=2),
    "vn-map-ban-quoc-dia-do": Sheet(
        paper="#EEE6D2", sea="#E4E0CE", land="#D9D0B0", water="waves", shade="#586B75", graticule=0, han_first=True
    ),
    "fr-map-dai-khi-tuong-1940": Sheet(
        paper="#EFF1EE",
        sea="#DCE6E8",
        land="#EDE8D8",
        coast="#2D4254",
        water="halo",
        shade="#7FA3B0",
        graticule=5,
        mark="#A4262C",
        accent="#2D4254",
    ),
    "we-map-vaz-dourado-1571": Sheet(
        paper="#EFE2C4",
        sea="#EAD9B4",
        land="#D9BC82",
        coast="#5A3A1A",
        water="halo",
        shade="#3F7269",
        rhumb="#8C2F22",
        rhumbs=True,
        rose=True,
        graticule=0,
        accent="#8C2F22",
    ),
    "we-map-langren-1595": Sheet(
        paper="#F1E7CE",
        sea="#EDE2C6",
        land="#E3CF9C",
        coast="#2F2416",
        water="lines",
        rhumbs=True,
        rose=True,
        graticule=10,
    ),
    "we-map-hondius-india-orientalis": Sheet(
        paper="#F3EAD3", sea="#E3E6D6", land="#E6CFA0", coast="#4A2F1A", water="lines", shade="#5E7A72", graticule=10
    ),
    "we-map-mariette-indes": Sheet(
        paper="#F5EFDF", sea="#F1EADA", land="#E9D9BF", coast="#7A3B2E", water="lines", shade="#7A6A55", graticule=10
    ),
    "we-map-vandermaelen-1827": Sheet(
        paper="#F4F0E4", sea="#E3EAE6", land="#F0E6CC", coast="#23343F", water="lines", shade="#5B7F8A", graticule=1
    ),
}
CHINESE = {
    "cn-map-hoang-trieu-1904": Sheet(paper="#F1EAD8", sea="#DDE5DC", land="#E9D3B4", coast="#5A3B2A", graticule=10),
    "cn-map-dai-thanh-1905": Sheet(paper="#F2ECDC", sea="#D9E2E2", land="#E5DDB8", coast="#3F4A33", graticule=10),
    "cn-atlas-1908": Sheet(paper="#F5F0E2", sea="#E0E8EA", land="#EFE3C8", coast="#37464F", water="lines", graticule=5),
    "cn-atlas-1917": Sheet(paper="#F4EFE3", sea="#DFE9E4", land="#EDDDC9", coast="#3B4A45", water="lines", graticule=5),
    "cn-atlas-1919": Sheet(
        paper="#F3EEDD", sea="#E4E9DE", land="#E6E0BE", coast="#35513F", graticule=5, accent="#35513F"
    ),
    "cn-atlas-1933": Sheet(
        paper="#F1EDE2", sea="#DCE4EA", land="#E7E3CF", coast="#2E4560", graticule=5, accent="#2E4560"
    ),
}
SHEETS |= CHINESE

PLATES = {
    "vn-book": Plate(slip="#1F3A5F", paper="#F5EEDD"),
    "vn-ms": Plate(paper="#EFE3C6", edge="#C9B184", slip="#E2D0A6", accent="#8A5A00"),
    "vn-woodblock": Plate(paper="#EBDFC9", edge="#B99B70", slip="#3B2A1C", accent="#8A4B1F"),
    "cb": Plate(paper="#FAF3E2", slip="#A4262C", accent="#A4262C"),
    "fr": Plate(paper="#F2F2EC", edge="#C3CBD0", slip="#2D4254", accent="#2D4254"),
    "vn-du": Plate(paper="#FAF1DC", slip="#B8862B", accent="#8A5A00"),
    "ph": Plate(paper="#ECE7DC", edge="#BDB3A0", slip="#2A2A2A", accent="#5C5346"),
    "we-text": Plate(paper="#F3EFE0", edge="#CFC6A8", slip="#3F5A4C", accent="#3F5A4C"),
    "cn-book": Plate(paper="#F1EEDD", edge="#C6C3A2", slip="#4A5A33", accent="#4A5A33"),
    "lx": Plate(paper="#FBF8F1", edge="#DDD2BC", slip=INK, accent=SAND),
}


def sheet(identifier: str) -> Sheet:
    return SHEETS.get(identifier, Sheet())


def plate(identifier: str) -> Plate:
    """The plate of the longest prefix that the identifier begins with."""
    found = [prefix for prefix in PLATES if identifier.startswith(prefix)]
    return PLATES[max(found, key=len)] if found else Plate()
