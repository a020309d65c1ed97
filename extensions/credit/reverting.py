"""Back to an old version: a draft is changed, a public record is corrected."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from extensions.base.reviewing import RecordRefused
from extensions.credit import services
from extensions.credit.models.states import State


def may_revert(user, record):
    """Whether the user may bring an old version back."""
    if record.state == State.DRAFT:
        return services.writes(user, record.department_id)
    return record.is_shown and services.answers_for(user, record.department_id)


def revert(record, version, user, reason):
    """The columns of the old version as a new one; ValidationError if that is refused."""
    values = {attr: getattr(version, attr) for attr in record.items}
    try:
        if record.state == State.DRAFT:
            return services.write(record, user, values)
        note = _("更正：恢复为此前公示的内容。")
        return services.correct(record, user, values, reason, note)
    except RecordRefused as refused:
        raise ValidationError(refused.reason) from refused
