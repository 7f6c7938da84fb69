"""Mercator's projection of a box onto a sheet. Pure."""

import math
from dataclasses import dataclass

from media.basemap.land import Box, Point


def mercator(latitude: float) -> float:
    """Degrees of latitude → degrees on Mercator's straightened meridian."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def latitude(mercator: float) -> float:
    return math.degrees(2 * math.atan(math.exp(math.radians(mercator))) - math.pi / 2)


@dataclass(frozen=True)
class Frame:
    """A box drawn `width` units wide, its upper left corner at (left, top)."""

    box: Box
    width: float
    left: float = 0
    top: float = 0

    @property
    def scale(self) -> float:
        """Units a degree of longitude."""
        return self.width / (self.box[2] - self.box[0])

    @property
    def height(self) -> float:
        return (mercator(self.box[3]) - mercator(self.box[1])) * self.scale

    def xy(self, point: Point) -> tuple[float, float]:
        x = self.left + (point[0] - self.box[0]) * self.scale
        return x, self.top + (mercator(self.box[3]) - mercator(point[1])) * self.scale


def fitted(box: Box, lowest: float, highest: float) -> Box:
    """The box, widened on both sides until height : width on the sheet lies between `lowest` and `highest`."""
    west, south, east, north = box
    low, high = mercator(south), mercator(north)
    ratio = (high - low) / (east - west)
    if ratio > highest:
        more = ((high - low) / highest - (east - west)) / 2
        west, east = west - more, east + more
    elif ratio < lowest:
        more = ((east - west) * lowest - (high - low)) / 2
        low, high = low - more, high + more
    return west, latitude(low), east, latitude(high)
