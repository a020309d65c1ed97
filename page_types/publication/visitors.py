"""Where a request comes from."""

from django.conf import settings


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


def network_of(request):
    """One household: an IPv4 address, or the first 64 bits of an IPv6 address."""
    address = client_address(request)
    return ":".join(address.split(":")[:4]) if ":" in address else address
