"""Opening a page of a master as a libvips image."""

import os

LOADERS = {"tiff": "tiffload", "jpeg": "jpegload", "png": "pngload"}
FLATTENING = 0.5  # of the whole work, where a format is turned into a plain TIFF first


def opened(pyvips, order: dict, progress):
    """The page that the order names, upright. Turning needs random access, else rows are streamed."""
    source, kind, options = order["source"], order["format"], {"fail_on": order["fail_on"]}
    if kind == "tiff":
        from media import sniff

        # libtiff's own limit would refuse strips of 50 MB; ours was asked of the header, and limits.watch() goes on.
        options |= {"page": sniff.layer_of(source, order["page"]), "unlimited": True}
    elif kind in ("jp2", "pdf"):
        source, kind = _flattened(order, progress), "tiff"
    load = getattr(pyvips.Image, LOADERS[kind])
    image = load(source, access="sequential", **options)
    if image.get_typeof("orientation") and image.get("orientation") != 1:
        image = load(source, access="random", **options).autorot()
    return image


def _flattened(order: dict, progress) -> str:
    """Turn the page into a plain TIFF beside the target, and out: its path."""
    target = os.path.join(os.path.dirname(order["target"]), "plain.tif")
    progress.stage(0, FLATTENING)
    if order["format"] == "jp2":
        from . import jp2

        jp2.flatten(order["source"], target, progress)
    else:
        from . import pdf

        pdf.flatten(order["source"], target, order["page"], order["size"], progress)
    progress.stage(FLATTENING, 1 - FLATTENING)
    return target
