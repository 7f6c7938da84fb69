from .authority import Agent, Institution, Place, PlaceName, Source
from .clearance import ClearanceAuthor, Decision
from .edition import Edition, EditionHistory, EditionImage, Tombstone
from .outbox import Outbox, OutboxHead
from .record import Citation, Record, RecordAgent, RecordPlace, RecordScan
from .workflow import ReviewTask

__all__ = [
    "Agent",
    "Citation",
    "ClearanceAuthor",
    "Decision",
    "Edition",
    "EditionHistory",
    "EditionImage",
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
    "Tombstone",
]
