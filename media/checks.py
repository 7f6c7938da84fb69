"""System checks of this room."""

import sys
from pathlib import Path

from django.core.checks import Error, Warning, register

from media import vips


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
