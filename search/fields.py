"""Parameters of an address, one by one, each with a clear error. Pure but for translated sentences."""

import math
import re

from django.utils.translation import gettext as _


class SearchError(ValueError):
    """A parameter that can't be understood: code (a fixed word), message (a sentence), field (its name)."""

    status = 400

    def __init__(self, code: str, message: str, field: str | None):
        super().__init__(message)
        self.code, self.message, self.field = code, message, field


def read_values(params, name: str, most: int = 50, longest: int | None = 200) -> tuple[str, ...]:
    """All values of a parameter of a QueryDict or dict. Only the last counts where `most` is 1."""
    if hasattr(params, "getlist"):
        values = params.getlist(name)
    else:
        value = params.get(name, [])
        values = list(value) if isinstance(value, (list, tuple)) else [value]
    values = [str(value) for value in values if value is not None]
    if most == 1:
        values = values[-1:]
    if len(values) > most:
        message = _("Tham số %(name)s lặp lại quá %(most)s lần.")
        raise SearchError("too_many", message % {"name": name, "most": most}, name)
    if longest and any(len(value) > longest for value in values):
        message = _("Tham số %(name)s chỉ nhận tối đa %(most)s ký tự.")
        raise SearchError("too_long", message % {"name": name, "most": longest}, name)
    return tuple(value.replace("\x00", "") for value in values)


def _single(params, name: str) -> str:
    return (read_values(params, name, most=1) or ("",))[0].strip()


def read_choice(params, name: str, allowed: tuple[str, ...], default: str) -> str:
    value = _single(params, name) or default
    if value not in allowed:
        message = _("Tham số %(name)s chỉ nhận: %(allowed)s.")
        raise SearchError("bad_value", message % {"name": name, "allowed": ", ".join(allowed)}, name)
    return value


def read_switch(params, name: str, default: bool) -> bool:
    value = _single(params, name)
    if value not in ("", "0", "1"):
        raise SearchError("bad_value", _("Tham số %(name)s chỉ nhận 0 hoặc 1.") % {"name": name}, name)
    return value == "1" if value else default


def read_number(params, name: str, default: int, least: int, most: int) -> int:
    value = _single(params, name)
    if not value:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        message = _("Tham số %(name)s phải là số nguyên từ %(least)s đến %(most)s.")
        raise SearchError("bad_number", message % {"name": name, "least": least, "most": most}, name)
    return int(value)


def read_year(params, name: str) -> int | None:
    value = _single(params, name)
    if not value:
        return None
    if not re.fullmatch(r"-?[0-9]{1,4}", value):
        message = _("“%(value)s” không phải là một năm; hãy viết bằng chữ số, ví dụ 1838.")
        raise SearchError("bad_year", message % {"value": value[:40]}, name)
    return int(value)


def read_bbox(params) -> tuple[float, float, float, float] | None:
    """w,s,e,n in degrees; w > e crosses the antimeridian."""
    value = _single(params, "bbox")
    if not value:
        return None
    try:
        west, south, east, north = numbers = tuple(float(part) for part in value.split(","))
        fits = all(map(math.isfinite, numbers)) and abs(west) <= 180 and abs(east) <= 180
        if not (fits and -90 <= south <= north <= 90):
            raise ValueError
    except ValueError:
        message = _("bbox phải gồm bốn số tây,nam,đông,bắc tính bằng độ, ví dụ 111,15.7,113,17.2.")
        raise SearchError("bad_bbox", message, "bbox") from None
    return numbers
