"""Real images, made in the test's own folder."""

import io

import pytest
import pyvips
from PIL import Image


def picture(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """A picture whose corners differ: red, green / blue, white; and whose middle isn't flat."""
    small = Image.new("RGB", (2, 2))
    small.putdata([(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)])
    return small.resize((width, height), Image.Resampling.BILINEAR).convert(mode)


def encoded(image: Image.Image, kind: str = "PNG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def vips_picture(width: int = 640, height: int = 480) -> pyvips.Image:
    return pyvips.Image.new_from_buffer(encoded(picture(width, height)), "")


@pytest.fixture
def take():
    """ingest() of bytes under a name."""
    from media.ingest import ingest

    return lambda data, name="scan.png", user=None: ingest(io.BytesIO(data), name, user)


@pytest.fixture
def files(settings):
    """Names of all files below a root of the data folder, without folders."""

    def list_files(root):
        return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())

    return list_files


@pytest.fixture
def work():
    """Run what is queued as heavy work, here and now."""
    from media.worker import Worker

    return lambda: Worker("heavy").run(once=True)


@pytest.fixture
def rendition(db, take):
    """A finished pyramid, 1500 × 1000 pixels."""
    from media import renditions

    return renditions.make_now(take(encoded(picture(1500, 1000)), "bản đồ.png"))
