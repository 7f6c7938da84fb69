"""What people see, hear or are told in an answer of the admin: text, spoken labels, messages for scripts. Pure."""

import json
import re
from html.parser import HTMLParser

SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription", "label"}
# data-… attributes that scripts show to people; the rest names classes, targets and events.
SHOWN = re.compile(
    r"^data-.*(?:-(?:message|label|text|title|content|placeholder|description|heading|clean|active|error|success|"
    r"summary|announcement|tooltip|prompt|confirm|question|none|more)(?:-value)?|-(?:saving|saved|deleting|done))$"
)
BUTTONS = {"submit", "button", "reset"}
TEMPLATES = {"application/json", "text/x-template", "text/django-form-template"}
UNSEEN = {"script", "style", "kbd"}
# In JSON: what scripts show. Whatever holds an element is read as HTML; the rest is names and addresses.
KEYS = {
    "label", "labelFormat", "helpText", "help_text", "description", "text", "title", "placeholder", "message",
    "messages", "heading", "error", "errors", "detail", "name_display", "modelName", "buttonText", "tooltip",
}  # fmt: skip
SUBTREES = {"strings", "messages", "errors", "STRINGS"}
ELEMENT = re.compile(r"<\w[^>]*>")


class Reader(HTMLParser):
    """Collects `texts`, and `links` and `forms` for a walk."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self.links, self.forms, self.open = [], [], [], []
        self.unseen, self.depth, self.script = "", 0, None

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self._walk(tag, values)
        if self.unseen:
            self.depth += tag == self.unseen
            return
        if tag == "script" and values.get("type") in {
            "application/json",
            "text/x-template",
            "text/django-form-template",
        }:
            self.script = ""
        zones = tag == "select" and values.get("name", "").endswith("time_zone")  # Asia/Ho_Chi_Minh …
        counter = "data-side-panel-toggle-counter" in values  # hidden, and "None", until a script counts
        if tag in UNSEEN or zones or counter or values.get("lang") == "en":
            self.unseen, self.depth = tag, 1
            return
        self._attributes(tag, values)

    def _walk(self, tag, values):
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        for name, value in values.items():
            if name.startswith("data-") and name.endswith("url") or name.endswith("-url-value"):
                self.links.append(value)
        if tag == "form":
            form = {"method": values.get("method", "get").lower(), "action": values.get("action", ""), "fields": []}
            self.forms.append(form)
            self.open.append(form)
        elif tag in {"input", "select", "textarea"} and values.get("name") and self.open:
            self.open[-1]["fields"].append({"tag": tag, **values})
        elif "data-w-block-data-value" in values and self.open:  # a StreamField, whose fields a script makes
            count = {"tag": "input", "type": "hidden", "name": f"{values['id']}-count", "value": "0"}
            self.open[-1]["fields"].append(count)

    def _attributes(self, tag, values):
        for name, value in values.items():
            if value[:1] in "{[" and name.startswith("data-"):
                self._json(value)
            elif name in SPOKEN or SHOWN.match(name):
                self._say(value)
        if tag in {"input", "button"} and values.get("type") in BUTTONS and tag == "input":
            self._say(values.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "form" and self.open:
            self.open.pop()
        if self.unseen == tag:
            self.depth -= 1
            if not self.depth:
                self.unseen = ""
                if self.script:
                    self._json(self.script) if self.script.lstrip()[:1] in "{[" else self._html(self.script)
                self.script = None

    def handle_data(self, data):
        if self.script is not None:
            self.script += data
        elif not self.unseen:
            self._say(data)

    def _say(self, text):
        if text.strip():
            self.texts.append(" ".join(text.split()))

    def _json(self, text):
        try:
            self.texts += texts_of_json(json.loads(text))
        except ValueError:
            return

    def _html(self, text):
        self.texts += texts_of_html(text)


def texts_of_html(text: str) -> list[str]:
    return read(text).texts


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


def texts_of_json(value, shown: bool = False) -> list[str]:
    """What a script would show of a JSON value; `shown`: whether a plain string at this place is for people."""
    if isinstance(value, str):
        if ELEMENT.search(value):
            return texts_of_html(value)
        return [value] if shown and value.strip() else []
    if isinstance(value, list):
        return [text for one in value for text in texts_of_json(one, shown)]
    if isinstance(value, dict):
        inside = {key: key in KEYS | SUBTREES or (shown and key not in {"icon", "code"}) for key in value}
        return [text for key, one in value.items() for text in texts_of_json(one, inside[key])]
    return []
