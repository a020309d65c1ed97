"""Mails of extensions: one mail a person, after the commit, and none that stops an act."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

log = logging.getLogger(__name__)


def letter(subject, template, context, to, headers=None):
    """A plain-text mail made from a template, not yet sent; line breaks leave the subject."""
    return EmailMessage(
        " ".join(subject.split()), render_to_string(template, context), to=[to], headers=headers
    )


def send_quietly(message, about):
    """Send it; returns success. A failure is logged by what it was about, never by the address."""
    try:
        message.send()
    except Exception:
        log.exception("a mail could not be sent: %s", about)
        return False
    return True


def tell_staff(people, subject, template, context):
    """After the commit, one mail to each of the people who has an address.

    The text is in the house's own language, whatever that of the visitor who caused it.
    """

    def send():
        with translation.override(settings.LANGUAGE_CODE):
            for person in people:
                if person.email:
                    filled = {**context, "user": person}
                    message = letter(subject, template, filled, person.email)
                    send_quietly(message, f"{template} to user {person.pk}")

    transaction.on_commit(send, robust=True)
