"""The desk in the admin: how many subscribers each column has. Nobody reads an address there.

No task of any post needs the addresses, so no post is shown them, the superuser included. Who asks
by telephone to be left alone is served by typing his address in, which says nothing about others.
"""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from extensions.subscriptions import services
from extensions.subscriptions.models import Subscription
from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post
from page_types.publication.snapshot import snapshot

POSTS = frozenset({Post.OFFICE, Post.CENTRE, Post.ADMINISTRATOR})


class ForgetForm(forms.Form):
    """An address to forget."""

    email = forms.EmailField(label=_("邮箱"))


def may_enter(user):
    """Whether the user may see the counts: office, information centre, administrators."""
    return user.is_superuser or bool(duties_of(user).posts & POSTS)


@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """Counts by column; for superusers a form that ends all subscriptions of a typed address."""
    if not may_enter(request.user):
        raise PermissionDenied
    form = ForgetForm(request.POST or None) if request.user.is_superuser else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            services.forget(form.cleaned_data["email"])
            messages.success(request, _("该邮箱的订阅（如有）已全部删除。"))
            return redirect("subscriptions_desk:index")
    return render(
        request,
        "ext_subscriptions/admin/index.html",
        {
            "page_title": _("邮件订阅"),
            "header_icon": "mail",
            "lines": counts(),
            "form": form,
        },
    )


def counts():
    """[(title, confirmed, waiting)] of the columns that have any, the most followed first."""
    rows = Subscription.objects.values("column_id").annotate(
        confirmed=Count("pk", filter=~Q(confirmed_at=None)),
        waiting=Count("pk", filter=Q(confirmed_at=None)),
    )
    columns = snapshot().by_id
    return [
        (columns[row["column_id"]].title, row["confirmed"], row["waiting"])
        for row in rows.order_by("-confirmed", "column_id")
        if row["column_id"] in columns
    ]


app_name = "subscriptions_desk"
urlpatterns = [path("", index, name="index")]
