"""The worklist "what is missing": its page, and the steps from one record to the next."""

from dataclasses import asdict, dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from archive import completeness, worklist
from archive.models import ChangeSet, Kind, Record, Status
from archive.worklist import Choice

from .record_access import visible_records

PER_PAGE = 25
REMEMBERED = "worklist"  # in the session: the query and place of the record that was opened last


def choice_of(data, user) -> Choice:
    """What an address asks for; what it can't mean is left out."""
    change_set = data.get("import", "")
    return Choice(
        gap=_one_of(data.get("gap"), completeness.all_codes()),
        kind=_one_of(data.get("kind"), Kind.values),
        language=_one_of(data.get("language"), worklist.LANGUAGES),
        status=_one_of(data.get("status"), Status.values),
        mine=user.pk if data.get("mine") == "1" else None,
        change_set=int(change_set) if change_set.isascii() and change_set.isdigit() else None,
    )


def _one_of(value, allowed) -> str:
    return value if value in allowed else ""


def query_of(choice: Choice) -> QueryDict:
    """The address's part that asks for it."""
    query = QueryDict(mutable=True)
    for name, value in asdict(choice).items():
        if value:
            query[{"change_set": "import"}.get(name, name)] = "1" if name == "mine" else str(value)
    return query


@dataclass
class Step:
    """A record opened from the worklist. place: its (completeness, pk) when it was opened."""

    choice: Choice
    place: tuple[int, int]
    record: Record

    @property
    def suffix(self) -> str:
        query = query_of(self.choice)
        query["worklist"] = "1"
        query["after"] = f"{self.place[0]}-{self.place[1]}"
        return f"?{query.urlencode()}"

    def next_url(self) -> str:
        return reverse("archive_worklist:next") + self.suffix

    @property
    def list_url(self) -> str:
        return f"{reverse('archive_worklist:list')}?{query_of(self.choice).urlencode()}"

    @cached_property
    def focus(self) -> str:
        """The form field to begin with, or ""."""
        code = worklist.first_gap(self.record, self.choice)
        return completeness.field_of(code) if code else ""


def place_of(text: str) -> tuple[int, int] | None:
    """(45, 12) of "45-12"; None for anything else."""
    percent, _dash, pk = (text or "").partition("-")
    numbers = percent.isascii() and percent.isdigit() and pk.isascii() and pk.isdigit()
    return (int(percent[:4]), int(pk[:18])) if numbers else None


def step_of(request, record) -> Step | None:
    """Where in the worklist this record was opened; None when it wasn't. Remembers the place."""
    place = place_of(request.GET.get("after"))
    if "worklist" not in request.GET or place is None:
        return None
    step = Step(choice_of(request.GET, request.user), place, record)
    request.session[REMEMBERED] = step.suffix
    return step


def edit_url(record, choice: Choice) -> str:
    step = Step(choice, (record.completeness, record.pk), record)
    return reverse(Record.snippet_viewset.get_url_name("edit"), args=[record.pk]) + step.suffix


def next_record(request):
    """Go on to the record after ?after=; to the list when there is none."""
    choice = choice_of(request.GET, request.user)
    records = choice.records(visible_records(request.user))
    if place := place_of(request.GET.get("after")):
        records = worklist.after(records, place)
    record = records.only("pk", "completeness").first()
    if record:
        return HttpResponseRedirect(edit_url(record, choice))
    messages.success(request, _("Đã tới cuối danh sách."))
    request.session.pop(REMEMBERED, None)
    return HttpResponseRedirect(f"{reverse('archive_worklist:list')}?{query_of(choice).urlencode()}")


def worklist_page(request):
    """What is missing, by gap, kind, language, status, whose and which import."""
    choice = choice_of(request.GET, request.user)
    seen = visible_records(request.user)
    found = worklist.counts(seen, choice)
    paginator = Paginator(choice.records(seen), PER_PAGE)
    paginator.count = found["total"]["all"]  # known without another query
    page = paginator.get_page(request.GET.get("p"))
    rows = list(page.object_list.only("pk", "identifier", "title_vi", "kind", "status", "completeness", "gaps"))
    remembered = QueryDict(request.session.get(REMEMBERED, "")[1:])
    return render(
        request,
        "archive/admin/worklist.html",
        {
            "choice": choice,
            "query": query_of(choice).urlencode(),
            "facets": facets(choice, found),
            "page": page,
            "rows": [
                {"record": record, "url": edit_url(record, choice), "gaps": named(completeness.codes(record.gaps))}
                for record in rows
            ],
            "imports": ChangeSet.objects.order_by("-pk")[:50],
            "go_on": f"{reverse('archive_worklist:next')}?{remembered.urlencode()}" if remembered else "",
            "last_pk": (place_of(remembered.get("after")) or (0, 0))[1],
        },
    )


def named(codes: list[str]) -> list[dict]:
    return [{"code": code, "words": completeness.words(code)} for code in codes]


def facets(choice: Choice, found) -> list[dict]:
    """Each {name, label, options: [{value, label, count, url, chosen}]}, with the values that occur."""
    labels = {
        "gap": (_("Còn thiếu"), {code: completeness.words(code) for code in completeness.all_codes()}),
        "language": (_("Ngôn ngữ"), {"vi": _("Thiếu tiếng Việt"), "en": _("Thiếu hoặc cũ ở tiếng Anh")}),
        "kind": (_("Loại hình"), dict(Kind.choices)),
        "status": (_("Tình trạng"), dict(Status.choices)),
    }
    return [
        {"name": name, "label": label, "options": options(choice, name, words, found[name])}
        for name, (label, words) in labels.items()
    ]


def options(choice: Choice, name: str, words: dict, counted) -> list[dict]:
    chosen = getattr(choice, name)
    values = [value for value in words if counted[value] or value == chosen]
    if name == "gap":
        values.sort(key=lambda value: -counted[value])
    rows = []
    for value in values:
        query = query_of(choice)
        if value == chosen:
            query.pop(name)
        else:
            query[name] = value
        rows.append(
            {
                "value": value,
                "label": words[value],
                "count": counted[value],
                "url": f"?{query.urlencode()}",
                "chosen": value == chosen,
            }
        )
    return rows
