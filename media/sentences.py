"""Sentences for people, kept as a message id and its values until a reader's language is known."""

from django.utils import numberformat
from django.utils.formats import get_format
from django.utils.translation import gettext


def say(msgid: str, values: dict) -> str:
    """The sentence in the active language. Whole numbers among the values are grouped as it groups them; a value
    {"msgid", "values"} is a sentence of its own."""
    if not msgid:
        return ""
    sentence = gettext(msgid)
    return sentence % {name: _said(value) for name, value in values.items()} if values else sentence


def _said(value):
    if isinstance(value, dict):
        return say(value["msgid"], value["values"])
    return grouped(value) if isinstance(value, int) else value


def grouped(number: int) -> str:
    """1.234.567 in Vietnamese, 1,234,567 in English. Django's own Vietnamese formats don't name a grouping."""
    separator = get_format("THOUSAND_SEPARATOR")
    return numberformat.format(number, ".", grouping=3, thousand_sep=separator, force_grouping=True)


class Sentence(Exception):
    """An error that tells a person what is wrong.

    msgid: a Vietnamese message id (mark it with gettext_noop); values: what its %(name)s stand for.
    str() gives the sentence in the active language, so it can be raised here and read elsewhere.
    """

    def __init__(self, msgid: str, **values):
        super().__init__(msgid, values)
        self.msgid = msgid
        self.values = values

    def __str__(self):
        return say(self.msgid, self.values)
