"""Whether anything public has changed: what was made of it before can be given out again while the token is the same.

The database's own triggers draw another token in the transaction that changes a watched table, whoever writes there
and however, so nothing has to remember to tell. A random number, no counter: what was rolled back, or put back from a
backup, never comes to bear a number that stood for something else.

Each app watches its own tables and lays the triggers anew after each `migrate`, like those of archive.triggers.
"""

from django.db import connection as default_connection
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

from .models import PublicState

TABLE = PublicState._meta.db_table
EVENTS = ("INSERT", "UPDATE", "DELETE")
# table → the columns that count in a changed row; () for all of them.
WATCHED: dict[str, tuple[str, ...]] = {
    "archive_edition": (),
    "archive_tombstone": (),
    "archive_mergedauthority": (),
    "archive_outboxhead": (),
}

_RANDOM = {"sqlite": "random()", "postgresql": "(random() * 9007199254740991)::bigint"}
_READ = f"SELECT token FROM {TABLE}"


def token() -> int | None:
    """What stands for all that is public now; None while that can't be told. One query."""
    with default_connection.cursor() as cursor:
        cursor.execute(_READ)
        row = cursor.fetchone()
    return row and row[0]


# --- triggers --------------------------------------------------------------------------------------------


def _draw(vendor: str) -> str:
    """The statements that put another token in place of the last."""
    number = _RANDOM[vendor]
    late = "ON CONFLICT DO NOTHING" if vendor == "postgresql" else ""  # two first changes at once
    return (
        f"UPDATE {TABLE} SET token = {number}; "
        f"INSERT INTO {TABLE} (id, token) SELECT 1, {number} WHERE NOT EXISTS (SELECT 1 FROM {TABLE}) {late};"
    )


def _name(table: str, event: str) -> str:
    return f"state_{table}_{event.lower()}"


def _changed(columns: tuple[str, ...], event: str, vendor: str) -> str:
    if event != "UPDATE" or not columns:
        return ""
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    return "WHEN (" + " OR ".join(f'NEW."{column}" {differs} OLD."{column}"' for column in columns) + ")"


def _statements(vendor: str, table: str, columns: tuple[str, ...]):
    for event in EVENTS:
        name, when = _name(table, event), _changed(columns, event, vendor)
        if vendor == "sqlite":
            yield f"CREATE TRIGGER {name} AFTER {event} ON {table} {when} BEGIN {_draw(vendor)} END"
        else:
            each = "ROW" if when else "STATEMENT"
            run = "EXECUTE FUNCTION public_state_changed()"
            yield f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH {each} {when} {run}"


def follow(app, watched: dict[str, tuple[str, ...]]) -> None:
    """Watch an app's tables whatever is migrated: their triggers are lifted before, since a migration may rebuild a
    table that one stands on, and laid anew after. In: the AppConfig, when it is ready."""
    name = f"{app.label}.public_state"
    pre_migrate.connect(
        lambda using, **kwargs: unwatch(connections[using], watched),
        sender=app, weak=False, dispatch_uid=f"{name}.lift",
    )  # fmt: skip
    post_migrate.connect(
        lambda using, **kwargs: watch(connections[using], watched), sender=app, weak=False, dispatch_uid=name
    )


def watch(connection, watched: dict[str, tuple[str, ...]]) -> None:
    """Lay these triggers anew on this connection's database and draw a token; tables that aren't there are left out."""
    unwatch(connection, watched)
    present = set(connection.introspection.table_names())
    if TABLE not in present:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION public_state_changed() RETURNS trigger AS $$ "
                f"BEGIN {_draw('postgresql')} RETURN NULL; END $$ LANGUAGE plpgsql"
            )
        for table in watched.keys() & present:
            for statement in _statements(connection.vendor, table, watched[table]):
                cursor.execute(statement)
        for statement in _draw(connection.vendor).split("; "):
            cursor.execute(statement)


def unwatch(connection, watched: dict[str, tuple[str, ...]]) -> None:
    """Take them away."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in watched.keys() & present:
            for event in EVENTS:
                on = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, event)}{on}")
