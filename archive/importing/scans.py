"""Scans that a sheet names: found in a folder or among those taken in before, taken in, and taken back."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillReading
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop as noop

from media import ingest, jobs, measuring, refusals
from media.measuring import Measured
from media.models import Job, Scan

from .file_names import Claim, claims, name_key
from .values import Bad, split

NOT_FOUND = noop("Không thấy tệp quét “%(name)s” trong thư mục, cũng không có trong kho bản quét.")
AMBIGUOUS = noop("Có nhiều tệp quét tên “%(name)s”. Hãy đổi tên, hoặc ghi cả thư mục con.")
OUTSIDE = noop("“%(name)s” chỉ ra ngoài thư mục bản quét. Chỉ ghi tên tệp.")
BY_DIGEST = re.compile(r"(?P<name>.+)#(?P<digest>[0-9a-f]{8,64})")  # one of several scans with the same file name
PAGE = re.compile(r"(?P<name>.+)#page=(?P<page>[1-9][0-9]{0,3})")  # one page of a file of several
PULSE = 2.0  # seconds between two signs of life while a large image is read


def page_of(name: str) -> tuple[str, int]:
    """A name without its "#page=3", and the page; 0 where it names none."""
    marked = PAGE.fullmatch(name)
    return (marked["name"], int(marked["page"])) if marked else (name, 0)


class Shelf:
    """The files of a folder (and below), and the scans that are known already.

    folder: None for known scans alone. Links that lead out of the folder are no files of it.
    """

    def __init__(self, folder: Path | None):
        self.by_path: dict[str, Path] = {}
        self.by_name: dict[str, list[Path]] = {}
        self.used: set[Path] = set()
        self._claims: dict | None = None  # files by the identifier that their names begin with
        self._scans: dict[str, list[int]] | None = None  # names of known scans, read when first asked for
        root = folder.resolve() if folder else None
        for path in sorted(root.rglob("*")) if root else []:
            hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
            if not hidden and path.is_file() and path.resolve().is_relative_to(root):
                relative = path.relative_to(root).as_posix()
                self.by_path.setdefault(name_key(relative), path)
                self.by_name.setdefault(name_key(path.name), []).append(path)

    def find(self, name: str, preferred=()) -> Path | Scan:
        """A file of the folder, else one of the `preferred` scans, else any scan taken in before. Raises Bad.

        "map.tif#1a2b3c4d" is the scan of that name whose SHA-256 begins so: exports write it where names aren't enough.
        """
        if marked := BY_DIGEST.fullmatch(name):
            return self._digested(name, marked["digest"])
        plain = name.replace("\\", "/")
        parts = PurePosixPath(plain).parts
        if plain.startswith("/") or ".." in parts or ":" in plain.split("/")[0]:
            raise Bad(OUTSIDE, name=name)
        path = self.by_path.get(name_key(plain.removeprefix("./")))
        if path is None:
            named = self.by_name.get(name_key(parts[-1] if parts else ""), [])
            if len(named) > 1:
                raise Bad(AMBIGUOUS, name=name)
            path = named[0] if named else None
        if path is not None:
            self.used.add(path)
            return path
        wanted = name_key(parts[-1] if parts else "")
        own = [scan for scan in preferred if name_key(scan.original_name) == wanted]
        return own[0] if len(own) == 1 else self._known(name, wanted)

    @staticmethod
    def _digested(name: str, digest: str) -> Scan:
        found = list(Scan.objects.filter(sha256__startswith=digest)[:2])
        if len(found) != 1:
            raise Bad(AMBIGUOUS if found else NOT_FOUND, name=name)
        return found[0]

    def _known(self, name: str, wanted: str) -> Scan:
        if self._scans is None:
            self._scans = {}
            for pk, known in Scan.objects.values_list("pk", "original_name"):
                self._scans.setdefault(name_key(known), []).append(pk)
        found = self._scans.get(wanted, [])
        if len(found) > 1:
            raise Bad(AMBIGUOUS, name=name)
        scan = Scan.objects.filter(pk__in=found).first()
        if scan is None:
            raise Bad(NOT_FOUND, name=name)
        return scan

    def named_after(self, identifier: str) -> tuple[list[tuple[Path, str]], list[str]]:
        """Files named after a record (see archive.importing.file_names): (file, side) in the order of their pages;
        and the names of those that want the same place, of which none is taken."""
        found, rivals = self._matching(identifier)
        self.used |= {path for path, _side in found}
        return found, rivals

    def has_named_after(self, identifier: str) -> bool:
        return identifier in self._claimed()

    def use_named_after(self, identifier: str, names: set[str]) -> None:
        """Remember those of named_after whose file names a record's scans bear."""
        self.used |= {path for path, _side in self._matching(identifier)[0] if path.name in names}

    def _matching(self, identifier: str) -> tuple[list[tuple[Path, str]], list[str]]:
        places: dict[tuple, list] = {}
        for claim, path in self._claimed().get(identifier, []):
            if claim.sure or path not in self.used:
                places.setdefault(claim.place, []).append((path, claim.side))
        found = [named[0] for _place, named in sorted(places.items()) if len(named) == 1]
        return found, sorted(path.name for named in places.values() if len(named) > 1 for path, _side in named)

    def _claimed(self) -> dict[str, list[tuple[Claim, Path]]]:
        if self._claims is None:
            self._claims = {}
            for paths in self.by_name.values():
                for path in paths:
                    for claim in claims(path.stem):
                        self._claims.setdefault(claim.identifier, []).append((claim, path))
        return self._claims

    def use(self, cell: str) -> None:
        """Remember that a cell names files, without looking whether they are any good."""
        for name in split(cell):
            try:
                self.find(page_of(name)[0])
            except Bad:
                pass

    def unused(self) -> list[str]:
        """Names of the folder's files that no row named."""
        paths = {path for named in self.by_name.values() for path in named}
        return sorted(path.name for path in paths - self.used)


def check(path: Path, pulse: Callable[[], None]) -> None:
    """Measure a file and read it through without keeping it, as a dry run does. Raises ingest.Refused."""
    size = path.stat().st_size
    if not size:
        raise ingest.Refused(refusals.EMPTY, path.name)
    if size > settings.SCAN_MAX_BYTES:
        raise ingest.Refused(refusals.TOO_BIG, path.name, limit=settings.SCAN_MAX_BYTES)
    _read_through(path, measuring.measure(path, path.name), pulse)


def take_in(path: Path, user, pulse: Callable[[], None]) -> tuple[Scan, bool]:
    """The scan of a file, and whether it is new. Raises ingest.Refused; `pulse` is called while it is read."""
    before = Scan.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with open(path, "rb") as file:
        scan = ingest.ingest(file, path.name, user)
    new = scan.pk > before and scan.uploaded_by_id == user.pk
    try:
        _read_through(path, scan, pulse)
    except BaseException:
        if new:
            discard([scan])
        raise
    return scan, new


def _read_through(path: Path, found: Scan | Measured, pulse) -> None:
    """Large images are not read to their end by the ingest: do it, so that a row never gets a damaged one."""
    sizes = found.page_sizes or [[found.width, found.height]]
    if sum(width * height for width, height in sizes) <= measuring.INLINE_PIXELS:
        return
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(measuring.read_through, path, found.format, sizes, path.name)
        while True:
            try:
                reading.result(timeout=PULSE)
                return
            except StillReading:
                pulse()


def discard(scans: list[Scan]) -> None:
    """Remove scans that a refused or undone row brought, unless somebody uses them."""
    for scan in scans:
        master = Path(settings.MASTERS_DIR) / scan.master_name
        with transaction.atomic():
            row = Scan.objects.select_for_update().filter(pk=scan.pk).first()
            if row is None or row.uses.exists() or row.mentions.exists():
                continue
            for job in Job.objects.filter(subject=f"scan:{scan.pk}"):
                jobs.cancel(job)
            row.delete()
            transaction.on_commit(lambda master=master: master.unlink(missing_ok=True))
