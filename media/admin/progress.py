"""How far scans are, as the scripts of the admin read it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from media import states
from media.ingest import clean_name


def as_json(found: states.State) -> dict:
    """{"id", "state", "label", "percent", "stage", "reason", "thumbnail"} in the active language."""
    job = found.job
    return {
        "id": found.scan.pk,
        "state": found.code,
        "label": _("sẵn sàng") if found.code == "ready" else str(job.get_state_display()) if job else _("chưa xử lý"),
        "percent": job.percent if job else 0,
        "stage": job.stage_text if job else "",
        "reason": job.reason_text if job else "",
        "thumbnail": thumbnail(found),
    }


def known_as(scan, name: str) -> str:
    """What to tell of a file that came as `name` and lies here under another one; "" when it doesn't."""
    name = clean_name(name)
    if name == scan.original_name:
        return ""
    sentence = _("“%(name)s” đã có trong kho dưới tên “%(old)s”; không lưu thêm lần nữa.")
    return sentence % {"name": name, "old": scan.original_name}


def thumbnail(found: states.State) -> str:
    """Address of a small picture for staff; "" until there is one."""
    if not found.rendition:
        return ""
    return reverse("media_admin:image", args=[f"{found.rendition.image_id}/full/!96,72/0/default.jpg"])
