"""The IIIF consortium's own validator of Image API 3.0, run against a served image; and where the text says otherwise.

https://iiif.io/api/image/3.0/: the sections named below are its.
"""

import pytest
from django.db import transaction
from PIL import Image

from media import renditions, storage
from tests.conftest import missing
from tests.support import iiif

from .conftest import encoded

pytestmark = pytest.mark.django_db(transaction=True)

# Checks that ask for what the text excludes: without that one request each of them holds.
#   size_noup wants 400 for "!2000,3000" of 1000 × 1000. 4.2: the image is "as large as possible but not larger than
#   the extracted region, w or h"; only sizes "that result in a scaled region" larger than it are errors.
#   size_up wants "^max" to leave 1000 × 1000 as it is. 4.2: "scaled to the maximum size permitted by maxWidth,
#   maxHeight, or maxArea"; where that is more, "the extracted region is upscaled".
DISPUTED = {"size_noup": "!2000,3000", "size_up": "^max"}
# Above level 2, and not in our info.json: formats beside jpg and png, and turns by other than right angles.
NOT_OFFERED = {
    "format_gif", "format_jp2", "format_pdf", "format_tif", "format_webp", "rot_full_non90", "rot_region_non90",
}  # fmt: skip


@pytest.fixture
def squares(take):
    """The validator's picture, 1000 × 1000 pixels in 100 colours, public. Out: its image id."""
    if not iiif.ready():
        missing("the IIIF validators (make test installs them)")
    colours, sheet = iiif.ask("colours"), Image.new("RGB", (1000, 1000))
    for x, column in enumerate(colours):
        for y, colour in enumerate(column):
            sheet.paste(tuple(colour), (100 * x, 100 * y, 100 * x + 100, 100 * y + 100))
    image_id = renditions.make_now(take(encoded(sheet))).image_id
    with transaction.atomic():
        storage.release([image_id])
    return image_id


def test_every_check_of_level_2_and_of_all_that_is_offered(squares, live_server, settings):
    settings.PUBLIC_BASE_URL = live_server.url
    server = live_server.url.removeprefix("http://")
    found = iiif.ask("image", server, "iiif/image", squares)
    failed = {name for name, check in found.items() if check["error"]}
    assert failed == DISPUTED.keys() | NOT_OFFERED, {name: found[name]["error"] for name in failed}
    assert {f"{name} without {size}" for name, size in DISPUTED.items()} <= found.keys() - failed
    assert all(found[name]["level"] == 3 for name in NOT_OFFERED)
    assert len(found) > 40

    # It can fail: nothing is served under another name.
    unknown = iiif.ask("image", server, "iiif/image", "0" * 32, "id_basic", "info_json")
    assert len(unknown) == 2 and all(check["error"] for check in unknown.values())


def test_the_text_stands_where_a_check_contradicts_it(squares, client):
    from .test_images import pixels

    address = f"/iiif/image/{squares}/full"
    confined = client.get(f"{address}/!2000,3000/0/default.jpg")
    assert pixels(confined).size == (1000, 1000)
    assert f'{squares}/full/max/0/default.jpg>;rel="canonical"' in confined["Link"]
    info = client.get(f"/iiif/image/{squares}/info.json").json()
    upscaled = client.get(f"{address}/^max/0/default.jpg")
    width, height = pixels(upscaled).size
    assert width == height and width * height == info["maxArea"]
    assert f'{squares}/full/^max/0/default.jpg>;rel="canonical"' in upscaled["Link"]
