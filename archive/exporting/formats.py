"""The forms in which records leave, and how each is written."""

import shutil
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..importing.export import write_csv, write_xlsx
from . import documents, interchange, package


@dataclass(frozen=True)
class Format:
    """suffix: of the file; name, about: for people; public: made of standing editions alone unless told otherwise."""

    suffix: str
    name: str
    about: str
    public: bool = False


FORMATS: dict[str, Format] = {
    "xlsx": Format(".xlsx", _("Bảng tính Excel"), _("Các cột như bảng nhập; sửa rồi nhập lại được.")),
    "csv": Format(".csv", _("Bảng CSV"), _("Các cột như bảng nhập, UTF-8.")),
    "jsonld": Format(".jsonld", "JSON-LD (schema.org)", _("Cho máy tìm kiếm và dữ liệu liên kết."), True),
    "dc": Format(".xml", "Dublin Core XML", _("Cho cổng tra cứu và máy thu thập."), True),
    "marcxml": Format(".xml", "MARCXML", _("Cho phần mềm thư viện."), True),
    "bagit": Format(".tar", "BagIt", _("Gói lưu trữ: bản ghi, bản công bố, tệp quét gốc, nhật ký bảo quản.")),
}
SHEETS = {"xlsx": write_xlsx, "csv": write_csv}
INTERCHANGE = {
    "jsonld": interchange.write_json_ld,
    "dc": interchange.write_dublin_core,
    "marcxml": interchange.write_marcxml,
}


def write(
    name: str,
    path: Path,
    found,
    lang: str = "vi",
    working: bool = False,
    step: Callable[[int], None] = lambda done: None,
) -> tuple[int, list[str]]:
    """Write the records of a queryset as `name` into `path`.

    lang: of headings and of JSON-LD's words. working: also what isn't public, from the working copies.
    step(done records) is told now and then and may raise to stop. Out: how many were written; identifiers left out
    because nothing of them is public. Raises OSError, package.Damaged.
    """
    left_out: list[str] = []
    if name in SHEETS:
        return SHEETS[name](path, _told(documents.read(found), step), lang), left_out
    if name == "bagit":
        return _bag(path, documents.read(found), step), left_out

    def told():
        for record in _told(documents.read(found), step):
            document = documents.public(record)
            if document is None and working:
                document = documents.working(record)
            if document is None:
                left_out.append(record.identifier)
            else:
                yield document

    return INTERCHANGE[name](path, told(), settings.PUBLIC_BASE_URL, lang), left_out


def _told(records, step):
    for done, record in enumerate(records):
        if done % 20 == 0:
            step(done)
        yield record


def _bag(path: Path, records, step) -> int:
    """A bag in a tar file. The bag is put together beside it, so that masters need only be linked."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="bag-") as folder:
        bag = Path(folder) / path.name.removeprefix(".").split(".")[0]
        done = iter(range(1, 10**9))
        count = package.write_bag(bag, records, settings.PUBLIC_BASE_URL, lambda record: step(next(done)))
        with tarfile.open(path, "w") as tar:
            tar.add(bag, arcname=bag.name)
        shutil.rmtree(bag)
    return count
