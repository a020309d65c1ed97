"""Sign-ins: done, failed, ended. No password is kept, nor a name that belongs to nobody.

What stands in the field of the name and is no user's name may be a password typed in the wrong
place: of it only an HMAC is kept, by which repeated attempts can be told to be the same.
"""

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from page_types.organisation.models import User
from page_types.publication.visitors import client_address
from page_types.review.audit import chain, outbox
from page_types.review.audit.departments import department_of
from page_types.review.audit.models import Kind


def connect():
    """Called once, by `audit.connect()`."""
    user_logged_in.connect(_in, dispatch_uid="audit_in")
    user_logged_out.connect(_out, dispatch_uid="audit_out")
    user_login_failed.connect(_failed, dispatch_uid="audit_failed")


def _note(action, request, user, **more):
    address = client_address(request) if request is not None else None
    outbox.note(
        action,
        kind=Kind.SIGN_IN,
        about=user,
        department_id=user and department_of(user),
        address=address,
        **more,
    )


def _in(sender, request, user, **kwargs):
    _note("sign_in.success", request, user, who=user)


def _out(sender, request, user, **kwargs):
    if user is not None:
        _note("sign_in.out", request, user, who=user)


def _failed(sender, credentials, request=None, **kwargs):
    name = str(credentials.get(User.USERNAME_FIELD) or credentials.get("username") or "")
    refused("sign_in.failure", request, name)


def refused(action, request, name):
    """A sign-in that was not let through, under the name that was typed."""
    user = User.objects.filter(**{User.USERNAME_FIELD: name}).first()
    if user is not None:
        _note(action, request, user)
    else:
        unknown = chain.sign(settings.PORTAL_AUDIT_KEY, "unknown-name", name)
        _note(action, request, None, data={"unknown_name_mac": unknown[:32]})
