"""System checks of this room."""

import sys
from pathlib import Path

from django.core.checks import Error, Info, Warning, register

from media import vips
from media.ocr import tesseract


@register
def libvips_is_ours(app_configs, **kwargs):
    """The libvips in use must be the one that pyvips-binary brings: a system's own may be old or lack formats."""
    expected = ".".join(map(str, vips.EXPECTED))
    found = ".".join(map(str, vips.version()))
    hint = "Install with PKG_CONFIG_LIBDIR=/nonexistent so that pyvips takes the bundled library."
    if vips.version()[:2] != vips.EXPECTED:
        return [Error(f"libvips {found} is in use; this program needs {expected}.", hint=hint, id="media.E001")]
    for path in vips.library_paths():
        if not Path(path).resolve().is_relative_to(Path(sys.prefix).resolve()):
            return [Warning(f"libvips comes from {path}, not from the environment.", hint=hint, id="media.W001")]
    return []


@register(deploy=True)
def text_can_be_read(app_configs, **kwargs):
    """OCR is optional: said to who asks whether a site is fit to be deployed, and to nobody else."""
    if tesseract.program():
        return []
    return [
        Info("tesseract isn't installed: printed text can't be read from scans.", hint=tesseract.APT, id="media.I001")
    ]
