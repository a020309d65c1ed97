"""Django finds the models of the room here."""

from page_types.review.audit.models import AuditAddress, AuditEntry, AuditOutbox
from page_types.review.checks.models import (
    CheckSeverity,
    ConfirmWord,
    OverriddenCheck,
    SecrecyReview,
    SignatureBand,
    TextSignature,
)
from page_types.review.correction.models import CorrectionChain
from page_types.review.deadlines.models import StepDeadline, StepTerm
from page_types.review.deputies.models import StuckStep
from page_types.review.follow_up.models import (
    Explanation,
    PlanNumber,
    PostPublishCheck,
    ReportingDuty,
)
from page_types.review.notices.models import Notice, NoticeChoice
from page_types.review.remarks.models import Remark
from page_types.review.tasks import (
    CentrePublish,
    DepartmentReview,
    LeaderReview,
    OfficeReview,
    PortalTask,
)

__all__ = [
    "AuditAddress",
    "AuditEntry",
    "AuditOutbox",
    "CentrePublish",
    "CheckSeverity",
    "ConfirmWord",
    "CorrectionChain",
    "DepartmentReview",
    "Explanation",
    "LeaderReview",
    "Notice",
    "NoticeChoice",
    "OfficeReview",
    "OverriddenCheck",
    "PlanNumber",
    "PortalTask",
    "PostPublishCheck",
    "Remark",
    "ReportingDuty",
    "SecrecyReview",
    "SignatureBand",
    "StepDeadline",
    "StepTerm",
    "StuckStep",
    "TextSignature",
]
