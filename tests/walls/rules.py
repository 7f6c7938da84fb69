"""The walls as rules over source text: each takes a path below the repository and its text, and names what it found."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("archive", "config", "exhibits", "media", "search")
CREATORS = {"create", "bulk_create", "get_or_create", "update_or_create", "acreate"}
WRITERS = CREATORS | {"update", "bulk_update", "delete", "aupdate", "adelete"}


def tracked(*endings: str) -> list[Path]:
    """Files of the repository (paths below ROOT), perhaps with one of these endings; not yet added ones too."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    paths = [Path(name) for name in names if name and (not endings or name.endswith(endings))]
    return [path for path in paths if (ROOT / path).is_file()]


def code_of_rooms() -> list[tuple[Path, str]]:
    """Python of the rooms, without migrations."""
    paths = [path for path in tracked(".py") if path.parts[0] in ROOMS and "migrations" not in path.parts]
    return [(path, (ROOT / path).read_text()) for path in paths]


def _root_name(node: ast.expr) -> str:
    """`Edition` of `models.Edition.objects.filter(…)`: the last capitalised name before `.objects`, else ""."""
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            if node.attr == "objects" or node.attr.endswith("_objects") or node.attr == "_base_manager":
                owner = node.value
                return owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            node = node.value
        else:
            return ""


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _keywords(node: ast.Call) -> set[str]:
    """Names that the call sets: keywords, and the keys of `defaults={…}` and `**{…}`."""
    names = set()
    for keyword in node.keywords:
        names.add(keyword.arg)
        if keyword.arg in {None, "defaults", "create_defaults"} and isinstance(keyword.value, ast.Dict):
            names |= {key.value for key in keyword.value.keys if isinstance(key, ast.Constant)}
    return names


def _field_writes(source: str, field: str, models: set[str]) -> list[int]:
    """Lines that set the field on an object, in an update, or when one of `models` is made."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        targets = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign | ast.AugAssign):
            targets = [node.target]
        for target in targets:
            parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
            lines += [node.lineno for part in parts if isinstance(part, ast.Attribute) and part.attr == field]
        if isinstance(node, ast.Call):
            name = _called(node)
            if field in _keywords(node) and (name in WRITERS or name in models):
                lines.append(node.lineno)
            if name == "setattr" and len(node.args) > 1 and getattr(node.args[1], "value", None) == field:
                lines.append(node.lineno)
            if name == "bulk_update" and any(getattr(e, "value", None) == field for e in ast.walk(node)):
                lines.append(node.lineno)
    return sorted(set(lines))


def _row_writes(source: str, models: set[str]) -> list[int]:
    """Lines that make, change or delete rows of `models` through a manager or by making an instance."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = _called(node)
            made = name in models and not isinstance(node.func, ast.Attribute)
            if made or (name in WRITERS and _root_name(node.func) in models):
                lines.append(node.lineno)
    return sorted(set(lines))


def _say(path: Path, lines: list[int], what: str) -> list[str]:
    return [f"{path}:{line}: {what}" for line in lines]


def status(path: Path, source: str) -> list[str]:
    """Only archive/clearance.py writes a subject's status (media has no status field: a job has a state)."""
    if str(path) == "archive/clearance.py":
        return []
    if "models" not in path.parts:
        source = re.sub(r"\bself\.status\b", "self.http_status", source)  # an answer's or an error's own
    return _say(path, _field_writes(source, "status", {"Record"}), "writes a status; archive/clearance.py alone does")


EDITIONS = {"Edition", "EditionHistory", "EditionImage", "EditionMention", "EditionPlace", "Tombstone"}
DECISIONS = {"Decision", "ClearanceAuthor"}


def editions(path: Path, source: str) -> list[str]:
    """Editions and tombstones are made by the acts of archive/clearance.py through archive/subjects.py; what is derived
    from a standing document is mended by archive/mention_rows.py."""
    if str(path) in {"archive/clearance.py", "archive/subjects.py", "archive/mention_rows.py"}:
        return []
    return _say(path, _row_writes(source, EDITIONS), "writes an edition; clearance alone does")


def decisions(path: Path, source: str) -> list[str]:
    """Decisions and the authors that bar a clearance."""
    if str(path) == "archive/clearance.py":
        return []
    return _say(path, _row_writes(source, DECISIONS), "writes a decision; archive/clearance.py alone does")


def public_files(path: Path, source: str) -> list[str]:
    """Only media/storage.py writes public images and public files; media/paths.py says where they are."""
    if str(path) == "media/storage.py":
        return []
    found = _say(path, _row_writes(source, {"PublicImage"}), "writes a PublicImage; media/storage.py alone does")
    allowed = {"media/paths.py", "config/health.py"}  # the latter tries whether the folder can be written
    if str(path) not in allowed and path.parts[:2] != ("config", "settings"):
        names = [node.lineno for node in ast.walk(ast.parse(source)) if getattr(node, "attr", "") == "PUBLIC_DIR"]
        found += _say(path, names, "reaches into PUBLIC_DIR; media/storage.py alone does")
    return found


INDEX_WRITES = {
    "writer", "add_document", "delete_documents", "delete_documents_by_term", "delete_all_documents", "bulk",
    "delete_by_query", "put_alias", "update_aliases", "put_mapping", "put_settings",
}  # fmt: skip


def index(path: Path, source: str) -> list[str]:
    """Only search/indexer.py writes an index; the two engines are its hands."""
    allowed = str(path) == "search/indexer.py" or path.parts[:2] == ("search", "engines")
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in INDEX_WRITES:
            owner = ast.unparse(node.func.value)
            if not allowed and owner not in {"csv", "self"}:
                found.append(node.lineno)
    return _say(path, found, "writes an index; search/indexer.py alone does")


def live(path: Path, source: str) -> list[str]:
    """No code reads a record's `live`: rooms that know no pages don't read it at all."""
    if path.parts[0] not in {"archive", "search"}:
        return []
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "live" and isinstance(node.ctx, ast.Load):
            if ast.unparse(node.value) != "jobs":  # media.jobs.live finds a running job
                lines.append(node.lineno)
        if isinstance(node, ast.Call) and _keywords(node) & {"live", "record__live"}:
            lines.append(node.lineno)
    return _say(path, lines, "reads `live`; what is public is an edition")


# --- texts ------------------------------------------------------------------------------------------
# Written in pieces, so that this file doesn't hold what it looks for.
REGISTRIES = [
    "pypi" + ".org", "pythonhosted" + ".org", "registry.npm" + "js.org", "npm" + "js.com", "crates" + ".io",
    "repo1.maven" + ".org", "repo.maven" + ".apache.org", "deb.debian" + ".org", "archive.ubuntu" + ".com",
    "proxy.golang" + ".org", "docker" + ".elastic.co", "docker" + ".io", "ghcr" + ".io", "quay" + ".io",
]  # fmt: skip
MACHINE = re.compile(r"(?<![\w.$}])/(?:work|root|home/[a-z]+)/")
SHARED = re.compile(r"(?<![\w/-])shared" + r"/(?:collection|look|hooks|[\w-]+\.(?:json|md|css|js|jpg))")
BIGGEST = 2 * 1024 * 1024  # bytes


def registry_hosts(path: Path, source: str) -> list[str]:
    """No file names the host of a package registry."""
    lines = source.splitlines()
    return [
        f"{path}:{number}: names a registry's host"
        for number, line in enumerate(lines, 1)
        if any(host in line for host in REGISTRIES)
    ]


def machine_paths(path: Path, source: str) -> list[str]:
    """No file names a folder of one particular machine."""
    lines = source.splitlines()
    return [f"{path}:{n}: names a machine's folder" for n, line in enumerate(lines, 1) if MACHINE.search(line)]


def shared_files(path: Path, source: str) -> list[str]:
    """Nothing reads the folder beside the clone: the repository stands alone."""
    lines = source.splitlines()
    return [
        f"{path}:{n}: reads a folder outside the repository" for n, line in enumerate(lines, 1) if SHARED.search(line)
    ]
