"""Django finds the page types here; each has a module of its own."""

from page_types.article import ArticlePage
from page_types.base import PortalPage
from page_types.column import ColumnPage
from page_types.content import InterpretedDocument
from page_types.home import HomePage
from page_types.media import PortalDocument, PortalImage, PortalRendition
from page_types.policy import PolicyPage, RelatedDocument

__all__ = [
    "ArticlePage",
    "ColumnPage",
    "HomePage",
    "InterpretedDocument",
    "PolicyPage",
    "PortalDocument",
    "PortalImage",
    "PortalPage",
    "PortalRendition",
    "RelatedDocument",
]
