"""The garbage collector: what a process loaded at its start stays for ever, so it needn't be looked at again.

A full collection over all of Django and Wagtail takes a quarter of a second, in the middle of a page or of a
transaction that others wait for.
"""

import gc
from contextlib import contextmanager


def spare() -> None:
    """Call once, when a process that runs for long has loaded what it needs."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@contextmanager
def spared():
    """For one long act in a process that may be short: what is there before is looked at again only afterwards."""
    if gc.get_freeze_count():
        yield
        return
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
