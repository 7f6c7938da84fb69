"""Authorities named in a sheet by key or name. Reads each table once; makes missing ones only when told to."""

from django.utils.translation import gettext_noop as noop

from ..folding import fold
from ..models import Agent, Institution, Place, PlaceName, Source, Tag
from .values import Bad

MISSING = {
    Agent: noop(
        "Không có tác nhân nào mang khoá hoặc tên “%(text)s”. Hãy tạo trước, hoặc chọn tạo mục chưa có khi nhập."
    ),
    Institution: noop(
        "Không có cơ quan lưu giữ nào mang khoá hoặc tên “%(text)s”. Hãy tạo trước, hoặc chọn tạo mục chưa có khi nhập."
    ),
    Source: noop(
        "Không có nguồn nào mang khoá hoặc tên “%(text)s”. Hãy tạo trước, hoặc chọn tạo mục chưa có khi nhập."
    ),
    Tag: noop("Không có từ khoá nào mang khoá hoặc tên “%(text)s”. Hãy tạo trước, hoặc chọn tạo mục chưa có khi nhập."),
    Place: noop("Không có địa danh nào mang khoá hoặc tên “%(text)s”. Hãy thêm vào danh mục địa danh trước."),
}
AMBIGUOUS = noop("“%(text)s” là tên của nhiều mục (%(keys)s). Hãy ghi khoá thay cho tên.")
TOO_LONG = noop("Tên “%(text)s…” dài quá 300 ký tự.")
# A place needs its coordinates and names: the gazetteer is not filled from a sheet of records.
CREATABLE = (Agent, Institution, Source, Tag)
LONGEST_KEY, LONGEST_NAME = 80, 300


class Resolver:
    """create: whether unknown agents, institutions and sources are made. They are, unsaved, part of the row that names
    them first: settle() when it is accepted, forget_pending() when it is refused."""

    def __init__(self, create: bool = False):
        self.create = create
        self._keys: dict = {}
        self._names: dict = {}
        self._pending: list = []

    def find(self, model, text: str):
        """An instance, perhaps unsaved. Raises Bad for an unknown or ambiguous name."""
        self._load(model)
        if text in self._keys[model]:
            return self._keys[model][text]
        found = self._names[model].get(fold(text), {})
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            raise Bad(AMBIGUOUS, text=text, keys=", ".join(sorted(found)))
        if self.create and model in CREATABLE:
            return self._make(model, text)
        raise Bad(MISSING[model], text=text)

    def settle(self) -> None:
        """The row is accepted: what it named first is known to the rows that follow, and saved with it."""
        self._pending = []

    def forget_pending(self) -> None:
        """The row is refused: what only it named is unknown again."""
        for instance in self._pending:
            model = type(instance)
            self._keys[model].pop(instance.key, None)
            self._names[model].pop(fold(instance.name_vi), None)
        self._pending = []

    def _load(self, model) -> None:
        if model in self._keys:
            return
        self._keys[model], self._names[model] = {}, {}
        for instance in model.objects.all():
            self._keys[model][instance.key] = instance
            for name in (instance.name_vi, instance.name_en):
                self._add_name(model, name, instance)
        if model is Place:
            by_pk = {place.pk: place for place in self._keys[Place].values()}
            for place_id, text in PlaceName.objects.values_list("place_id", "text"):
                self._add_name(Place, text, by_pk.get(place_id))

    def _add_name(self, model, name, instance) -> None:
        if name and instance:
            self._names[model].setdefault(fold(name), {})[instance.key] = instance

    def _make(self, model, text: str):
        if len(text) > LONGEST_NAME:
            raise Bad(TOO_LONG, text=text[:40])
        instance = model(key=self._free_key(model, text), name_vi=text)
        self._keys[model][instance.key] = instance
        self._add_name(model, text, instance)
        self._pending.append(instance)
        return instance

    def _free_key(self, model, text: str) -> str:
        """A key made of the name; of its kind where the name has no Latin letters ("agent", "agent-2" …)."""
        letters = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(text))
        stem = "-".join(letters.split())[: LONGEST_KEY - 5].strip("-") or model._meta.model_name
        key, number = stem, 1
        while key in self._keys[model]:
            number += 1
            key = f"{stem}-{number}"
        return key
