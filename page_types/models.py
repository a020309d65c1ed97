"""Django finds the page types here; each has a module of its own."""

from page_types.article import ArticlePage
from page_types.base import PortalPage
from page_types.column import ColumnPage
from page_types.content import InterpretedDocument
from page_types.home import HomePage
from page_types.institution import InstitutionPage
from page_types.leader import LeaderPage
from page_types.link import LinkPage
from page_types.media import PortalDocument, PortalImage, PortalRendition
from page_types.micropost import MicropostPage
from page_types.notice import NoticePage
from page_types.pictures import PictureStoryPage
from page_types.policy import PolicyPage, RelatedDocument
from page_types.powers import ListOfPowersPage
from page_types.republication import RepublicationPage
from page_types.service import ServicePage
from page_types.statistics import StatisticsPage
from page_types.topic import TopicPage

__all__ = [
    "ArticlePage",
    "ColumnPage",
    "HomePage",
    "InstitutionPage",
    "InterpretedDocument",
    "LeaderPage",
    "LinkPage",
    "ListOfPowersPage",
    "MicropostPage",
    "NoticePage",
    "PictureStoryPage",
    "PolicyPage",
    "PortalDocument",
    "PortalImage",
    "PortalPage",
    "PortalRendition",
    "RelatedDocument",
    "RepublicationPage",
    "ServicePage",
    "StatisticsPage",
    "TopicPage",
]
