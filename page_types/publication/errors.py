"""What the reading side refuses, told in Chinese with what to do."""

from django.core.exceptions import PermissionDenied, ValidationError


class PublicationRefused(PermissionDenied):
    """A publication without the proof it needs. `reason` is a sentence for the person at hand."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class AddressTaken(ValidationError):
    """The address belongs, or once belonged, to another page: never given away a second time."""
