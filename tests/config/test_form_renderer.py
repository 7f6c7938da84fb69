"""Widgets written in Python say what Django's templates say."""

import datetime

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.utils.translation import override

from config.form_renderer import PLAIN, FormRenderer

CHOICES = [("", "---------"), ("map", "Bản đồ <1838>"), (1000, 1234567), ("Nhóm & loại", [("a", "A"), (2, "Hai")])]
HARD = """"><script>'& Hoàng Sa"""
WIDGETS = [
    (forms.TextInput(attrs={"class": "rộng", "data-x": HARD, "required": True, "disabled": False}), HARD),
    (forms.TextInput(), None),
    (forms.TextInput(), ""),
    (forms.NumberInput(attrs={"step": 0.5}), 1234.5),
    (forms.DateInput(), datetime.date(2017, 5, 15)),
    (forms.HiddenInput(), 12345),
    (forms.PasswordInput(), "x"),
    (forms.URLInput(), "https://example.vn/?a=1&b=2"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), False),
    (forms.CheckboxInput(), "có"),
    (forms.FileInput(attrs={"accept": ".tif,.jpg"}), None),
    (forms.Textarea(attrs={"rows": 3}), f"\n{HARD}\n"),
    (forms.Textarea(), None),
    (forms.Select(choices=CHOICES), "map"),
    (forms.Select(choices=CHOICES), 1000),
    (forms.Select(choices=CHOICES), ""),
    (forms.SelectMultiple(choices=CHOICES), ["a", "2"]),
    (forms.NullBooleanSelect(), True),
]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_the_same_as_django(widget, value, lang):
    with override(lang):
        ours, django = (
            widget.render("tên", value, {"id": "id_tên"}, renderer=renderer())
            for renderer in (FormRenderer, DjangoTemplates)
        )
    assert parse_html(ours) == parse_html(django)


def test_a_textarea_keeps_its_lines():
    """The first line feed after <textarea> is the browser's to drop, those that follow are the text's."""
    assert forms.Textarea().render("t", "\nmột\n", renderer=FormRenderer()).endswith(">\n\nmột\n</textarea>")


def test_every_plain_widget_is_one_of_django():
    for name in PLAIN:
        assert DjangoTemplates().get_template(name)
