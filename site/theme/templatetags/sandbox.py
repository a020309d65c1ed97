"""Whether this is the training sandbox, and its banner."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def in_sandbox():
    """Whether the portal runs as a sandbox (`make sandbox`)."""
    return settings.PORTAL_SANDBOX


@register.inclusion_tag("theme/sandbox.html")
def sandbox_banner():
    """The banner of every page of a sandbox; nothing elsewhere."""
    return {"shown": settings.PORTAL_SANDBOX}
