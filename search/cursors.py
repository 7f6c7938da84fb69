"""The opaque `after` of an address: where a page of results ended. Pure."""

import base64
import binascii
import json
import math

from django.utils.translation import gettext as _

from .engines.base import Hit
from .fields import SearchError
from .query import Query


def write(query: Query, hit: Hit, position: int) -> str:
    """The cursor behind `hit`, the `position`-th result (from 1) of a query."""
    data = json.dumps([_order(query), *hit.key, position], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(data.encode()).decode().rstrip("=")


def read(query: Query) -> tuple | None:
    """(*key, position) for a plan, or None where the query has no cursor. Raises SearchError."""
    if not query.after:
        return None
    try:
        padded = query.after + "=" * (-len(query.after) % 4)
        order, *key, position = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True).decode())
        if order != _order(query) or not _fits(key, query) or not _count(position):
            raise ValueError
    except (ValueError, TypeError, RecursionError, binascii.Error):
        message = _(
            "Tham số after không đúng: hãy lấy địa chỉ “next” của trang trước, không đổi từ khoá và cách sắp xếp."
        )
        raise SearchError("bad_cursor", message, "after") from None
    return (*key, position)


def _order(query: Query) -> str:
    return f"{query.order}:{query.lang}" if query.order == "title" else query.order


def _count(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9


def _fits(key: list, query: Query) -> bool:
    if query.order != "relevance":
        return len(key) == 1 and isinstance(key[0], str)
    if len(key) != 2 or not all(isinstance(part, (int, float)) and not isinstance(part, bool) for part in key):
        return False
    return math.isfinite(key[0]) and _count_of_bits(key[1])


def _count_of_bits(value) -> bool:
    return isinstance(value, int) and 0 <= value < 2**53
