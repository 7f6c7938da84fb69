"""The engines of this site: embedded always, Elasticsearch where ELASTICSEARCH_URL is set."""

from functools import lru_cache

from django.conf import settings

from .base import Engine
from .embedded import Embedded

ELASTIC = "elasticsearch"


def configured() -> dict[str, Engine]:
    """{name: engine}; one instance a process for the same settings."""
    engines = {Embedded.name: _embedded(str(settings.SEARCH_INDEX_DIR))}
    if settings.ELASTICSEARCH_URL:
        engines[ELASTIC] = _elastic(
            settings.ELASTICSEARCH_URL,
            settings.ELASTICSEARCH_INDEX_PREFIX,
            settings.ELASTICSEARCH_USER,
            settings.ELASTICSEARCH_PASSWORD,
            settings.ELASTICSEARCH_CA_FILE,
        )
    return engines


def preferred() -> list[str]:
    """Names in the order in which a search asks them: the chosen one, then the embedded one."""
    return [name for name in dict.fromkeys((settings.SEARCH_ENGINE, Embedded.name)) if name in configured()]


@lru_cache(maxsize=8)
def _embedded(folder: str) -> Embedded:
    return Embedded(folder)


@lru_cache(maxsize=8)
def _elastic(*options: str) -> Engine:
    from .elastic import Elastic  # its client takes a second to load, in every process; one box never asks it

    return Elastic(*options)
