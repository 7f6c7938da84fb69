"""The OpenAPI document, and the live program held to it."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import positive_data_acceptance

from archive.openapi import PATHS, openapi
from search import indexer

from .samples import bare, bury, document, publish

BASE = "https://hoangsa.example.vn"
# docs/addresses.md
SEARCH = (
    "lang q kind from to period place holder agent language exhibit original has bbox sort view literal names dates "
    "page page_size after"
).split()


def test_document_is_served(client, db, settings):
    settings.PUBLIC_BASE_URL = BASE
    response = client.get("/api/v1/openapi.json")
    told = response.json()
    assert told == openapi(BASE)
    assert told["openapi"].startswith("3.1") and told["servers"] == [{"url": BASE}]
    assert response["Access-Control-Allow-Origin"] == "*"


def test_every_schema_is_a_schema_and_every_reference_leads_somewhere():
    made = openapi(BASE)
    schemas = made["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    names = [reference.rsplit("/", 1)[1] for reference in references(made)]
    assert names and set(names) <= set(schemas)


def references(data) -> list[str]:
    if isinstance(data, list):
        return [found for part in data for found in references(part)]
    if not isinstance(data, dict):
        return []
    return [found for name, part in data.items() for found in ([part] if name == "$ref" else references(part))]


def test_search_parameters_are_those_of_the_contract():
    parameters = PATHS["/api/v1/search/"]["get"]["parameters"]
    assert [parameter["name"] for parameter in parameters] == SEARCH


# That `from` is at most `to`, and page × page_size at most 10,000, no schema of single parameters can say.
RELATIONS = [positive_data_acceptance]


# --- the live program -----------------------------------------------------------------------------------


@pytest.fixture
def application(reviewer):
    """The WSGI program, seeing this test's uncommitted rows: requests must not close its connection."""
    from config.wsgi import application

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield application
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("path", sorted(PATHS))
def test_the_program_does_what_the_document_says(path, application, reviewer):
    """Schemathesis asks the real program, inside this process, and compares each answer with the document."""
    publish(document("vn-map-1838"), reviewer)
    publish(bare(), reviewer)
    bury("vn-gone")
    indexer.rebuild("embedded")
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operation = schema[path]["GET"]

    @seed(1838)
    @hypothesis_settings(
        max_examples=25,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case):
        response = case.call()
        assert response.status_code < 500
        case.validate_response(response, excluded_checks=RELATIONS if "search" in path else [])

    ask()
