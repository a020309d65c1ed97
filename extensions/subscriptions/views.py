"""The doors: the columns, the form, confirming, leaving. Every GET only shows; a POST acts.

Mail scanners follow links: a link that acted on GET would confirm what nobody asked for.
"""

from hashlib import sha256

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django_ratelimit.core import is_ratelimited

from extensions.base.public_forms import public_form, throttled, too_many
from extensions.subscriptions import services
from extensions.subscriptions.forms import SubscribeForm
from page_types.publication.snapshot import snapshot
from page_types.publication.views import door, fragment, public


def link_to_subscribe(reading, entry, text):
    """The link on a column page."""
    node = reading.site.by_id.get(entry.column_id)
    if reading.preview or not services.may_be_subscribed(node):
        return ""
    return fragment("ext_subscriptions/link.html", {"url": reverse("subscribe", args=[node.key])})


def privacy_facts():
    """Figures of the paragraph in the privacy notice."""
    return {"days": settings.SUBSCRIPTION_CONFIRM_DAYS}


@public
def columns(request):
    """`/subscribe/`: every column that can be followed."""
    groups = [
        (top, [node for node in top.walk() if services.may_be_subscribed(node)])
        for top in snapshot().top
    ]
    context = {"groups": [(top, nodes) for top, nodes in groups if nodes]}
    return door(request, "ext_subscriptions/columns.html", "/subscribe/", context)


@public_form
def subscribe(request, key):
    """`/subscribe/<column key>/`: the answer is the same whoever is subscribed."""
    node = snapshot().by_key.get(key)
    if not services.may_be_subscribed(node):
        raise Http404
    form = SubscribeForm(request.POST or None)
    context = {"node": node, "form": form, "days": settings.SUBSCRIPTION_CONFIRM_DAYS}
    if request.method == "POST" and form.is_valid():
        if throttled(request, "subscribe", settings.SUBSCRIPTION_RATE):
            return too_many(request)
        email = form.cleaned_data["email"]
        if not form.is_trapped and not _asked_too_often(request, email):
            services.ask(email, node)
        return door(request, "ext_subscriptions/asked.html", request.path, context)
    return door(
        request, "ext_subscriptions/form.html", request.path, context,
        status=422 if request.method == "POST" else 200,
    )  # fmt: skip


def _asked_too_often(request, email):
    """Whether somebody has mails sent to a (perhaps foreign) address again and again."""
    digest = sha256(services.normal(email).lower().encode()).hexdigest()
    return is_ratelimited(
        request, group="subscribe-address", key=lambda *_args: digest,
        rate=settings.SUBSCRIPTION_RATE_OF_ADDRESS, method="POST", increment=True,
    )  # fmt: skip


@csrf_exempt  # the signed link is the proof; mail programs' own browsers refuse cookies
@public_form
def confirm(request, token):
    """GET asks, POST confirms; a false or old link says how to go on."""
    subscription = services.waiting_for(token)
    if subscription is None:
        return _outdated(request)
    if request.method == "POST":
        services.confirm(subscription)
        return _said(request, subscription, "confirmed", _("订阅成功"))
    return _said(request, subscription, "confirm", _("确认订阅"))


@csrf_exempt  # RFC 8058: mail programs post without login, cookie or token
@public_form
def stop(request, token, every=False):
    """GET asks, POST ends one column's (or every) subscription; ending what has ended succeeds."""
    subscription = services.subscription_of(token)
    if request.method == "POST" and subscription is not None:
        (services.stop_all if every else services.stop)(subscription)
    if subscription is None or request.method == "POST":
        return _said(request, None, "stopped", _("已退订"))
    return _said(request, None if every else subscription, "stop", _("退订"))


def _said(request, subscription, what, heading):
    node = snapshot().by_id.get(subscription.column_id) if subscription else None
    context = {"node": node, "what": what, "heading": heading}
    return door(request, "ext_subscriptions/link_page.html", "/subscribe/", context)


def _outdated(request):
    return door(request, "ext_subscriptions/outdated.html", "/subscribe/", status=410)
