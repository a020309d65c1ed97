"""The Django project: settings, urls, WSGI and ASGI doors. Nothing imports it."""
