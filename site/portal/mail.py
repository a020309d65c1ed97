"""The mail server from one variable, as the database: `smtp://user:password@host:587/?tls=1`."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def email_settings(url):
    """Django's EMAIL_* settings from PORTAL_EMAIL_URL; none when it is empty.

    `smtp://` (port 25, with `?tls=1` STARTTLS, port 587) or `smtps://` (TLS from the first byte,
    port 465). Raises ImproperlyConfigured for anything else.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    tls = parse_qs(parts.query).get("tls") == ["1"]
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(
            "PORTAL_EMAIL_URL 应形如 smtp://用户:密码@主机:587/?tls=1 或 smtps://… / "
            "PORTAL_EMAIL_URL must look like smtp://user:password@host:587/?tls=1 or smtps://…"
        )
    ssl = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if ssl else 587 if tls else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": tls and not ssl,
        "EMAIL_USE_SSL": ssl,
    }
