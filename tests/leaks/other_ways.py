"""The other ways by which somebody might try to publish. Each is a function of a Stage; none may succeed.

Some raise, some are refused with a page, some write what publishes nothing: all are right, as long as nothing of the
hidden record or page becomes public.
"""

from .ways import by_code, by_pages, by_review

WAYS = by_code.WAYS | by_pages.WAYS | by_review.WAYS
