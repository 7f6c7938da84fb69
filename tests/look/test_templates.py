"""Pages from small, long and hostile documents, in both languages."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from archive.item_page import PRIVATE_IMAGES, PUBLIC_IMAGES, render_item

from . import documents

pytestmark = pytest.mark.django_db


def page(document, lang="vi", **options) -> str:
    request = RequestFactory().get(f"/{lang}/items/{document['identifier']}/")
    with translation.override(lang):
        return render_item(document, options.pop("images", PUBLIC_IMAGES), lang, request=request, **options)


def body(html: str) -> str:
    """Without the two script elements of data, which aren't HTML."""
    return re.sub(r"<script[^>]*(ld\+json|application/json)[^>]*>.*?</script>", "", html, flags=re.S)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("document", [documents.empty(), documents.full(), documents.full("dài " * 400)])
def test_an_item_has_one_heading_and_its_language(document, lang):
    html = page(document, lang, cleared_at=datetime(2017, 5, 15, tzinfo=UTC))
    assert html.count("<h1>") == 1
    assert f'<html lang="{lang}">' in html
    assert "None" not in body(html)


def test_an_item_without_a_scan_says_so_and_loads_no_viewer():
    html = page(documents.empty())
    assert "Tư liệu này chưa có hình." in html
    assert "openseadragon" not in html


def test_a_hostile_document_stays_text():
    html = page(documents.full(documents.HOSTILE))
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "{{ x }}{% y %}" in html  # not rendered as a template


def test_hostile_words_in_the_data_elements_cannot_end_them():
    html = page(documents.full(documents.HOSTILE))
    for text in re.findall(r"<script[^>]*json[^>]*>(.*?)</script>", html, re.S):
        json.loads(text)
        assert "<" not in text


def test_no_script_or_style_is_inline():
    html = body(page(documents.full()))
    assert not re.search(r"<script(?![^>]*src=)", html)
    assert not re.search(r"\sstyle=|<style|\son\w+=", html)


def test_text_of_the_other_language_is_marked_as_such():
    document = documents.full(description={"vi": "Chỉ có tiếng Việt.", "en": ""})
    assert '<div lang="vi"><p>Chỉ có tiếng Việt.</p></div>' in page(document, "en")
    assert '<div lang="vi"><p>Chỉ có tiếng Việt.' not in page(document, "vi")


def test_what_an_item_says():
    html = page(documents.full(), cleared_at=datetime(2017, 5, 15, tzinfo=UTC))
    for words in (
        "102°Đ–116,5°Đ, 8°B–24°B",
        "(ước lượng)",
        "Hán văn, chữ Nôm",
        "Minh Mạng 19",
        "Nguồn tương đối",
        "Hết bảo hộ; có hạn chế pháp lý khác",
        "Bản công bố số 1, duyệt ngày 15 tháng 5 năm 2017",
        "Hình minh hoạ",
        '<p class="orig" lang="lzh"><span class="han" lang="lzh">大南一統全圖</span></p>',
    ):
        assert words in html, words


def test_rights_limit_every_picture_of_an_item():
    html = page(documents.full(scans=[documents.scan(max_width=600)]))
    widths = {int(width) for width in re.findall(r"/full/(\d+),", html)}
    assert widths and max(widths) <= 600


def test_a_preview_names_itself_and_has_no_public_address():
    html = page(documents.full(), private=True, images=PRIVATE_IMAGES)
    assert "Bản xem trước, chưa công bố" in html
    assert "/admin/iiif/abcdefghijkl" in html
    assert '"/iiif/image' not in html
    assert 'rel="canonical"' not in html and "noindex" in html


def test_panels_see_their_own_context():
    row = {"url": "/vi/items/B-2/", "title": {"vi": "Tờ bên cạnh"}, "date": None}
    html = page(documents.full(), panels=[("search/item_panels/similar.html", {"similar": [row]})])
    assert '<a class="row-name" href="/vi/items/B-2/">Tờ bên cạnh</a>' in html


def test_a_snippet_keeps_marks_alone():
    html = Template("{% load archive_tags %}{{ text|snippet }}").render(
        Context({"text": "<b>x</b> <mark>黃沙</mark> & <mark onclick=y>"})
    )
    assert html == (
        '&lt;b&gt;x&lt;/b&gt; <mark><span class="han" lang="lzh">黃沙</span></mark> &amp; &lt;mark onclick=y&gt;'
    )


@pytest.mark.parametrize("status", ["400", "500"])
def test_static_error_pages_need_no_database(status, django_assert_num_queries):
    from django.template.loader import render_to_string

    with django_assert_num_queries(0):
        html = render_to_string(f"{status}.html")
    assert 'lang="vi"' in html and 'lang="en"' in html
    assert not re.search(r"\{[%{]", html)
