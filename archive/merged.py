"""What became of merged authorities: their addresses, filters and old revisions go on leading to what took their place.

A key is told to the public only if it has stood in an edition (MergedAuthority.public): what only drafts used stays
unknown.
"""

from django.db.models import Q

from .models import Agent, EditionPlace, Institution, MergedAuthority, Place, Source, Tag

MODELS = {"agent": Agent, "institution": Institution, "place": Place, "source": Source, "tag": Tag}
# Where a record's serialised form names authorities: child list → (field, kind).
CHILDREN = {
    "agents": ("agent", "agent"),
    "places": ("place", "place"),
    "mentions": ("place", "place"),
    "citations": ("source", "source"),
    "tags": ("tag", "tag"),
}


def kind_of(authority) -> str:
    """The name of an authority's model: "place". Raises LookupError for what is none."""
    kind = type(authority)._meta.model_name
    if kind not in MODELS:
        raise LookupError(f"{type(authority).__name__} is no authority")
    return kind


def heir(kind: str, key: str) -> str:
    """The key that an authority's key leads to, along merges of merges; the key itself where it wasn't merged."""
    seen = {key}
    while True:
        into = MergedAuthority.objects.filter(kind=kind, key=key).values_list("into", flat=True).first()
        if into is None or into in seen:
            return key
        seen.add(into)
        key = into


def keys_of(kind: str, keys) -> tuple[str, ...]:
    """These keys with all that public merges joined to them, for filters over standing editions.

    An edition names an authority as it was called when the edition was cleared. Unknown keys stay as they are.
    """
    found = list(dict.fromkeys(keys))
    public = MergedAuthority.objects.filter(kind=kind, public=True)
    wanted = set(public.filter(key__in=found).values_list("key", flat=True))
    heirs = [heir(kind, key) for key in found if key in wanted]
    found += [key for key in heirs if key not in found]
    reached, fresh = set(found), found
    while fresh:  # what was merged into these, and into what was
        older = MergedAuthority.objects.filter(kind=kind, into__in=fresh).values_list("key", "public")
        older = [(key, is_public) for key, is_public in older if key not in reached]
        reached |= {key for key, _is_public in older}
        found += [key for key, is_public in older if is_public]
        fresh = [key for key, _is_public in older]
    return tuple(found)


def families(kind: str, keys) -> dict[str, tuple[str, ...]]:
    """`keys_of` for each key by itself. One query while none of them was merged."""
    public = MergedAuthority.objects.filter(Q(key__in=keys) | Q(into__in=keys), kind=kind, public=True)
    if not public.exists():
        return {key: (key,) for key in keys}
    return {key: keys_of(kind, [key]) for key in keys}


def public_place(key: str) -> str | None:
    """The key of the public place that a merged place's public key leads to, or None."""
    if not MergedAuthority.objects.filter(kind="place", key=key, public=True).exists():
        return None
    into = heir("place", key)
    return into if EditionPlace.objects.filter(key=into).exists() else None


def heirs_named(data: dict) -> dict:
    """A record's serialised form, as a revision holds it, with merged authorities replaced by what they became.

    Revisions name authorities by primary key. What is there no more and became nothing is left out, since a revision
    that names it couldn't be read at all.
    """
    named: dict[str, set] = {}
    for _holder, field, kind in _naming(data):
        named.setdefault(kind, set()).add(_holder[field])
    gone = {
        kind: pks - set(MODELS[kind].objects.filter(pk__in=pks).values_list("pk", flat=True))
        for kind, pks in named.items()
    }
    if not any(gone.values()):
        return data
    replaced = {(kind, pk): _became(kind, pk) for kind, pks in gone.items() for pk in pks}
    data = data | {name: [dict(child) for child in data.get(name) or []] for name in CHILDREN}
    for holder, field, kind in _naming(data):
        holder[field] = replaced.get((kind, holder[field]), holder[field])
    for name, (field, _kind) in CHILDREN.items():
        data[name] = [child for child in data[name] if child.get(field) is not None]
    return data


def _naming(data: dict):
    """(dict, field, kind) of each place that names an authority."""
    if data.get("institution") is not None:
        yield data, "institution", "institution"
    for name, (field, kind) in CHILDREN.items():
        for child in data.get(name) or []:
            if child.get(field) is not None:
                yield child, field, kind


def _became(kind: str, pk: int) -> int | None:
    key = MergedAuthority.objects.filter(kind=kind, old_id=pk).values_list("key", flat=True).first()
    return MODELS[kind].objects.filter(key=heir(kind, key)).values_list("pk", flat=True).first() if key else None
