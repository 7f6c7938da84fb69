"""Whether check_fixity finds every damaged master of many, and none falsely, and how fast it reads.

    python -m bench.fixity [--masters 1000] [--size 262144] [--damaged 40]

Writes masters of random bytes with a second copy of each in a temporary folder, flips one byte in some, removes, cuts
and empties others, checks, and compares what was said with what was done; then once more with the second copy at hand.
Prints the megabytes a second and their ratio to hashlib alone. Exits 1 when anything was missed, said falsely or left
unmended. Run it from the repository's folder.
"""

import argparse
import hashlib
import os
import random
import sys
import tempfile
import time
from pathlib import Path


def make(number: int, size: int, pick: random.Random):
    """Masters with their rows. Out: the scans."""
    from django.conf import settings

    from media.models import Scan

    scans = []
    for n in range(number):
        data = pick.randbytes(size)
        digest = hashlib.sha256(data).hexdigest()
        scans.append(Scan(sha256=digest, original_name=f"{n}.png", format="png", size=size, width=1, height=1))
        path = Path(settings.MASTERS_DIR) / scans[-1].master_name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    Scan.objects.bulk_create(scans)
    return scans


def harm(scans, number: int, pick: random.Random) -> dict:
    """Damage some in different ways. Out: what a check has to say of each by its primary key."""
    from django.conf import settings

    expected = {}
    for turn, scan in enumerate(pick.sample(scans, number)):
        path = Path(settings.MASTERS_DIR) / scan.master_name
        path.chmod(0o600)
        data = bytearray(path.read_bytes())
        if turn % 4 == 3:
            path.unlink()
            expected[scan.pk] = "missing"
            continue
        if turn % 4 == 0:
            data[pick.randrange(len(data))] ^= 1 << pick.randrange(8)
        elif turn % 4 == 1:
            data = data[:-1]
        else:
            data = bytearray(len(data))
        path.write_bytes(data)
        expected[scan.pk] = "damaged"
    return expected


def run(arguments) -> int:
    from django.conf import settings
    from django.core.management import call_command

    from media import fixity

    call_command("migrate", verbosity=0)
    pick = random.Random(1)
    settings.MASTERS_COPY_DIR = str(Path(settings.VAR_DIR) / "second")
    Path(settings.MASTERS_COPY_DIR).mkdir()
    scans = make(arguments.masters, arguments.size, pick)
    assert not any(finding.is_fault for finding in fixity.check())  # fills the second copy
    expected = harm(scans, arguments.damaged, pick)

    start = time.perf_counter()
    for scan in scans:
        path = Path(settings.MASTERS_DIR) / scan.master_name
        if path.exists():
            hashlib.sha256(path.read_bytes()).digest()
    bare = time.perf_counter() - start
    start = time.perf_counter()
    said = {f.scan.pk: f.outcome for f in fixity.check(repair=False) if f.is_fault}
    taken = time.perf_counter() - start
    missed = [pk for pk in expected if said.get(pk) != expected[pk]]
    false = [pk for pk in said if pk not in expected]
    mended = sum(finding.repaired for finding in fixity.check())
    left = sum(finding.is_fault for finding in fixity.check())
    total = arguments.masters * arguments.size / 1e6
    print(f"fixity: {arguments.masters} masters of {arguments.size} bytes, {len(expected)} harmed")
    print(f"fixity: {len(missed)} missed, {len(false)} false, {mended} mended, {left} left")
    print(f"fixity: {total / taken:.0f} MB/s with an event for each, {bare / taken:.2f} of hashlib alone")
    return int(bool(missed or false or left or mended != len(expected)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--masters", type=int, default=1000)
    parser.add_argument("--size", type=int, default=262_144)
    parser.add_argument("--damaged", type=int, default=40)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="catvang-bench-") as folder:
        os.environ |= {"CATVANG_VAR": folder, "DJANGO_SETTINGS_MODULE": "config.settings.demo"}
        import django

        django.setup()
        return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
