"""Asks a built site for every public address and the admin's doors; prints what does not answer.

Run with PORTAL_VAR and PORTAL_EXTENSIONS set, as `python tests/extensions/walk.py`.
"""

import os
import re
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")
django.setup()

from django.conf import settings  # noqa: E402  Django must be set up first
from django.test import Client  # noqa: E402

from page_types.organisation.models import User  # noqa: E402
from page_types.publication.doors import all_doors  # noqa: E402

DOORS = ("/", "/search/?q=体育", "/site-map/", "/robots.txt", "/healthz", "/readyz")
ADMIN = ("/admin/", "/admin/pages/", "/admin/reports/workflow/", "/admin/images/")


def locations(client, path):
    text = client.get(path).content.decode()
    return [url.removeprefix(settings.SITE_URL) for url in re.findall(r"<loc>(.*?)</loc>", text)]


def main():
    public, staff = Client(HTTP_HOST="localhost"), Client(HTTP_HOST="localhost")
    staff.force_login(User.objects.filter(is_superuser=True).first())
    doors = [door.url for door in all_doors()]
    pages = [p for section in locations(public, "/sitemap.xml") for p in locations(public, section)]
    bad = []
    for client, paths in ((public, [*DOORS, *doors, *pages]), (staff, ADMIN)):
        for path in paths:
            answer = client.get(path, follow=True)
            if answer.status_code != 200:
                bad.append(f"{path}: {answer.status_code}")
    document = next((p for p in pages if "/bmwj/" in p and not p.endswith("/bmwj/")), None)
    text = public.get(document).content.decode() if document else ""
    sys.stdout.write(f"asked {len(pages)} bad {bad} history-link {'/history/' in text}\n")
    sys.stdout.write(f"doors {doors} privacy {public.get('/privacy/').content.decode()}\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
