"""The stand-in's page: what its database holds."""

import os
import sqlite3


def application(environ, start_response):
    with sqlite3.connect(os.environ["PORTAL_VAR"] + "/portal.sqlite3") as database:
        titles = [title for (title,) in database.execute("SELECT title FROM pages")]
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [", ".join(titles).encode()]
