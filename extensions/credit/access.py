"""Who may: officers write for their own departments, reviewers and leaders read theirs, bureau-wide
posts all.
"""

from extensions.credit.models import KINDS
from page_types.organisation.duties import duties_of


def may_enter(user):
    """Whether licences and penalties are this user's business at all."""
    duties = duties_of(user)
    return bool(duties.departments) or duties.sees_all


def visible_to(user, kind):
    """Records of a kind that the user may read."""
    duties, records = duties_of(user), KINDS[kind].objects.all()
    return records if duties.sees_all else records.filter(department_id__in=duties.departments)


def writes(user, department_id):
    """Whether the user writes records of the department."""
    return department_id in duties_of(user).officer_of


def answers_for(user, department_id):
    """Whether the user may make public, correct, withdraw: its officers and its reviewers."""
    duties = duties_of(user)
    return department_id in duties.officer_of | duties.reviewer_of
