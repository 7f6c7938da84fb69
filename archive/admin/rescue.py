"""What somebody typed, handed back when it can't be saved and the record can no longer be shown to them."""

import re

from archive.models import Record

from .conflict import LISTS, label

CHILD = re.compile(r"([a-z]+)-(\d+)-(\w+)")
BOOKKEEPING = {"ORDER", "DELETE", "id"}


def typed_texts(data) -> list[tuple[str, str]]:
    """(what it is called, text) of each filled text field of an editor's POST, in the order of the form."""
    texts = []
    for name, value in data.items():
        found = CHILD.fullmatch(name)
        if found and found[1] in LISTS and found[3] not in BOOKKEEPING:
            model = Record._meta.get_field(found[1]).related_model
            texts.append((f"{LISTS[found[1]]} {int(found[2]) + 1} · {label(model, found[3])}", value))
        elif name in {field.name for field in Record._meta.fields if field.editable}:
            texts.append((label(Record, name), value))
    return [(what, value) for what, value in texts if value.strip()]
