"""Subscribing, confirming and leaving; nobody learns from an answer who is subscribed."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from extensions.base.mail import letter, send_quietly
from extensions.subscriptions.models import Subscription
from page_types.publication.models import Counter

_CONFIRM = signing.TimestampSigner(salt="ext_subscriptions.confirm")
_STOP = signing.Signer(salt="ext_subscriptions.stop")


#: Kinds of column that lead elsewhere and publish nothing of their own.
NOT_FOLLOWED = frozenset({"link", "search"})


def may_be_subscribed(node):
    """Whether a column has a list that can be followed: public, not the home page, no group."""
    if node is None or not node.public or not node.path or node.group:
        return False
    return node.kind not in NOT_FOLLOWED


def normal(email):
    """One spelling of an address: RFC 5321 lets only the host be folded to lower case."""
    name, at, host = email.strip().rpartition("@")
    return f"{name}{at}{host.lower()}"


def ask(email, node):
    """Send the mail that asks for confirmation, or says that it is confirmed already.

    The same is done, and the same must be answered, in both cases. A mail that cannot be sent is
    logged; asking again sends another.
    """
    subscription, _made = Subscription.objects.get_or_create(
        email=normal(email), column_id=node.pk, defaults={"asked_at": timezone.now()}
    )
    if subscription.confirmed_at is None:
        Subscription.objects.filter(pk=subscription.pk).update(asked_at=timezone.now())
    send_quietly(
        letter(
            _("请确认订阅：%(column)s") % {"column": node.title},
            "ext_subscriptions/mail/confirm.txt",
            {
                "column": node,
                "confirmed": subscription.confirmed_at is not None,
                "confirm_url": absolute("subscription_confirm", _CONFIRM.sign(subscription.key)),
                "stop_url": stop_url(subscription),
                "days": settings.SUBSCRIPTION_CONFIRM_DAYS,
                "site_url": settings.SITE_URL,
            },
            subscription.email,
            headers=one_click(stop_url(subscription)),
        ),
        f"confirmation of subscription {subscription.pk}",
    )


def waiting_for(token):
    """The subscription that a confirming link belongs to, or None if it is false or too old."""
    try:
        key = _CONFIRM.unsign(token, max_age=timedelta(days=settings.SUBSCRIPTION_CONFIRM_DAYS))
    except signing.BadSignature:
        return None
    return Subscription.objects.filter(key=key).first()


@transaction.atomic
def confirm(subscription):
    """From now on: what is published later is mailed. Confirming again changes nothing."""
    number = Counter.objects.filter(pk=Counter.EVENT).values_list("value", flat=True).first() or 0
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(
        confirmed_at=timezone.now(), last_event=number
    )


def subscription_of(token):
    """The subscription that a link of a mail belongs to, or None (ended, or a false link)."""
    try:
        return Subscription.objects.filter(key=_STOP.unsign(token)).first()
    except signing.BadSignature:
        return None


def stop(subscription):
    """End it: the row goes, and the address with it."""
    Subscription.objects.filter(pk=subscription.pk).delete()


def stop_all(subscription):
    """End every subscription of its address."""
    Subscription.objects.filter(email=subscription.email).delete()


def forget(email):
    """End all subscriptions of an address, however its letters are cased."""
    Subscription.objects.filter(email__iexact=email.strip()).delete()


def purge_unconfirmed(now=None):
    """Erase the addresses of those who did not confirm in time; returns how many."""
    before = (now or timezone.now()) - timedelta(days=settings.SUBSCRIPTION_CONFIRM_DAYS)
    return Subscription.objects.filter(confirmed_at=None, asked_at__lt=before).delete()[0]


def absolute(name, token):
    """The full address of a door that takes a token."""
    return settings.SITE_URL + reverse(name, args=[token])


def stop_url(subscription):
    """The link to end this one subscription; it works as long as that lasts."""
    return absolute("subscription_stop", _STOP.sign(subscription.key))


def stop_all_url(subscription):
    """The link to end every subscription of the same address."""
    return absolute("subscription_stop_all", _STOP.sign(subscription.key))


def one_click(url):
    """Headers of RFC 8058: mail programs show a button that ends what `url` ends, by one POST."""
    return {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
