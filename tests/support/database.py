"""What stands in the database between two transactional tests: exactly what the migrations left.

Django empties every table after a TransactionTestCase. That loses what data migrations made (Wagtail's
root page, locales, sites, the outbox's head) and is refused by the append-only triggers. So the rows
are remembered once after migrating, and put back after each emptying, with the triggers off meanwhile.
"""

import contextlib

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, transaction
from django.test import TransactionTestCase

_snapshots: dict[str, dict[str, tuple[list[str], list[tuple]]]] = {}


def _triggers():
    """archive.triggers, or None as long as there is none."""
    try:
        from archive import triggers
    except ImportError as error:
        if error.name not in {"archive.triggers", "archive"}:
            raise
        return None
    return triggers


@contextlib.contextmanager
def without_triggers(connection):
    """Let rows of append-only tables be removed, for the emptying between tests alone."""
    triggers = _triggers()
    if triggers is not None:
        triggers.drop(connection)
    try:
        yield
    finally:
        if triggers is not None:
            triggers.create(connection)


def remember(alias: str) -> None:
    """Keep every row of every table that a model has, as the migrations left them."""
    connection = connections[alias]
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            if table == "archive_publicstate":
                continue  # its row is drawn by what is put back
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found = cursor.fetchall()
            if found:
                rows[table] = ([column[0] for column in cursor.description], [tuple(row) for row in found])
    _snapshots[alias] = rows


def put_back(alias: str) -> None:
    """Write the remembered rows into the emptied tables."""
    connection = connections[alias]
    quote = connection.ops.quote_name
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        for table, (columns, rows) in _snapshots[alias].items():
            names = ", ".join(quote(column) for column in columns)
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", rows)
    filled = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in _snapshots[alias]
    ]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
    apps.get_model("contenttypes.ContentType").objects.clear_cache()


def start_over(alias: str) -> None:
    """Empty every table and put back what the migrations left."""
    with without_triggers(connections[alias]):
        call_command(
            "flush", verbosity=0, interactive=False, database=alias, reset_sequences=False,
            allow_cascade=True, inhibit_post_migrate=True,
        )  # fmt: skip
        put_back(alias)


def _teardown(self):
    for alias in self._databases_names(include_mirrors=False):
        start_over(alias)


def install() -> None:
    """Take the place of Django's emptying."""
    TransactionTestCase._fixture_teardown = _teardown
