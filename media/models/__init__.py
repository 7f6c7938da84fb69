from .job import Job
from .scan import PublicImage, Rendition, Retraction, Scan

__all__ = ["Job", "PublicImage", "Rendition", "Retraction", "Scan"]
