"""Forms that visitors send: a trap for machines, a limit per address, and no cache.

Every public form of an extension subclasses `PublicForm`, is served by a `@public_form` view and
asks `throttled()` before it acts.
"""

from functools import wraps

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from page_types.publication.sql_guard import reading_side_only
from page_types.publication.views import door
from page_types.publication.visitors import network_of


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


def throttled(request, group, rate):
    """Whether this address sent more than `rate` ("5/h") forms of the group; counts this one."""
    return is_ratelimited(
        request,
        group=group,
        key=lambda group, request: network_of(request),
        rate=rate,
        method="POST",
        increment=True,
    )


def too_many(request):
    """The answer to a throttled form (429): what happened, and what to do."""
    answer = door(request, "ext_base/too_many.html", request.path, status=429)
    answer["Retry-After"] = "3600"
    return answer
