"""Results by their years and on the map: bars of a histogram, and clusters. Pure."""

from . import cells
from .engines.base import Found
from .plan import DECADE
from .query import Query

YEARS = 10  # of a bar


def facets(query: Query) -> tuple[str, ...]:
    """What is counted for them beside the facets that are shown."""
    return (DECADE, _cells(query)) if query.view == "map" else (DECADE,)


def _cells(query: Query) -> str:
    return f"cell_{cells.zoom_of(query.bbox)}"


def histogram(found: Found) -> list[dict]:
    """[{"from", "to", "count"}] by decades, the oldest first: of all results, whatever years are asked for."""
    decades = sorted((int(first), count) for first, count in found.facets[DECADE].items())
    return [{"from": first, "to": first + YEARS - 1, "count": count} for first, count in decades]


def clusters(query: Query, found: Found) -> tuple[list[dict], int]:
    """([{"lat", "lon", "count", "bbox"}], the largest first; how many results stand nowhere on the map)."""
    if query.view != "map":
        return [], 0
    counts = found.facets[_cells(query)]
    placed = []
    for name, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        west, south, east, north = bbox = cells.box(name, cells.zoom_of(query.bbox))
        placed.append({"lat": (south + north) / 2, "lon": (west + east) / 2, "count": count, "bbox": list(bbox)})
    return placed, found.total - sum(counts.values())
