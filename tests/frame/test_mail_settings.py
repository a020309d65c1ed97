"""The mail server from one variable."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.mail import email_settings


@pytest.mark.parametrize(
    "url, host, port, user, password, tls, ssl",
    [
        ("smtp://mail.example.cn", "mail.example.cn", 25, "", "", False, False),
        ("smtp://u%40x:p%2Fw@mail:2525/?tls=1", "mail", 2525, "u@x", "p/w", True, False),
        ("smtp://mail/?tls=1", "mail", 587, "", "", True, False),
        ("smtps://u:p@mail/?tls=1", "mail", 465, "u", "p", False, True),
    ],
)
def test_a_url_names_the_server(url, host, port, user, password, tls, ssl):
    found = email_settings(url)
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    assert [found[f"EMAIL_{name}"] for name in names] == [host, port, user, password, tls, ssl]


def test_nothing_is_set_without_it_and_nonsense_is_refused():
    assert email_settings("") == {}
    for nonsense in ("mail.example.cn:25", "http://mail/", "smtp://"):
        with pytest.raises(ImproperlyConfigured, match="smtp://"):
            email_settings(nonsense)
