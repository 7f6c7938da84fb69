"""Where the demonstration's charts lie on the earth: they are drawn in Mercator's projection, so that their control
points are exact facts of the drawing."""

from archive.demo.drawings.make import Drawn
from media import georeferencing
from media.models import Scan, Transformation


def put(drawn: Drawn, scan: Scan, user) -> bool:
    """Place a drawing that knows where it lies and wasn't placed yet. Out: whether it was."""
    if not drawn.points or georeferencing.of_page(scan, 1):
        return False
    points = [{"x": x, "y": y, "lon": lon, "lat": lat, "label": ""} for x, y, lon, lat in drawn.points]
    mask = [list(corner) for corner in drawn.mask]
    worked = georeferencing.work_out(scan, 1, Transformation.AFFINE, points, mask)
    georeferencing.store(scan, 1, worked, user, "")
    return True
