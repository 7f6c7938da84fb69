"""What to fill a route's parameters with: of each state's record, scan and pages, whatever the route may mean by it."""

from itertools import product

from django.apps import apps
from wagtail.models import Page, Revision, TaskState, WorkflowState

from archive.models import ChangeSet, Place
from media.models import Job

from .world import World

MOST = 60  # addresses of one route

FILES = ("info.json", "full/max/0/default.jpg", "full/!96,72/0/default.jpg", "0,0,64,64/32,/0/default.png")


class Arguments:
    """The values for one actor: of the things in `states`, and no others."""

    def __init__(self, world: World, states):
        self.world, self.states = world, [state for state in states if state in world.records]
        self.records = [world.records[state] for state in self.states]
        self.pages = [page for state in self.states for page in world.pages[state]]
        self.scans = [world.scans[state] for state in self.states]
        self.jobs = list(Job.objects.values_list("pk", flat=True))
        self.revisions = self._of_objects(Revision.objects.order_by("-pk"), "object_id")
        self.task_states = {}
        for state in TaskState.objects.select_related("workflow_state"):
            self.task_states.setdefault(state.workflow_state.object_id, []).append(state)
        self.workflow_states = self._of_objects(WorkflowState.objects.all(), "object_id")

    @staticmethod
    def _of_objects(rows, column):
        found = {}
        for row in rows:
            found.setdefault(getattr(row, column), []).append(row.pk)
        return found

    # --- the combinations of one route --------------------------------------------------------------------

    def of(self, route) -> list[dict]:
        """The parameters' values for each address to ask for."""
        names = [name for name, _kind in route.parameters]
        if not names:
            return [{}]
        if set(names) & {"revision_id", "revision_id_a", "group2", "task_state_id", "workflow_state_id"}:
            return self._with_history(names, route)[:MOST]
        values = [self.values(route, name, kind) for name, kind in route.parameters]
        return [dict(zip(names, chosen, strict=True)) for chosen in product(*values)][:MOST]

    def _with_history(self, names, route) -> list[dict]:
        """An object's own revisions or workflow states go with its key."""
        things = self.pages if "page" in route.name else self.records
        found = []
        for thing in things:
            pk = str(thing.pk)
            revisions = self.revisions.get(pk, [])[:3] or [0]
            tasks = self.task_states.get(pk, [])[:1]
            last = {
                "revision_id": revisions, "revision_id_a": ["earliest", *revisions], "revision_id_b": ["latest"],
                "group2": ["earliest", *revisions], "group3": ["latest"], "action_name": ["approve"],
                "task_state_id": [task.pk for task in tasks] or [0],
                "workflow_state_id": self.workflow_states.get(pk, [0])[:1], "task_id": [1],
            }  # fmt: skip
            values = [last.get(name, [pk]) for name in names]
            found += [dict(zip(names, chosen, strict=True)) for chosen in product(*values)]
        return found

    # --- one parameter ---------------------------------------------------------------------------------------

    def values(self, route, name: str, kind: str) -> list:
        space, _colon, view = route.name.rpartition(":")
        if (space, name) in SPECIAL:
            return SPECIAL[space, name](self)
        if name in NAMED:
            return NAMED[name](self)
        if space.startswith(("wagtailsnippets_", "wagtailsnippetchoosers_")):
            return self._of_model(apps.get_model(*space.split("_")[-2:]))
        return self.anything(kind)

    def anything(self, kind: str) -> list:
        """For a parameter that nobody has explained: whatever names one of the things."""
        if kind == "int":
            found = [thing.pk for thing in (*self.records, *self.pages, *self.scans)] + self.jobs
            return list(dict.fromkeys(found))
        found = [record.identifier for record in self.records]
        found += [f"record:{record.pk}" for record in self.records] + [str(record.pk) for record in self.records]
        return found

    def _of_model(self, model) -> list:
        if model._meta.model_name == "record":
            return [record.pk for record in self.records]
        return self.authority_keys(model) or list(model._base_manager.values_list("pk", flat=True)[:3])

    def authority_keys(self, model) -> list[int]:
        planted = [self.world.planters[state].authorities.get(model) for state in self.states]
        return [one.pk for one in planted if one]

    def place_keys(self) -> list[str]:
        planted = [self.world.planters[state].authorities.get(Place) for state in self.states]
        return [place.key for place in planted if place]

    def page_paths(self) -> list[str]:
        """Below /vi/."""
        paths = [page.url_path for page in self.pages] + [
            self.world.exhibition.url_path,
            self.world.homes["vi"].url_path,
        ]
        return [path.removeprefix("/vi/") for path in paths]

    def page_keys(self) -> list[int]:
        root = Page.get_first_root_node()
        return [root.pk, self.world.homes["vi"].pk, self.world.exhibition.pk, *[page.pk for page in self.pages]]

    def images(self) -> list[str]:
        names = [image for image, state in self.world.words.images.items() if state in self.states and len(image) <= 40]
        return [f"{image}/{file}" for image in names for file in FILES]

    def subjects(self) -> list[str]:
        return [f"record:{one.pk}" for one in self.records] + [f"page:{one.pk}" for one in self.pages]


SPECIAL = {
    ("archive_pages", "key"): Arguments.place_keys,
    ("archive_review", "key"): Arguments.subjects,
    ("archive", "slug"): lambda values: ["all", "map", "object"],
    ("archive", "index"): lambda values: [1],
    ("archive", "number"): lambda values: [1],
    ("archive_pages", "form"): lambda values: ["bibtex", "ris", "vietnamese", "apa", "csv", "pdf"],
    ("exhibits", "key"): Arguments.place_keys,
    ("exhibits", "slug"): lambda values: [values.world.kiosk.slug],
    ("exhibits", "number"): lambda values: range(1, 12),
    ("site", "kind"): lambda values: ["items", "places", "pages"],
    ("site", "number"): lambda values: [1],
    ("media_scans", "pk"): lambda values: [scan.pk for scan in values.scans],
    ("scan_chooser", "pk"): lambda values: [scan.pk for scan in values.scans],
    ("record_chooser", "pk"): lambda values: [record.pk for record in values.records],
    ("record_link_chooser", "pk"): lambda values: [record.pk for record in values.records],
    ("archive_merge", "kind"): lambda values: ["place"],
    ("archive_merge", "pk"): lambda values: values.authority_keys(Place) + values.jobs[:2],
    ("archive_merge", "other"): lambda values: values.authority_keys(Place)[:2],
    ("archive_export", "pk"): lambda values: values.jobs,
    ("archive_changes", "pk"): lambda values: list(ChangeSet.objects.values_list("pk", flat=True)),
    ("wagtaildocs_chooser", "pk"): lambda values: [1],
    ("wagtailimages_chooser", "pk"): lambda values: [1],
    ("archive_import", "pk"): lambda values: values.jobs,
    ("wagtailadmin_api:pages", "pk"): Arguments.page_keys,
    ("wagtailadmin_api:pages", "action_name"): lambda values: ["publish"],
    ("wagtailusers_users", "pk"): lambda values: [user.pk for user in values.world.people.values()],
    ("wagtailusers_groups", "pk"): lambda values: [1, 2, 3, 4, 5, 6],
    ("wagtailsites", "pk"): lambda values: [1, 2],
    ("wagtaillocales", "pk"): lambda values: [1, 2],
}
FEW = {name: (lambda values: [1]) for name in (
    "document_id", "doc_id", "image_id", "uploaded_file_id", "collection_id", "page_view_restriction_id", "session_id",
    "workflow_pk", "task_id", "locale_id",
)}  # fmt: skip
NAMED = FEW | {
    "identifier": lambda values: [record.identifier for record in values.records],
    "path": Arguments.images,
    "group1": Arguments.page_paths,
    "page_id": Arguments.page_keys,
    "page_pk": Arguments.page_keys,
    "parent_page_id": Arguments.page_keys,
    "page_to_move_id": Arguments.page_keys,
    "destination_id": lambda values: [values.world.homes["vi"].pk],
    "content_type_app_name": lambda values: ["exhibits"],
    "content_type_model_name": lambda values: ["articlepage", "sectionpage"],
    "app_label": lambda values: ["archive", "exhibits", "wagtailcore"],
    "app_name": lambda values: ["archive", "exhibits"],
    "model_name": lambda values: ["record", "articlepage", "page", "place"],
    "action": lambda values: ["delete", "publish", "move"],
    "action_name": lambda values: ["approve"],
    "filter_spec": lambda values: ["max-100x100"],
    "object_id": lambda values: [str(one.pk) for one in (*values.records, *values.pages)],
    "user_id": lambda values: [user.pk for user in values.world.people.values()],
    "uidb64": lambda values: ["MQ"],
    "token": lambda values: ["x"],
}
