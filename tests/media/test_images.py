"""Images over HTTP: who may see them, what they look like, how they are cached."""

import io

import pytest
from django.db import transaction
from PIL import Image

from media import paths, renditions, storage

from .conftest import encoded, picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def public(rendition):
    with transaction.atomic():
        storage.release([rendition.image_id])
    return f"/iiif/image/{rendition.image_id}"


def pixels(response) -> Image.Image:
    assert response.status_code == 200, response.content
    return Image.open(io.BytesIO(response.content))


def near(found, expected, tolerance: int = 16):
    return all(abs(a - b) <= tolerance for a, b in zip(found, expected, strict=True))


# --- who may see ------------------------------------------------------------------------------------


def test_public_only_while_a_row_says_so(client, rendition):
    address = f"/iiif/image/{rendition.image_id}"
    paths_ = [address, f"{address}/info.json", f"{address}/full/max/0/default.jpg"]
    assert [client.get(path).status_code for path in paths_] == [404] * 3
    with transaction.atomic():
        storage.release([rendition.image_id])
    assert [client.get(path).status_code for path in paths_] == [303, 200, 200]
    etag = client.get(paths_[2])["ETag"]
    with transaction.atomic():
        storage.retract([rendition.image_id])
    assert [client.get(path).status_code for path in paths_] == [404] * 3
    assert client.get(paths_[2], headers={"if-none-match": etag}).status_code == 404


def test_an_outsider_is_not_told_whether_a_private_image_exists(client, rendition):
    known = client.get(f"/iiif/image/{rendition.image_id}/info.json")
    unknown = client.get(f"/iiif/image/{'0' * 32}/info.json")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


def test_staff_see_private_images(client, rendition, cataloguer, django_user_model):
    address = f"/admin/iiif/{rendition.image_id}/full/300,/0/default.jpg"
    assert client.get(address).status_code == 403
    client.force_login(django_user_model.objects.create_user("visitor"))
    assert client.get(address).status_code == 403
    client.force_login(cataloguer)
    response = client.get(address)
    assert pixels(response).size == (300, 200)
    assert response["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in response
    info = client.get(f"/admin/iiif/{rendition.image_id}/info.json")
    assert info["Cache-Control"] == "no-store"
    assert info.json()["id"] == f"http://testserver/admin/iiif/{rendition.image_id}"
    assert client.get(f"/admin/iiif/{'0' * 32}/info.json").status_code == 404
    assert client.post(address).status_code == 405


def test_a_rendition_limited_by_rights_holds_no_more(client, take):
    scan = take(encoded(picture(1500, 1000)))
    limited = renditions.make_now(scan, 400).image_id
    renditions.make_now(scan)
    with transaction.atomic():
        storage.release([limited])
    info = client.get(f"/iiif/image/{limited}/info.json").json()
    assert (info["width"], info["height"]) == (400, 267)
    assert pixels(client.get(f"/iiif/image/{limited}/full/max/0/default.jpg")).size == (400, 267)
    assert client.get(f"/iiif/image/{limited}/full/401,/0/default.jpg").status_code == 400


def test_the_file_may_be_missing(client, public, rendition, caplog):
    paths.private_path(rendition.image_id).unlink()
    assert client.get(f"{public}/full/100,/0/default.jpg").status_code == 200  # the public name still has it
    paths.public_path(rendition.image_id).unlink()
    assert client.get(f"{public}/full/100,/0/default.jpg").status_code == 503


def test_a_damaged_file_is_said_to_be(client, public, rendition, caplog):
    for path in (paths.private_path(rendition.image_id), paths.public_path(rendition.image_id)):
        path.unlink()
        path.write_bytes(b"II*\0 nonsense")
    response = client.get(f"{public}/full/100,/0/default.jpg")
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "damaged"


# --- what is answered ---------------------------------------------------------------------------------


def test_base_redirects(client, public, settings):
    settings.PUBLIC_BASE_URL = "https://archive.example.org"
    for path in (public, public + "/"):
        response = client.get(path)
        assert response.status_code == 303
        assert response["Location"] == f"https://archive.example.org{public}/info.json"
        assert response["Access-Control-Allow-Origin"] == "*"


def test_info(client, public, settings):
    settings.PUBLIC_BASE_URL = "https://archive.example.org"
    response = client.get(f"{public}/info.json", headers={"host": "evil.example.com"})
    document = response.json()
    assert document["@context"] == "http://iiif.io/api/image/3/context.json"
    assert document["id"] == f"https://archive.example.org{public}"
    assert (document["type"], document["profile"]) == ("ImageService3", "level2")
    assert document["protocol"] == "http://iiif.io/api/image"
    assert (document["width"], document["height"]) == (1500, 1000)
    assert document["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}]
    assert {"width": 750, "height": 500} in document["sizes"]
    ld = 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'
    assert response["Content-Type"] == ld
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-cache"
    again = client.get(f"{public}/info.json", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304 and not again.content
    assert "Accept" in response["Vary"]
    for accept, kind in [
        ("application/ld+json", ld),
        ("*/*", ld),
        ("image/png", ld),
        ("application/json", "application/json"),
        ("application/ld+json;q=0.5, application/json", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
    ]:
        assert client.get(f"{public}/info.json", headers={"accept": accept})["Content-Type"] == kind, accept


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("full/max/0/default.jpg", (1500, 1000)),
        ("full/300,/0/default.jpg", (300, 200)),
        ("full/,100/0/default.png", (150, 100)),
        ("full/pct:10/0/default.jpg", (150, 100)),
        ("full/100,400/0/default.jpg", (100, 400)),
        ("full/!100,400/0/default.jpg", (100, 67)),
        ("full/^3000,/0/default.jpg", (3000, 2000)),
        ("square/max/0/default.jpg", (1000, 1000)),
        ("0,0,512,512/512,512/0/default.jpg", (512, 512)),
        ("1024,512,476,488/476,488/0/default.jpg", (476, 488)),
        ("0,0,1500,1000/375,250/0/default.jpg", (375, 250)),
        ("pct:25,25,50,50/max/0/default.jpg", (750, 500)),
        ("full/300,/90/default.jpg", (200, 300)),
        ("full/300,/180/default.jpg", (300, 200)),
        ("full/300,/!270/default.jpg", (200, 300)),
        ("1499,999,1,1/1,1/0/default.png", (1, 1)),
    ],
)
def test_sizes(client, public, path, size):
    assert pixels(client.get(f"{public}/{path}")).size == size


@pytest.mark.parametrize(
    ("rotation", "top_left", "top_right"),
    [
        ("0", (255, 0, 0), (0, 255, 0)),
        ("90", (0, 0, 255), (255, 0, 0)),
        ("180", (255, 255, 255), (0, 0, 255)),
        ("270", (0, 255, 0), (255, 255, 255)),
        ("!0", (0, 255, 0), (255, 0, 0)),
        ("!90", (255, 255, 255), (0, 255, 0)),
    ],
)
def test_rotation_and_mirror(client, public, rotation, top_left, top_right):
    image = pixels(client.get(f"{public}/full/150,/{rotation}/default.png"))
    assert near(image.getpixel((1, 1)), top_left)
    assert near(image.getpixel((image.width - 2, 1)), top_right)


def test_regions_are_where_they_should_be(client, public):
    whole = pixels(client.get(f"{public}/full/max/0/default.png"))
    for x, y, w, h, factor in [
        (0, 0, 512, 512, 1),
        (512, 512, 512, 488, 1),
        (1024, 0, 476, 1000, 2),
        (0, 0, 1500, 1000, 4),
    ]:
        size = f"{-(-w // factor)},{-(-h // factor)}"
        part = pixels(client.get(f"{public}/{x},{y},{w},{h}/{size}/0/default.png"))
        for fx, fy in [(0.1, 0.1), (0.9, 0.1), (0.5, 0.5), (0.9, 0.9)]:
            there = whole.getpixel((x + int(w * fx), y + int(h * fy)))
            assert near(part.getpixel((int(part.width * fx), int(part.height * fy))), there, 6)


def test_qualities(client, public):
    assert pixels(client.get(f"{public}/full/90,/0/gray.jpg")).mode == "L"
    assert pixels(client.get(f"{public}/full/90,/0/color.jpg")).mode == "RGB"
    two = pixels(client.get(f"{public}/full/90,/0/bitonal.png")).convert("L")
    assert {value for _count, value in two.getcolors()} == {0, 255}


def test_grey_images_answer_color(client, take):
    image = renditions.make_now(take(encoded(picture(mode="L")))).image_id
    with transaction.atomic():
        storage.release([image])
    assert pixels(client.get(f"/iiif/image/{image}/full/90,/0/default.jpg")).mode == "L"
    assert pixels(client.get(f"/iiif/image/{image}/full/90,/0/color.jpg")).mode == "RGB"


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("full/max/0", 400, "request"),
        ("full/max/0/default.jpg/more", 400, "request"),
        ("nonsense", 400, "request"),
        ("x,y,w,h/max/0/default.jpg", 400, "region"),
        ("9000,0,10,10/max/0/default.jpg", 400, "region"),
        ("full/1501,/0/default.jpg", 400, "size"),
        ("full/^99999,/0/default.png", 400, "size"),
        ("full/max/370/default.jpg", 400, "rotation"),
        ("full/max/45/default.jpg", 400, "rotation"),
        ("full/max/0/native.jpg", 400, "quality"),
        ("full/max/0/default.bmp", 400, "format"),
        ("full/max/0/default.webp", 400, "format"),
    ],
)
def test_errors_are_sentences(client, public, path, status, field):
    response = client.get(f"{public}/{path}", headers={"accept-language": "vi"})
    assert response.status_code == status
    error = response.json()["error"]
    assert error["field"] == field and error["message"].endswith(".")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_caching(client, public, rendition, settings):
    settings.PUBLIC_BASE_URL = "https://archive.example.org"
    response = client.get(f"{public}/0,0,1500,1000/pct:20/0/default.jpg")
    assert response["Cache-Control"] == "private, max-age=3600, must-revalidate"
    assert response["ETag"].startswith('"')
    canonical = f"https://archive.example.org{public}/full/300,200/0/default.jpg"
    assert f'<{canonical}>;rel="canonical"' in response["Link"]
    assert response["Access-Control-Allow-Origin"] == "*"
    same = client.get(f"{public}/full/300,/0/default.jpg")
    assert (same["ETag"], same.content) == (response["ETag"], response.content)
    again = client.get(f"{public}/full/300,/0/default.jpg", headers={"if-none-match": f'"other", {same["ETag"]}'})
    assert again.status_code == 304 and not again.content
    assert again["Cache-Control"] == response["Cache-Control"]
    assert client.get(f"{public}/full/301,/0/default.jpg")["ETag"] != same["ETag"]
    head = client.head(f"{public}/full/300,/0/default.jpg")
    assert head.status_code == 200 and head["ETag"] == same["ETag"]


def test_other_methods(client, public):
    response = client.options(f"{public}/info.json")
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "GET" in response["Access-Control-Allow-Methods"]
    assert client.post(f"{public}/info.json").status_code == 405
    assert client.delete(f"{public}/full/max/0/default.jpg").status_code == 405


def test_no_metadata_in_answers(client, public):
    for ending in ("jpg", "png"):
        image = pixels(client.get(f"{public}/full/90,/0/default.{ending}"))
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "Software"} & set(image.info)


@pytest.mark.parametrize("bad", ["..%2F..%2Fetc", "A" * 32, "a" * 50, "%00", "abc"])
def test_strange_identifiers(client, public, bad):
    assert client.get(f"/iiif/image/{bad}/info.json").status_code in (400, 404)


def test_one_query_a_tile(client, public, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(f"{public}/0,0,512,512/512,512/0/default.jpg")
