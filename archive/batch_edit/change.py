"""One change, and what it makes of a record in memory. Writes nothing."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext_noop as noop

from media.sentences import Sentence

from ..models import Institution
from . import fields

NOT_POSSIBLE = noop("Không làm được việc này với mục đã chọn.")
EMPTY = noop("Hãy ghi giá trị.")
NOTHING_TO_FIND = noop("Hãy ghi lời cần tìm.")
GONE = noop("Mục “%(key)s” không còn trong danh mục.")


class Impossible(Sentence, ValueError):
    """A change that makes no sense; the sentence says why."""


@dataclass(frozen=True)
class Change:
    """field: of batch_edit.fields; act: "set" …; value: text, or the key of an authority; find: what `replace` looks
    for; role: of an agent that is added, or of those that are removed ("" = whatever their role)."""

    field: str
    act: str
    value: str = ""
    find: str = ""
    role: str = ""

    def as_dict(self) -> dict:
        return asdict(self)

    def check(self) -> None:
        """Raises Impossible."""
        if self.field not in fields.ALL or self.act not in fields.acts(self.field):
            raise Impossible(NOT_POSSIBLE)
        if self.act in (fields.SET, fields.ADD, fields.REMOVE) and not self.value.strip():
            raise Impossible(EMPTY)
        if self.act == fields.REPLACE and not self.find:
            raise Impossible(NOTHING_TO_FIND)

    def apply(self, record) -> tuple[str, str]:
        """Change a record in memory. Out: what the field said before and says now; equal when nothing changes.

        Raises Impossible for an authority that is gone.
        """
        before = told(record, self.field)
        if self.field in fields.LISTS:
            self._change_list(record)
        elif self.act == fields.REPLACE:
            setattr(record, self.field, (getattr(record, self.field) or "").replace(self.find, self.value))
        else:
            setattr(record, self.field, self._value())
        return before, told(record, self.field)

    def _value(self):
        if self.field == "institution":
            return _authority(Institution, self.value) if self.act == fields.SET else None
        if self.field in fields.COUNTED:
            return int(self.value) if self.act == fields.SET else None
        return self.value if self.act == fields.SET else ""

    def _change_list(self, record) -> None:
        listed = fields.LISTS[self.field]
        rows = list(getattr(record, self.field).all())
        authority = _authority(listed.authority, self.value)
        same = [row for row in rows if getattr(row, f"{listed.field}_id") == authority.pk and self._same_role(row)]
        if self.act == fields.REMOVE:
            rows = [row for row in rows if row not in same]
        elif not same:
            more = {"role": self.role} if self.role else {}
            rows.append(listed.row(**{listed.field: authority}, **more))
        else:
            return
        for order, row in enumerate(rows):
            row.sort_order = order
        getattr(record, self.field).set(rows)

    def _same_role(self, row) -> bool:
        return not self.role or row.role == self.role


def _authority(model, key: str):
    found = model.objects.filter(key=key).first()
    if found is None:
        raise Impossible(GONE, key=key)
    return found


def told(record, field: str) -> str:
    """What a field says, in words, for a preview."""
    if field in fields.LISTS:
        named = fields.LISTS[field].field
        rows = getattr(record, field).all()
        return "; ".join(
            str(getattr(row, named)) + (f" ({row.get_role_display()})" if field == "agents" else "") for row in rows
        )
    if field == "institution":
        return str(record.institution or "")
    display = getattr(record, f"get_{field}_display", None)
    value = display() if display else getattr(record, field)
    return "" if value is None else str(value)
