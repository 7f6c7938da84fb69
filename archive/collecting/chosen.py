"""The items that an address or a form of "my collection" names, from standing editions alone."""

import re
from dataclasses import dataclass, field

from archive.models import Edition, Tombstone

MOST = 200  # items of one collection: an address of them all still fits a browser's and a proxy's limits
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]{1,79}\Z")
NOTE = 2_000  # characters of a visitor's own note that are printed


class TooMany(ValueError):
    """More than MOST items are named."""


@dataclass(frozen=True)
class Chosen:
    """`documents` in the order asked; `gone`: tombstones of what was withdrawn; `unknown`: what never stood, as
    drafts are unknown too. `notes`: the visitor's own words by identifier, from this request alone and never kept."""

    documents: list[dict] = field(default_factory=list)
    gone: list[Tombstone] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def identifiers(self) -> list[str]:
        return [document["identifier"] for document in self.documents]


def chosen(params) -> Chosen:
    """In: a QueryDict with `items` (identifiers, parted by commas, or repeated) and `note-{identifier}`.

    Raises TooMany. One query, a second where something doesn't stand.
    """
    names = [name.strip() for value in params.getlist("items") for name in value.split(",")]
    names = list(dict.fromkeys(name for name in names if IDENTIFIER.match(name)))
    if len(names) > MOST:
        raise TooMany(len(names))
    standing = {edition.identifier: edition.data for edition in Edition.objects.filter(identifier__in=names)}
    missing = [name for name in names if name not in standing]
    tombs = {tomb.identifier: tomb for tomb in Tombstone.objects.filter(identifier__in=missing)} if missing else {}
    notes = {name: params.get(f"note-{name}", "").strip()[:NOTE] for name in standing}
    return Chosen(
        documents=[standing[name] for name in names if name in standing],
        gone=[tombs[name] for name in missing if name in tombs],
        unknown=[name for name in missing if name not in tombs],
        notes={name: note for name, note in notes.items() if note},
    )
