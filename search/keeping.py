"""Keep what was made of short texts: they come again in record after record, while long ones would fill the memory."""

from functools import lru_cache, wraps


def kept_when_short(most: int, long: int):
    """Decorates a function of one text. It keeps what it gave for the `most` texts asked for last, of those of fewer
    than `long` characters; what it gives is shared, and isn't changed."""

    def decorate(make):
        kept = lru_cache(maxsize=most)(make)

        @wraps(make)
        def give(text: str):
            return kept(text) if len(text) < long else make(text)

        return give

    return decorate
