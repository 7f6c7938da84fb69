from tests.node.fixtures import elasticsearch_url  # noqa: F401
