"""The basemap of the East Sea: drawn by us from Natural Earth's land, without borders, without the network."""

from media.basemap.svg import draw_svg

__all__ = ["draw_svg"]
