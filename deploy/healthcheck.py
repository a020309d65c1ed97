"""The container's health check: does the server answer as nginx asks it?

Exit code 0 if /healthz answers 200. Asked with the public host name and scheme, since production
refuses foreign hosts and sends plain http to https.
"""

import os
import sys
import urllib.request
from urllib.parse import urlsplit

ADDRESS = "http://127.0.0.1:8000/healthz"
PATIENCE_S = 4


def main():
    host = urlsplit(os.environ["PORTAL_SITE_URL"]).netloc
    request = urllib.request.Request(ADDRESS, headers={"Host": host, "X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310  loopback
            return 0 if answer.status == 200 else 1
    except OSError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
