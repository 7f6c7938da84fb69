"""Sentences for people, kept as a message id and its values until a reader's language is known."""

from django.utils.formats import number_format
from django.utils.translation import gettext


def say(msgid: str, values: dict) -> str:
    """The sentence in the active language. Whole numbers among the values are grouped as it groups them."""
    if not msgid:
        return ""
    sentence = gettext(msgid)
    if not values:
        return sentence
    shown = {
        name: number_format(value, force_grouping=True) if isinstance(value, int) else value
        for name, value in values.items()
    }
    return sentence % shown


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
