"""What changed between two documents, for the reviewer. Pure."""

# Volatile by nature: a new edition always has another number.
IGNORED = {"number", "schema"}


def flatten(value, path: tuple = ()) -> dict[tuple, str]:
    """A document's leaves by path: {("title", "vi"): "…", ("scans", 0, "image"): "…"}."""
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    else:
        return {} if value in (None, "") else {path: str(value)}
    leaves = {}
    for key, child in pairs:
        if path or key not in IGNORED:
            leaves.update(flatten(child, (*path, key)))
    return leaves


def changes(before: dict | None, after: dict) -> list[dict]:
    """Rows {field, path, before, after} in the order of the new document, then what went.

    field: the document's first level; path: what lies below it, for people. `before` None = all is new.
    """
    old, new = flatten(before or {}), flatten(after)
    paths = [path for path in new if old.get(path) != new[path]] + [path for path in old if path not in new]
    return [
        {"field": path[0], "path": label(path), "before": old.get(path, ""), "after": new.get(path, "")}
        for path in paths
    ]


def label(path: tuple) -> str:
    """What stands behind the field: ("scans", 0, "note", "vi") → "1 · note · vi"."""
    return " · ".join(str(part + 1) if isinstance(part, int) else part for part in path[1:])
