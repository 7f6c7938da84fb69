from .job import Job
from .scan import PublicImage, Rendition, Scan

__all__ = ["Job", "PublicImage", "Rendition", "Scan"]
