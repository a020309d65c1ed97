"""What deputies bring to the room when it is ready."""

from django.utils.translation import gettext_lazy as _

from page_types.review.deputies import services, stuck
from page_types.review.notices import kinds


def connect():
    """Called once, when the room is ready."""
    kinds.register(services.KIND, _("代审"), always=True)
    stuck.connect(_("审核环节无人可办"))
