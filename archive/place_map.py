"""Where a place lies on our own basemap: which part of the chart to show, and the mark on it. Pure."""

from media.basemap.projection import Frame
from media.basemap.svg import EAST_SEA

CHART = 1560  # units wide: static/vendor/basemap/chart-*.svg
VIEW = (780, 624)  # units: the part that is shown


def place_on_chart(lat: float | None, lon: float | None) -> dict | None:
    """In: degrees. Out: {"width", "height" of the chart, "left", "top", "wide", "high" of the part shown, "x", "y" of
    the mark}, whole units; None for a place without coordinates or outside the chart."""
    if lat is None or lon is None:
        return None
    west, south, east, north = EAST_SEA
    if not (west <= lon <= east and south <= lat <= north):
        return None
    frame = Frame(EAST_SEA, CHART)
    x, y = frame.xy((lon, lat))
    wide, high = VIEW
    return {
        "width": CHART,
        "height": round(frame.height),
        "left": round(min(max(x - wide / 2, 0), CHART - wide)),
        "top": round(min(max(y - high / 2, 0), frame.height - high)),
        "wide": wide,
        "high": high,
        "x": round(x),
        "y": round(y),
    }
