"""How often one network may ask: django-ratelimit, with answers for people and for machines."""

from functools import wraps

from django.conf import settings
from django_ratelimit.core import is_ratelimited

from page_types.publication.visitors import network_of

#: Seconds after which it may be tried again: the window of the rates in the settings.
RETRY_S = 60


def limited(group, setting, refuse):
    """A view that answers `refuse(request)` with Retry-After beyond the rate of a setting."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if is_ratelimited(
                request,
                group=group,
                key=lambda group, request: network_of(request),
                rate=getattr(settings, setting),
                increment=True,
            ):
                response = refuse(request)
                response.status_code = 429
                response["Retry-After"] = str(RETRY_S)
                response["Cache-Control"] = "no-store"
                return response
            return view(request, *args, **kwargs)

        return guarded

    return decorate
