"""Results by their years and on the map: bars of a histogram, and clusters. Pure."""

from . import cells
from .clustering import grouped
from .engines.base import MOST_VALUES, Found
from .plan import DECADE
from .query import Query

YEARS = 10  # of a bar
MOST_CELLS = MOST_VALUES // 2  # within a map: sheets that reach into it may have their middles outside


def facets(query: Query) -> tuple[str, ...]:
    """What is counted for them beside the facets that are shown."""
    return (DECADE, *map(_cells, _levels(query))) if query.view == "map" else (DECADE,)


def _levels(query: Query) -> tuple[int, ...]:
    """The zooms whose cells are counted, the finest first; the last is the map's own."""
    zoom, most = cells.zoom_of(query.bbox), cells.finest_of(query.bbox, MOST_CELLS)
    return tuple(dict.fromkeys((cells.ZOOMS[-1], max(zoom, most), zoom)))


def _cells(zoom: int) -> str:
    return f"cell_{zoom}"


def histogram(found: Found) -> list[dict]:
    """[{"from", "to", "count"}] by decades, the oldest first: of all results, whatever years are asked for."""
    decades = sorted((int(first), count) for first, count in found.facets[DECADE].items())
    return [{"from": first, "to": first + YEARS - 1, "count": count} for first, count in decades]


def clusters(query: Query, found: Found) -> tuple[list[dict], int]:
    """([{"lat", "lon", "count", "bbox"}], the largest first; how many results stand nowhere on the map).

    Made from the finest cells of which an engine counts all there are.
    """
    if query.view != "map":
        return [], 0
    levels = _levels(query)
    whole = (zoom for zoom in levels if len(found.facets[_cells(zoom)]) < MOST_VALUES)
    fine = next(whole, levels[-1])
    counts = found.facets[_cells(fine)]
    return grouped(counts, fine, levels[-1]), found.total - sum(counts.values())
