"""Makes one pyramid in a process of its own, which knows no Django, no database and no secrets.

A damaged or malicious image can thus cost one child, never a worker. In: a JSON object as the only
argument: source, format, fail_on, target, max_width, tile, quality, parent, memory (bytes). Out: JSON lines:
{"percent": n} while it works, then {"done": {"sha256", "width", "height", "size"}} or
{"error": "damaged" | "memory" | "storage", "detail": "..."}.
"""

import ctypes
import hashlib
import json
import os
import resource
import signal
import sys

LOADERS = {"tiff": "tiffload", "jpeg": "jpegload", "png": "pngload"}
SRGB = "srgb"


def say(**message) -> None:
    print(json.dumps(message), flush=True)


def die_with_parent(parent: int) -> None:
    """Have the kernel end this process with its worker: an orphan would write into a purged folder."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    except (AttributeError, OSError):
        pass  # not Linux: report() looks at the parent instead
    if os.getppid() != parent:
        os._exit(1)


def bound_memory(memory: int) -> None:
    """Address space is bounded generously (libvips maps files); what is really used is watched in report()."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = memory * 6
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))


def peak_bytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def open_master(pyvips, order: dict):
    """The first image of the master, upright. Turning needs random access, else rows are streamed."""
    load = getattr(pyvips.Image, LOADERS[order["format"]])
    image = load(order["source"], access="sequential", fail_on=order["fail_on"])
    turned = image.get_typeof("orientation") and image.get("orientation") != 1
    if turned:
        image = load(order["source"], access="random", fail_on=order["fail_on"]).autorot()
    return image


def to_srgb(pyvips, image):
    """8-bit sRGB or grey, without transparency; colour profiles are honoured, broken ones ignored."""
    if image.interpretation == "multiband" and image.bands > 3:
        image = image[0:3].copy(interpretation=SRGB)
    grey = image.interpretation in ("b-w", "grey16")
    if image.get_typeof("icc-profile-data"):
        try:
            image = image.icc_transform(SRGB, embedded=True, intent="relative", depth=8)
        except pyvips.Error:
            pass
    target = "b-w" if grey and image.bands <= 2 else SRGB
    if image.interpretation != target or image.format != "uchar":
        image = image.colourspace(target)
    if image.hasalpha():
        image = image.flatten(background=[255] * (image.bands - 1))
    return image.cast("uchar")


def shrink(image, max_width: int):
    if 0 < max_width < image.width:
        scale = max_width / image.width
        image = image.resize(scale, vscale=max(1, round(image.height * scale)) / image.height)
    return image


def tile_side(image, wanted: int) -> int:
    """Tiles no larger than a small image needs: libvips won't read back a tile far larger than its image."""
    longest = max(image.width, image.height)
    return min(wanted, max(16, -(-longest // 16) * 16))


def report(image, order: dict) -> None:
    """Tell how far the saving is, and stop a run that uses too much memory or has lost its parent."""
    told = -1

    def on_eval(_image, progress):
        nonlocal told
        if os.getppid() != order["parent"]:
            os._exit(1)
        if peak_bytes() > order["memory"]:
            say(error="memory", detail=f"{peak_bytes()} bytes")
            os._exit(3)
        if progress.percent > told:
            told = progress.percent
            say(percent=told)

    image.set_progress(True)
    image.signal_connect("eval", on_eval)


def save(image, order: dict) -> None:
    side = tile_side(image, order["tile"])
    image.tiffsave(
        order["target"],
        compression="jpeg",
        Q=order["quality"],
        tile=True,
        tile_width=side,
        tile_height=side,
        pyramid=True,
        subifd=False,
        bigtiff=True,
        keep="none",
        region_shrink="mean",
    )


def digest(path: str) -> str:
    with open(path, "rb+") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return found


def main() -> int:
    order = json.loads(sys.argv[1])
    die_with_parent(order["parent"])
    os.nice(5)
    bound_memory(order["memory"])
    import pyvips

    pyvips.cache_set_max(0)
    pyvips.block_untrusted_set(True)
    try:
        image = shrink(to_srgb(pyvips, open_master(pyvips, order)), order["max_width"])
        report(image, order)
        save(image, order)
        size = os.stat(order["target"]).st_size
        say(done={"sha256": digest(order["target"]), "width": image.width, "height": image.height, "size": size})
    except MemoryError:
        say(error="memory", detail="MemoryError")
        return 3
    except (pyvips.Error, OSError) as error:
        detail = str(error)[-2000:]
        said = detail.lower()
        kind = "damaged"
        if any(word in said for word in ("no space", "write error", "unable to write", "disk quota")):
            kind = "storage"
        elif "out of memory" in said or "cannot allocate" in said:
            kind = "memory"
        say(error=kind, detail=detail)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
