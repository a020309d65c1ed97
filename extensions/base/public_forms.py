"""Forms that visitors send: a trap for machines, a limit per address, and no cache.

Every public form of an extension subclasses `PublicForm`, is served by a `@public_form` view and
asks `throttled()` before it acts.
"""

from functools import wraps

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from page_types.publication.sql_guard import reading_side_only
from page_types.publication.views import door


def public_form(view):
    """A public view that also takes POST; never kept by a cache, no SQL of the writing side."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request, *args, **kwargs):
        with reading_side_only():
            return view(request, *args, **kwargs)

    return guarded


class PublicForm(forms.Form):
    """A form with a field that people do not see; whoever fills it is taken for a machine."""

    website = forms.CharField(
        label=_("请不要填写此栏"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_trapped(self):
        """Whether the hidden field came back filled; such a form is thanked and thrown away."""
        return bool(self.data.get(self.add_prefix("website")))

    @property
    def shown(self):
        """The fields that people see."""
        return [bound for bound in self if bound.name != "website"]


def client_address(request):
    """The visitor's network address.

    Behind proxies REMOTE_ADDR is the last proxy: with PORTAL_TRUSTED_PROXIES = n the n-th entry of
    X-Forwarded-For from the right is what the outermost trusted one saw. What stands further left
    was written by the visitor and counts for nothing.
    """
    trusted = settings.PORTAL_TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if trusted and len(hops) >= trusted and hops[-trusted]:
        return hops[-trusted]
    return request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104  a Unix socket has none


def throttled(request, group, rate):
    """Whether this address sent more than `rate` ("5/h") forms of the group; counts this one."""
    return is_ratelimited(
        request, group=group, key=_network_of, rate=rate, method="POST", increment=True
    )


def _network_of(group, request):
    """One household: an IPv4 address, or the first 64 bits of an IPv6 address."""
    address = client_address(request)
    return ":".join(address.split(":")[:4]) if ":" in address else address


def too_many(request):
    """The answer to a throttled form (429): what happened, and what to do."""
    answer = door(request, "ext_base/too_many.html", request.path, status=429)
    answer["Retry-After"] = "3600"
    return answer
