from .georeference import Georeference, GeoreferenceChange, Transformation
from .job import Job
from .preservation import PreservationEvent
from .scan import PublicImage, Rendition, Retraction, Scan
from .text_line import TextLine
from .upload import Upload

__all__ = [
    "Georeference",
    "GeoreferenceChange",
    "Job",
    "PreservationEvent",
    "PublicImage",
    "Rendition",
    "Retraction",
    "Scan",
    "TextLine",
    "Transformation",
    "Upload",
]
