from .authority import Agent, Institution, Place, PlaceName, Source
from .clearance import ClearanceAuthor, Decision
from .edition import Edition, EditionHistory, EditionImage, EditionPlace, Tombstone
from .outbox import Outbox, OutboxHead
from .record import Citation, Record, RecordAgent, RecordPlace, RecordScan, Status
from .workflow import ReviewTask

__all__ = [
    "Agent",
    "Citation",
    "ClearanceAuthor",
    "Decision",
    "Edition",
    "EditionHistory",
    "EditionImage",
    "EditionPlace",
    "Institution",
    "Outbox",
    "OutboxHead",
    "Place",
    "PlaceName",
    "Record",
    "RecordAgent",
    "RecordPlace",
    "RecordScan",
    "ReviewTask",
    "Source",
    "Status",
    "Tombstone",
]
