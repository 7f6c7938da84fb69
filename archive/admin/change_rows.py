"""The rows of archive.changes as a reviewer reads them: fields, values and words in the reader's language."""

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail import blocks

from archive import changes as differences
from archive import display, vocabulary
from archive.item_page import PRIVATE_IMAGES

# Fields of a document that bear another name in the model, and lists.
MODEL_FIELDS = {"date": "date_text", "rights": "rights_statement"}
FIELDS = {
    "agents": gettext_lazy("tác nhân"),
    "places": gettext_lazy("địa danh"),
    "citations": gettext_lazy("nguồn"),
    "scans": gettext_lazy("bản quét"),
    "extent": gettext_lazy("Phạm vi (độ)"),
    "tags": gettext_lazy("từ khoá"),
    "relations": gettext_lazy("bản ghi liên quan"),
    "physical": gettext_lazy("mô tả vật lý"),
    "cartography": gettext_lazy("dữ liệu bản đồ"),
    "legal": gettext_lazy("văn bản pháp lý"),
    "content": gettext_lazy("nội dung"),
    "language": gettext_lazy("ngôn ngữ"),
}
LEAVES = {
    "vi": gettext_lazy("tiếng Việt"),
    "en": gettext_lazy("tiếng Anh"),
    "edtf": gettext_lazy("dạng chuẩn EDTF"),
    "from": gettext_lazy("từ năm"),
    "to": gettext_lazy("đến năm"),
    "display": gettext_lazy("niên đại hiển thị"),
    "as_written": gettext_lazy("niên hiệu như ghi trên tư liệu"),
    "text": gettext_lazy("chữ"),
    "lang": gettext_lazy("ngôn ngữ"),
    "key": gettext_lazy("khoá"),
    "name": gettext_lazy("tên"),
    "names": gettext_lazy("tên gọi"),
    "role": gettext_lazy("vai trò"),
    "kind": gettext_lazy("loại"),
    "dates": gettext_lazy("năm sinh, năm mất"),
    "other_names": gettext_lazy("tên khác"),
    "lat": gettext_lazy("vĩ độ"),
    "lon": gettext_lazy("kinh độ"),
    "approximate": gettext_lazy("ước lượng"),
    "script": gettext_lazy("chữ viết"),
    "period": gettext_lazy("thời kỳ"),
    "source": gettext_lazy("nguồn"),
    "historical": gettext_lazy("tên xưa"),
    "verified": gettext_lazy("đã kiểm chứng"),
    "url": gettext_lazy("địa chỉ"),
    "pages": gettext_lazy("trang"),
    "bbox": gettext_lazy("tây, nam, đông, bắc"),
    "statement": gettext_lazy("tuyên bố quyền"),
    "note": gettext_lazy("ghi chú"),
    "credit": gettext_lazy("ghi công"),
    "image": pgettext_lazy("loại hình", "Ảnh"),
    "width": gettext_lazy("bề rộng"),
    "height": gettext_lazy("bề cao"),
    "max_width": gettext_lazy("bề rộng công bố tối đa"),
    "side": gettext_lazy("mặt"),
    "label": gettext_lazy("nhãn trang"),
    "illustration": gettext_lazy("hình minh hoạ, không phải bản quét"),
    "mentions": gettext_lazy("địa danh ghi trên ảnh"),
    "transcription": gettext_lazy("nguyên văn"),
    "translation": gettext_lazy("bản dịch"),
    "lines": gettext_lazy("dòng chữ"),
    "georeference": gettext_lazy("định vị bản đồ"),
    "region": gettext_lazy("khung trên ảnh"),
    "reading": gettext_lazy("đọc là"),
    "meaning": gettext_lazy("nghĩa là"),
    "place": gettext_lazy("địa danh"),
    "number": gettext_lazy("số, ký hiệu"),
    "issued": gettext_lazy("ngày ban hành"),
    "in_force_from": gettext_lazy("có hiệu lực từ"),
    "in_force_to": gettext_lazy("hết hiệu lực từ"),
    "articles": gettext_lazy("điều"),
    "heading": gettext_lazy("tên điều"),
    "sheets": gettext_lazy("số tờ"),
    "height_mm": gettext_lazy("cao (mm)"),
    "width_mm": gettext_lazy("rộng (mm)"),
    "technique": gettext_lazy("kỹ thuật"),
    "scale": gettext_lazy("tỷ lệ"),
    "denominator": gettext_lazy("mẫu số tỷ lệ"),
    "projection": gettext_lazy("phép chiếu"),
    "prime_meridian": gettext_lazy("kinh tuyến gốc"),
    "identifier": gettext_lazy("số hiệu"),
}
# Values that are words of ours, by the end of the path.
VALUES = {
    ("kind",): vocabulary.KINDS,
    ("shown_as",): vocabulary.SHOWN_AS,
    ("confidence",): vocabulary.CONFIDENCE,
    ("rights", "statement"): vocabulary.RIGHTS,
    ("agents", "role"): vocabulary.ROLES,
    ("places", "kind"): display.PLACE_KINDS,
    ("relations", "kind"): vocabulary.RELATIONS,
    ("cartography", "prime_meridian"): vocabulary.PRIME_MERIDIANS,
    ("scans", "side"): vocabulary.SIDES,
}
THUMBNAIL = 240  # pixels


def rows(found: list[dict], instance, standing: dict | None, document: dict) -> list[dict]:
    """Changes for a template: [{label, before, after, words, images}].

    `words` marks the changed words (archive.changes.words) where both texts are there; `images`: addresses of
    thumbnails (old, new) where a picture changed, "" for none. Sizes of a changed picture go without saying.
    """
    pictures = {row["steps"][:-1] for row in found if row["steps"][-1] == "image"}
    made = []
    for row in found:
        leaf = row["steps"][-1]
        if leaf in ("width", "height") and row["steps"][:-1] in pictures:
            continue
        before, after = (value(instance, row["steps"], row[side]) for side in ("before", "after"))
        made.append(
            {
                "label": path_label(instance, row["steps"], document if row["after"] else standing or {}),
                "before": before,
                "after": after,
                "words": differences.words(before, after) if before and after else [],
                "images": [thumbnail(row["before"]), thumbnail(row["after"])] if leaf == "image" else [],
            }
        )
    return made


def thumbnail(image: str) -> str:
    return PRIVATE_IMAGES.thumbnail(image, THUMBNAIL) if image else ""


def value(instance, steps: tuple, text: str) -> str:
    """A leaf's text in the reader's words."""
    if steps == ("kind",) and text == instance._meta.model_name:
        return str(capfirst(instance._meta.verbose_name))
    if steps[0] == "content" and steps[-1] == "type":
        return _block_name(instance, steps[1], text)
    if text in ("True", "False"):
        return _("có") if text == "True" else _("không")
    names = tuple(step for step in steps if isinstance(step, str))
    tongue = names[-1] in ("lang", "languages", "language") and len(steps) > 1
    known = (display.LANGUAGES if tongue else VALUES.get(names, {})).get(text)
    return known[_language()] if known else text


def path_label(instance, steps: tuple, document: dict) -> str:
    """("places", 0, "name", "vi") → "Địa danh · Quần đảo Hoàng Sa · tên · tiếng Việt"."""
    if steps[0] == "content" and len(steps) > 1:
        return " · ".join([field_label(instance, steps[1]), *_block_labels(instance, steps[1], steps[2:], document)])
    labels, here = [field_label(instance, steps[0])], document.get(steps[0])
    for step in steps[1:]:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            here = None
        labels.append(_item_label(here, step) if isinstance(step, int) else str(LEAVES.get(step, step)))
    return " · ".join(labels)


def field_label(instance, field: str) -> str:
    """What the editor calls a field of the document; its own name where the editor has none."""
    if field in FIELDS:
        return str(capfirst(FIELDS[field]))
    try:
        return str(capfirst(instance._meta.get_field(MODEL_FIELDS.get(field, field)).verbose_name))
    except FieldDoesNotExist:
        return str(capfirst(LEAVES.get(field, field)))


def _item_label(item, position: int) -> str:
    """An item of a list by its name, else by its place in the list."""
    if isinstance(item, dict):
        name = item.get("name")
        if isinstance(name, dict):
            return name.get(_language()) or name.get("vi") or str(position + 1)
        return str(name or item.get("text") or item.get("number") or item.get("identifier") or position + 1)
    return str(position + 1)


def _block_name(instance, field: str, kind: str) -> str:
    """What the editor calls a kind of block; its own name where the field has no such block."""
    try:
        return str(instance._meta.get_field(field).stream_block.child_blocks[kind].label)
    except (FieldDoesNotExist, AttributeError, KeyError):
        return kind


def _block_labels(instance, field: str, steps: tuple, document: dict) -> list[str]:
    """Steps into a page's blocks: their labels in the editor, and which block it is."""
    try:
        block = instance._meta.get_field(field).stream_block
        here = document["content"][field]
    except (FieldDoesNotExist, AttributeError, KeyError):
        return [str(step + 1) if isinstance(step, int) else step for step in steps]
    labels = []
    for step in steps:
        here = here[step] if isinstance(here, dict | list) and _has(here, step) else None
        if isinstance(step, int):
            labels.append(_("khối %(n)d") % {"n": step + 1})
            if isinstance(block, blocks.StreamBlock) and isinstance(here, dict):
                block = block.child_blocks.get(here.get("type"), block)
                labels.append(str(block.label))
            elif isinstance(block, blocks.ListBlock):
                block = block.child_block
        elif step not in ("value", "type"):
            block = getattr(block, "child_blocks", {}).get(step, block)
            labels.append(str(getattr(block, "label", "") or step))
    return labels


def _has(here, step) -> bool:
    return step in here if isinstance(here, dict) else isinstance(step, int) and step < len(here)


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
