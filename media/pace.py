"""Pollers that have something to do only now and then."""

import functools
import time


def every(seconds: float):
    """Decorator of a poller without arguments: it runs at most once in so many seconds, and is False in between."""

    def paced(poller):
        ran_at = None

        @functools.wraps(poller)
        def poll() -> bool:
            nonlocal ran_at
            now = time.monotonic()
            if ran_at is not None and now - ran_at < seconds:
                return False
            ran_at = now
            return poller()

        return poll

    return paced
