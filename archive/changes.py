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
    """Rows {path, before, after} in the order of the new document, then what went. `before` None = all is new."""
    old, new = flatten(before or {}), flatten(after)
    paths = [path for path in new if old.get(path) != new[path]] + [path for path in old if path not in new]
    return [{"path": label(path), "before": old.get(path, ""), "after": new.get(path, "")} for path in paths]


def label(path: tuple) -> str:
    """("scans", 0, "note", "vi") → "scans 1 · note · vi"."""
    parts = []
    for part in path:
        if isinstance(part, int):
            parts[-1] = f"{parts[-1]} {part + 1}"
        else:
            parts.append(str(part))
    return " · ".join(parts)
