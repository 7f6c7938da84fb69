"""Cells with their counts become clusters: each a mark in the midst of what it holds. Pure.

The fullest cell left takes those around it, half a coarse cell far: no cluster is larger than about a coarse cell, and
what lies together isn't parted by the grid. Sums are of whole numbers, so that equal counts give equal clusters.
"""

from . import cells

Near = tuple[int, int, int]  # columns east of the first cell, rows north of it, records


def grouped(counts: dict[str, int], fine: int, coarse: int) -> list[dict]:
    """In: records by cell of zoom `fine`. Out: [{"lat", "lon", "count", "bbox"}], the largest first.

    `lat`, `lon`: the mean of the cells' middles by their counts; `bbox`: around the cells, west > east where it crosses
    the antimeridian.
    """
    span = 2 ** (fine - coarse)  # fine cells along the side of a coarse one
    placed = [(count, *cells.place(name, fine)) for name, count in counts.items()]
    placed.sort(key=lambda one: (-one[0], *one[1:]))
    left: dict[tuple[int, int], dict[tuple[int, int], int]] = {}
    for count, column, row in placed:
        left.setdefault((column // span, row // span), {})[column, row] = count
    found = [
        _cluster(column, row, _take(left, column, row, span, cells.columns(fine)), fine)
        for _count, column, row in placed
        if (column, row) in left[column // span, row // span]
    ]
    return sorted(found, key=lambda one: (-one["count"], one["bbox"]))


def _take(left, column: int, row: int, span: int, across: int) -> list[Near]:
    """Take what is left around a cell, and the cell itself."""
    half, wide, taken = span // 2, across // span, []
    for at_x in range((column - half) // span, (column + half) // span + 1):
        for at_y in range((row - half) // span, (row + half) // span + 1):
            square = left.get((at_x % wide, at_y), {})
            for x, y in list(square):
                east, north = (x - column + across // 2) % across - across // 2, y - row
                if max(abs(east), abs(north)) <= half:
                    taken.append((east, north, square.pop((x, y))))
    return taken


def _cluster(column: int, row: int, taken: list[Near], zoom: int) -> dict:
    side, count = cells.side(zoom), sum(one[2] for one in taken)
    east = sum(east * n for east, _north, n in taken) / count
    north = sum(north * n for _east, north, n in taken) / count
    columns, rows = [one[0] for one in taken], [one[1] for one in taken]
    west = _turned(-180 + (column + min(columns)) * side)
    return {
        "lat": -90 + (row + north + 0.5) * side,
        "lon": _turned(-180 + (column + east + 0.5) * side),
        "count": count,
        "bbox": [
            west,
            -90 + (row + min(rows)) * side,
            _turned(west + (max(columns) - min(columns) + 1) * side, last=True),
            -90 + (row + max(rows) + 1) * side,
        ],
    }


def _turned(lon: float, last: bool = False) -> float:
    """A longitude from -180 to 180; the antimeridian is -180, or 180 where it is the `last` one of a box."""
    turned = (lon + 180) % 360 - 180
    return 180.0 if last and turned == -180 else turned
