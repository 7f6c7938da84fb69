"""One act, as the order (a JSON object, the only argument) says.

{"act": "pyramid", source, format, fail_on, target, page, size, max_width, tile, quality, parent, memory}
{"act": "probe", source, format, most_pages, most_pixels, parent, memory}: a PDF's pages; a JP2 is read to its end.
"""

import json
import os
import sys

from . import limits, pdf
from .limits import say

STORAGE = ("no space", "write error", "unable to write", "disk quota")
MEMORY = ("out of memory", "cannot allocate", "failed to allocate", "unable to allocate", "memory allocation")


def act(order: dict) -> dict:
    if order["act"] == "probe":
        if order["format"] == "pdf":
            return pdf.probe(order["source"], order["most_pages"], order["most_pixels"])
        from . import jp2

        return jp2.read_through(order["source"])
    import pyvips

    from . import pyramid

    pyvips.cache_set_max(0)
    pyvips.block_untrusted_set(True)
    try:
        return pyramid.make(pyvips, order, limits.Progress())
    except pyvips.Error as error:
        raise OSError(str(error)) from error


def code_of(detail: str) -> str:
    said = detail.lower()
    if any(words in said for words in MEMORY):
        return "memory"
    return "storage" if any(words in said for words in STORAGE) else "damaged"


def main() -> int:
    order = json.loads(sys.argv[1])
    limits.die_with_parent(order["parent"])
    os.nice(5)
    limits.bound(order["memory"])
    limits.watch(order["memory"], order["parent"])
    try:
        say(done=act(order))
    except pdf.Refused as error:
        say(error=error.args[0], detail=str(error), values=list(error.args[1:]))
        return 2
    except MemoryError:
        say(error="memory", detail="MemoryError")
        return 3
    except (OSError, ValueError) as error:
        detail = str(error)[-2000:]
        say(error=code_of(detail), detail=detail)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
