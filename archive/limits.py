"""How often one address may ask something in a minute. Counted in the memory of each process, forgotten at its end.

settings.RATE_LIMITS: {what: requests a minute, 0 for no limit}. The computer that the site itself runs on (a kiosk in
the hall) has none. A reader behind a proxy is known by the address that settings.AXES_CLIENT_IP_CALLABLE finds, the
same by which failed logins are counted.
"""

import ipaddress
import math
import threading
import time
from collections import OrderedDict

from axes.helpers import get_client_ip_address
from django.conf import settings

MOST = 20_000  # addresses remembered; the one that asked longest ago is forgotten first


class Buckets:
    """Token buckets: each holds a minute's requests and fills evenly. `clock` gives seconds."""

    def __init__(self, clock=time.monotonic, most: int = MOST):
        self._clock, self._most, self._lock = clock, most, threading.Lock()
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = (
            OrderedDict()
        )  # (what, who): requests left, when

    def take(self, what: str, who: str, rate: int) -> int:
        """0: go on. Else the whole seconds after which one more request is allowed."""
        now = self._clock()
        with self._lock:
            left, then = self._left.pop((what, who), (float(rate), now))
            left = min(rate, left + (now - then) * rate / 60)
            wait = 0 if left >= 1 else math.ceil((1 - left) * 60 / rate)
            self._left[what, who] = (left if wait else left - 1, now)
            while len(self._left) > self._most:
                self._left.popitem(last=False)
        return wait

    def clear(self) -> None:
        with self._lock:
            self._left.clear()


buckets = Buckets()


def wait(request, what: str) -> int:
    """Seconds that this reader has to wait before asking `what` again; 0: none."""
    rate = settings.RATE_LIMITS.get(what, 0)
    who = reader(get_client_ip_address(request) or "")
    return buckets.take(what, who, rate) if rate and who else 0


def reader(address: str) -> str:
    """Who is counted: an IPv4 address, the /64 of an IPv6 one (a household's); "" for this computer itself."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return address
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_loopback:
        return ""
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
