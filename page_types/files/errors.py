"""What is refused at the door, told in Chinese with what to do."""

from django.core.exceptions import ValidationError


class FileRefused(ValidationError):
    """An upload that cannot be taken in. A ValidationError: forms show it at the field `file`.

    `encrypted`: nobody can open it without a password.
    """

    def __init__(self, message, *, encrypted=False):
        super().__init__(message)
        self.encrypted = encrypted
