"""Every address of the admin that the URL configuration knows, with what this world has for its parameters."""

from dataclasses import dataclass

from django.contrib.admin.utils import quote
from django.db.models import Model
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from wagtail.models import Revision, TaskState, WorkflowState

from archive.models import Record
from media.models import Job

from .world import World


@dataclass(frozen=True)
class Route:
    name: str  # with its namespaces
    parameters: frozenset[str]
    model: type[Model] | None  # that its view is about, where it says so


def admin_routes() -> list[Route]:
    """All but Wagtail's JSON interface, which only its scripts read."""
    found = [route for route, path in _walk(get_resolver(), "", ()) if path.startswith("admin/")]
    return [route for route in found if route.name and "_api:" not in route.name]


def _walk(resolver, prefix, spaces):
    for one in resolver.url_patterns:
        path = prefix + str(one.pattern).removeprefix("^")
        if isinstance(one, URLPattern):
            name = ":".join((*spaces, one.name)) if one.name else ""
            names = frozenset(one.pattern.regex.groupindex)
            yield Route(name, names, _model(one.callback)), path
        else:
            yield from _walk(one, path, (*spaces, one.namespace) if one.namespace else spaces)


def _model(view) -> type[Model] | None:
    given = getattr(view, "view_initkwargs", {}).get("model")
    return given or getattr(getattr(view, "view_class", None), "model", None)


def values(world: World) -> list[dict]:
    """Coherent sets of values: each about one page, one record, or neither."""
    common = {
        "app_label": "archive", "model_name": "record", "app_name": "archive",
        "action": "delete", "action_name": "cancel",
        "pk": 1, "user_id": world.people["lan"].pk, "collection_id": world.collection.pk, "image_id": world.image.pk,
        "document_id": world.document.pk, "doc_id": world.document.pk, "lang": "vi", "uidb64": "MQ", "token": "x-y",
        "uploaded_file_id": 1, "filter_spec": "original", "session_id": 1, "workflow_pk": 1, "task_id": 1, "path": "x",
    }  # fmt: skip
    kinds = {"exhibition": "sectionpage", "article": "articlepage", "home": "exhibitionpage", "section": "sectionpage"}
    rows = []
    for name, child in kinds.items():
        page = world.pages[name]
        rows.append({**common, **_history(page), **_of_page(page, child, world), "model": type(page)})
    for record in world.records.values():
        rows.append({**common, **_history(record), "pk": record.pk, "key": f"record:{record.pk}", "model": Record})
    for job in Job.objects.all():
        rows.append({**common, "pk": job.pk, "job_id": job.pk, "key": "x", "model": Job})
    return rows


def _of_page(page, child: str, world: World) -> dict:
    return {
        "page_id": page.pk, "parent_page_id": page.pk, "page_to_move_id": page.pk, "page_pk": page.pk, "pk": page.pk,
        "destination_id": world.pages["home"].pk, "content_type_app_name": "exhibits", "app_label": "exhibits",
        "content_type_model_name": child, "model_name": child, "app_name": "exhibits", "key": f"page:{page.pk}",
    }  # fmt: skip


def _history(instance) -> dict:
    """The newest revision, workflow and task of a page or record; 1 where it has none."""
    revision = Revision.objects.for_instance(instance).order_by("-pk").first()
    workflow = WorkflowState.objects.filter(object_id=str(instance.pk)).order_by("-pk").first()
    task = TaskState.objects.filter(workflow_state=workflow).first() if workflow else None
    number = revision.pk if revision else 1
    return {
        "revision_id": number, "revision_id_a": "earliest", "revision_id_b": "live",
        "workflow_state_id": workflow.pk if workflow else 1, "task_state_id": task.pk if task else 1,
        "object_id": instance.pk,
    }  # fmt: skip


STATEFUL = ("edit", "review", "delete", "job")  # views that differ by the state of what they show


def addresses(route: Route, rows: list[dict]) -> list[str]:
    """The route's addresses: of every page and record where they differ, else of the first."""
    most = len(rows) if route.name.endswith(STATEFUL) else 1
    if route.model and not any(row["model"] is route.model for row in rows) and route.parameters:
        first = route.model._default_manager.first() if isinstance(route.model, type) else None
        key = quote(first.pk) if first else 1
        rows = [{**rows[0], "pk": key, "object_id": key}]
    elif route.model and route.parameters & {"pk", "object_id"}:
        rows = [row for row in rows if row["model"] is route.model]
    found = []
    for row in rows:
        try:
            found.append(reverse(route.name, kwargs={name: row.get(name, 1) for name in route.parameters}))
        except NoReverseMatch:
            continue
    return list(dict.fromkeys(found))[:most]
