"""Django finds the models of the room here."""

from page_types.review.tasks import (
    CentrePublish,
    DepartmentReview,
    LeaderReview,
    OfficeReview,
    PortalTask,
)

__all__ = ["CentrePublish", "DepartmentReview", "LeaderReview", "OfficeReview", "PortalTask"]
