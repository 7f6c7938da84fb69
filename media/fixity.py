"""Whether every master still is what was taken in."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from media.models import Scan


@dataclass(frozen=True)
class Fault:
    """scan; kind: "missing" | "damaged"; path below MASTERS_DIR."""

    scan: Scan
    kind: str
    path: str


def check() -> Iterator[Fault | None]:
    """Re-read every master. Yields one value a scan: None when it is whole."""
    for scan in Scan.objects.order_by("pk").iterator(chunk_size=200):
        yield _check_one(scan)


def _check_one(scan: Scan) -> Fault | None:
    try:
        with open(Path(settings.MASTERS_DIR) / scan.master_name, "rb") as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest() == scan.sha256
    except FileNotFoundError:
        return Fault(scan, "missing", scan.master_name)
    except OSError:
        whole = False
    return None if whole else Fault(scan, "damaged", scan.master_name)
