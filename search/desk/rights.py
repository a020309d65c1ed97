"""Who works at the desk: office, information centre and administrators, by their posts."""

from functools import wraps

from django.core.exceptions import PermissionDenied

from page_types.organisation.calendar_desk import KeepersPolicy
from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post

DESK = {Post.OFFICE, Post.CENTRE, Post.ADMINISTRATOR}


def may_enter(user):
    """Whether the user sees the desk, and may change what is on it."""
    return bool(duties_of(user).posts & DESK)


def for_the_desk(view):
    """A view that others are refused."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_enter(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class DeskPolicy(KeepersPolicy):
    """Core's screens, for the same people and by no grant."""

    def user_has_permission(self, user, action):
        return may_enter(user)
