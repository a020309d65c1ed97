"""办理期限: the day by which a step of a review is to be done, in working days.

task_state.deadline.due, .days_left      # where the step has begun
set_terms({("report", "leader_review"): 3})
"""

from page_types.review.deadlines.terms import set_terms

__all__ = ["set_terms"]
