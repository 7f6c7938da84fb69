from .cleared_page import ClearedPage
from .kiosk import Kiosk
from .page_record import PageRecord
from .pages import ArticlePage, ExhibitionPage, HomePage, SectionPage

__all__ = ["ArticlePage", "ClearedPage", "ExhibitionPage", "HomePage", "Kiosk", "PageRecord", "SectionPage"]
