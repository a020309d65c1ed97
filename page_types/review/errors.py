"""What the review room refuses, told in Chinese with what to do."""

from django.core.exceptions import PermissionDenied


class ReviewRefused(PermissionDenied):
    """A step that may not be taken. `reason` is a sentence for the person at hand."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = str(reason)
