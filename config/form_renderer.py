"""How form widgets are written: Django's plainest ones in Python, the others by their templates.

The record's editor has over a hundred widgets, and a template of eight lines costs ten times what it says.
"""

from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

WIDGETS = "django/forms/widgets/"
INPUTS = "checkbox date datetime email file hidden input number password text time url".split()


def _attributes(attrs: dict) -> str:
    """As widgets/attrs.html writes them: True stands by its name alone, False not at all."""
    shown = ((name, value) for name, value in attrs.items() if value is not False)
    return mark_safe(
        "".join(f" {name}" if value is True else format_html(' {}="{}"', name, str(value)) for name, value in shown)
    )


def _input(widget: dict) -> str:
    value = "" if widget["value"] is None else format_html(' value="{}"', str(widget["value"]))
    words = widget["type"], widget["name"], value, _attributes(widget["attrs"])
    return format_html('<input type="{}" name="{}"{}{}>', *words)


def _textarea(widget: dict) -> str:
    words = widget["name"], _attributes(widget["attrs"]), widget["value"] or ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', *words)


def _option(option: dict) -> str:
    words = str(option["value"]), _attributes(option["attrs"]), option["label"]
    return format_html('<option value="{}"{}>{}</option>', *words)


def _select(widget: dict) -> str:
    groups = []
    for name, options, _index in widget["optgroups"]:
        lines = format_html_join("\n  ", "{}", ((_option(option),) for option in options))
        groups.append(format_html('<optgroup label="{}">\n  {}\n  </optgroup>', name, lines) if name else lines)
    inside = format_html_join("\n  ", "{}", ((group,) for group in groups))
    return format_html('<select name="{}"{}>\n  {}\n</select>', widget["name"], _attributes(widget["attrs"]), inside)


PLAIN = {f"{WIDGETS}{name}.html": _input for name in INPUTS} | {
    f"{WIDGETS}textarea.html": _textarea,
    f"{WIDGETS}select.html": _select,
}


class FormRenderer(DjangoTemplates):
    """Django's own, but that PLAIN widgets go without a template."""

    def render(self, template_name, context, request=None):
        if write := PLAIN.get(template_name):
            return write(context["widget"])
        return super().render(template_name, context, request)
