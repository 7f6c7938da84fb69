"""What the database itself refuses, on SQLite and PostgreSQL, whoever asks and however.

- A clearing decision whose person is missing, or had a hand in that edition, or whose edition nobody
  worked on, or whose number isn't the next.
- An edition without its clearing decision (same subject, number, digest and person), or whose
  decision was followed by a withdrawal or a hold.
- A picture, place, mention or relation listed beside an edition whose document doesn't hold it, and any change of
  these lists.
- Any change of an edition, a former edition, an author's row or a decision; deletion of the last three, also by
  SQLite's REPLACE (which deletes without asking a trigger) and PostgreSQL's TRUNCATE.

They are laid anew after each `migrate` (archive.apps): SQLite rebuilds a table to alter it and loses them.
"""

AUTHORS = "archive_clearanceauthor"
DECISIONS = "archive_decision"
EDITIONS = "archive_edition"
HISTORY = "archive_editionhistory"

BAD_DECISION = f"""
    NEW.action = 'cleared' AND (
        NEW.user_id IS NULL
        OR EXISTS (SELECT 1 FROM {AUTHORS} a
            WHERE a.subject = NEW.subject AND a.number = NEW.number AND a.user_id = NEW.user_id)
        OR NOT EXISTS (SELECT 1 FROM {AUTHORS} a WHERE a.subject = NEW.subject AND a.number = NEW.number)
        OR NEW.number <> 1 + COALESCE(
            (SELECT MAX(d.number) FROM {DECISIONS} d WHERE d.subject = NEW.subject AND d.action = 'cleared'), 0))
"""
BAD_EDITION = f"""
    NEW.reviewer_id IS NULL
    OR EXISTS (SELECT 1 FROM {AUTHORS} a
        WHERE a.subject = NEW.subject AND a.number = NEW.number AND a.user_id = NEW.reviewer_id)
    OR NEW.subject <> 'record:' || NEW.record_id
    OR NOT EXISTS (SELECT 1 FROM {DECISIONS} d
        WHERE d.subject = NEW.subject AND d.number = NEW.number AND d.action = 'cleared'
        AND d.digest = NEW.digest AND d.user_id = NEW.reviewer_id)
    OR EXISTS (SELECT 1 FROM {DECISIONS} d
        WHERE d.subject = NEW.subject AND d.number >= NEW.number AND d.action IN ('withdrawn', 'held'))
"""

# The lists that are kept beside an edition, and what of a row must stand in its document. CONTAINS(text, part) is each
# database's own function; a name with a quotation mark or backslash stands there escaped, and is let through.
LISTS = {
    "image": ("archive_editionimage", ["image_id"]),
    "place": ("archive_editionplace", ["key", "name_vi", "name_en"]),
    "mention": ("archive_editionmention", ["key", "name", "reading"]),
    "relation": ("archive_editionrelation", ["identifier"]),
}


def _not_in_document(columns) -> str:
    missing = " OR ".join(
        f"(CONTAINS(e.document, NEW.{column}) = 0"
        f" AND CONTAINS(NEW.{column}, '\"') = 0 AND CONTAINS(NEW.{column}, '\\') = 0)"
        for column in columns
    )
    return f"EXISTS (SELECT 1 FROM {EDITIONS} e WHERE e.id = NEW.edition_id AND ({missing}))"


# name: (event, table, condition, what the refusal says)
RULES = {
    **{
        f"edition_{name}_in_document": ("INSERT", table, _not_in_document(columns), "an edition lists what it says")
        for name, (table, columns) in LISTS.items()
    },
    **{
        f"edition_{name}_immutable": ("UPDATE", table, "TRUE", "an edition never changes")
        for name, (table, _columns) in LISTS.items()
    },
    "clearance_two_people": ("INSERT", DECISIONS, BAD_DECISION, "clearance needs a second person"),
    "edition_needs_decision": ("INSERT", EDITIONS, BAD_EDITION, "an edition needs its clearing decision"),
    "edition_not_replaced": (
        "INSERT",
        EDITIONS,
        f"EXISTS (SELECT 1 FROM {EDITIONS} e"
        " WHERE e.id = NEW.id OR e.subject = NEW.subject OR e.identifier = NEW.identifier)",
        "an edition stands already",
    ),
    "edition_immutable": ("UPDATE", EDITIONS, "TRUE", "an edition never changes"),
    "history_immutable": ("UPDATE", HISTORY, "TRUE", "a former edition never changes"),
    "history_kept": ("DELETE", HISTORY, "TRUE", "a former edition is kept"),
    "author_immutable": ("UPDATE", AUTHORS, "TRUE", "the row of an author never changes"),
    "author_kept": ("DELETE", AUTHORS, "TRUE", "the row of an author is kept"),
    "decision_immutable": ("UPDATE", DECISIONS, "TRUE", "a decision never changes"),
    "decision_kept": ("DELETE", DECISIONS, "TRUE", "a decision is kept"),
    "history_not_replaced": (
        "INSERT",
        HISTORY,
        f"EXISTS (SELECT 1 FROM {HISTORY} h"
        " WHERE h.id = NEW.id OR (h.subject = NEW.subject AND h.number = NEW.number))",
        "a former edition is kept",
    ),
    "author_not_replaced": (
        "INSERT",
        AUTHORS,
        f"EXISTS (SELECT 1 FROM {AUTHORS} a WHERE a.id = NEW.id)",
        "the row of an author is kept",
    ),
    "decision_not_replaced": (
        "INSERT",
        DECISIONS,
        f"EXISTS (SELECT 1 FROM {DECISIONS} d WHERE d.id = NEW.id OR d.hash = NEW.hash)",
        "a decision is kept",
    ),
    "history_not_emptied": ("TRUNCATE", HISTORY, "TRUE", "a former edition is kept"),
    "authors_not_emptied": ("TRUNCATE", AUTHORS, "TRUE", "the row of an author is kept"),
    "decisions_not_emptied": ("TRUNCATE", DECISIONS, "TRUE", "a decision is kept"),
}


def standing_on(tables) -> dict:
    """The rules of these tables: after a migration backwards some aren't there."""
    return {name: rule for name, rule in RULES.items() if rule[1] in tables}


def _sqlite(name, event, table, condition, sentence):
    if event == "TRUNCATE":  # SQLite has none
        return
    condition = "1" if condition == "TRUE" else condition.replace("CONTAINS(", "instr(")
    yield (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, 'clearance: {sentence}'); END"
    )


def _postgresql(name, event, table, condition, sentence):
    row = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(event, "NEW")
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    condition = condition.replace("CONTAINS(", "strpos(")
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION 'clearance: {sentence}' "
        "USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {row}; END $$ LANGUAGE plpgsql"
    )
    yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()"


def create(connection, rules=RULES) -> None:
    """Lay these triggers anew on this connection's database."""
    drop(connection, rules)
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        for name, rule in rules.items():
            for statement in make(name, *rule):
                cursor.execute(statement)


def drop(connection, rules=RULES) -> None:
    """Remove them; only the test run's emptying of tables needs it."""
    with connection.cursor() as cursor:
        for name, (_, table, *_) in rules.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))


def present(connection, rules=RULES) -> bool:
    """Whether each of these triggers stands."""
    wanted = {name for name, rule in rules.items() if rule[0] != "TRUNCATE" or connection.vendor == "postgresql"}
    question = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return wanted <= {row[0] for row in cursor.fetchall()}
