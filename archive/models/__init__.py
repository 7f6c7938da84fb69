from .authority import Agent, Institution, MergedAuthority, Place, PlaceName, Source, Tag
from .change_set import ChangeSet, ChangeSetRow
from .choices import Kind, RelationKind, Role, Status
from .clearance import ClearanceAuthor, Decision, Notice
from .edition import (
    Edition,
    EditionHistory,
    EditionImage,
    EditionMention,
    EditionPlace,
    EditionRelation,
    Tombstone,
)
from .outbox import Outbox, OutboxHead
from .parts import (
    Citation,
    PlaceMention,
    RecordAgent,
    RecordArticle,
    RecordPlace,
    RecordRelation,
    RecordScan,
    RecordTag,
)
from .public_state import PublicState
from .record import Record
from .workflow import ReviewTask

__all__ = [
    "Agent",
    "ChangeSet",
    "ChangeSetRow",
    "Citation",
    "ClearanceAuthor",
    "Decision",
    "Edition",
    "EditionHistory",
    "EditionImage",
    "EditionMention",
    "EditionPlace",
    "EditionRelation",
    "Institution",
    "Kind",
    "MergedAuthority",
    "Notice",
    "Outbox",
    "OutboxHead",
    "Place",
    "PlaceMention",
    "PlaceName",
    "PublicState",
    "Record",
    "RecordAgent",
    "RecordArticle",
    "RecordPlace",
    "RecordRelation",
    "RecordScan",
    "RecordTag",
    "RelationKind",
    "ReviewTask",
    "Role",
    "Source",
    "Status",
    "Tag",
    "Tombstone",
]
