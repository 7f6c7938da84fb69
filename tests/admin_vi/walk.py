"""A person walks the admin: every route, every link, every form sent empty, wrong and as it is."""

import json
from collections import Counter
from urllib.parse import urljoin, urlsplit

from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from .english import english
from .reading import Reader, read, texts_of_json
from .routes import addresses, admin_routes, values

# Read by scripts alone, which say their own words about what went wrong.
MACHINES = ("/admin/api/", "/admin/iiif/")
# The workflow's editor, which no role has; what serves scripts; what Wagtail and wagtail-2fa answer wrongly when nobody
# links to it (a root page's position, another's device).
ELSEWHERE = {"wagtailadmin_workflows:task_chooser", "wagtailadmin_pages:set_page_position"}
# What ends the walk, or breaks by design.
CLOSED = ("/admin/logout/", "/admin/failwhale/", "/admin/jsi18n/", "/admin/sprite/")
EACH = 1  # addresses of one route that are found by links
GARBAGE = {
    "number": "x",
    "date": "x",
    "url": "x",
    "email": "x",
    "select": "§",
    "textarea": "",
    "checkbox": None,
    "file": None,
}


class Walk:
    """`faults`: text → (where it was first read, its English words). `visits`: how many answers were read."""

    def __init__(self, person, world, seen_forms: set):
        self.client = Client(raise_request_exception=False, headers={"accept-language": "vi"})
        if person is not None:
            self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        self.person, self.world, self.seen_forms = person, world, seen_forms
        self.faults: dict[str, tuple[str, list[str]]] = {}
        self.broken: list[str] = []
        self.visits, self.routes, self.done = 0, Counter(), set()
        self.read_texts: set[str] = set()

    def go(self) -> "Walk":
        queue = ["/admin/", "/admin/khong-co/", "/admin/pages/999999/", "/admin/pages/?p=x"]
        rows = values(self.world)
        for route in admin_routes():
            if route.name not in ELSEWHERE:
                queue += addresses(route, rows)
        self.through(queue, most=1000)
        return self

    def through(self, queue: list[str], most: int = EACH) -> None:
        """Visit addresses and, afterwards, what they link to."""
        found: list[str] = []
        for address in queue:
            reader = self.visit(address, most)
            if reader is not None:
                found += [urljoin(address, link) for link in reader.links]
                self.send_forms(address, reader)
        ours = [self.plain(link) for link in found if urlsplit(link).path.startswith("/admin/")]
        new = [link for link in dict.fromkeys(ours) if link not in self.done]
        if new:
            self.through(new)

    @staticmethod
    def plain(link: str) -> str:
        parts = urlsplit(link)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def visit(self, address: str, most: int) -> Reader | None:
        if address in self.done or address.startswith(CLOSED):
            return None
        name = self.route(address)
        if self.routes[name] >= most:
            return None
        self.done.add(address)
        self.routes[name] += 1
        return self.read(self.client.get(address), f"GET {address}")

    @staticmethod
    def route(address: str) -> str:
        parts = urlsplit(address)
        try:
            return resolve(parts.path).view_name
        except Resolver404:
            return parts.path

    def read(self, response, where: str) -> Reader | None:
        """Judge what an answer shows. Out: its links and forms, for an HTML page."""
        self.visits += 1
        if response.status_code >= 500:
            self.broken.append(f"{where}: {response.status_code}")
        if response.streaming or where.split()[1].startswith(MACHINES):
            return None
        kind = response.headers.get("Content-Type", "").split(";")[0]
        if kind == "application/json":
            try:
                value = json.loads(response.content)
            except ValueError:
                return None
            self.judge(texts_of_json(value, shown=isinstance(value, str)), where)
            return read(value["html"]) if isinstance(value, dict) and isinstance(value.get("html"), str) else None
        if kind != "text/html":
            return None
        reader = read(response.content.decode())
        self.judge(reader.texts, where)
        return reader

    def judge(self, texts, where: str) -> None:
        for text in texts:
            if text not in self.read_texts:
                self.read_texts.add(text)
                if words := english(text):
                    self.faults[text[:300]] = (where, words)

    # --- forms --------------------------------------------------------------------------------------------

    def send_forms(self, address: str, reader: Reader) -> None:
        """Send each form empty, with garbage and as it is, each in a transaction that is undone."""
        for form in reader.forms:
            target = self.plain(urljoin(address, form["action"] or address))
            key = (self.route(target), len(reader.forms))
            token = any(field["name"] == "csrfmiddlewaretoken" for field in form["fields"])
            if form["method"] != "post" or not token or target.startswith(CLOSED) or key in self.seen_forms:
                continue
            self.seen_forms.add(key)
            for data in (self.filled(form, ""), self.filled(form, "garbage"), self.filled(form, None)):
                self.post(target, data)

    def post(self, target: str, data: dict) -> None:
        before = len(mail.outbox)
        with transaction.atomic():
            self.read(self.client.post(target, data, follow=True), f"POST {target}")
            transaction.set_rollback(True)
        if self.person is not None:
            self.client.force_login(self.person, backend="django.contrib.auth.backends.ModelBackend")
        for message in mail.outbox[before:]:
            self.judge([message.subject, *message.body.splitlines()], f"mail after POST {target}")

    @staticmethod
    def filled(form: dict, way: str | None) -> dict:
        """The form's data: hidden fields as they are; the others empty, wrong, or as they are (`way` None)."""
        data = {}
        for field in form["fields"]:
            kind = field.get("type", field["tag"])
            if kind in {"file", "checkbox", "radio"} or field["tag"] == "button":
                continue
            kept = way is None or kind == "hidden"
            data[field["name"]] = field.get("value", "") if kept else GARBAGE.get(kind, "§ " * 400) if way else ""
        return data
