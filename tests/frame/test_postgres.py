"""The temporary PostgreSQL of CI and `make prove`."""

import sys

import pytest
from django.db import connection

from tests.frame.conftest import ROOT


@pytest.mark.postgres
@pytest.mark.django_db
def test_marked_tests_really_run_on_postgresql():
    assert connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_encoding'), '阳光体育'")
        assert cursor.fetchone() == ("UTF8", "阳光体育")


@pytest.mark.postgres
def test_server_answers_its_command_and_is_gone_afterwards(frame):
    ask = (
        "import os, sys, psycopg; url = os.environ['PORTAL_DATABASE_URL']; print('at', url);"
        "print(psycopg.connect(url).execute('select 6 * 7').fetchone()); sys.exit(3)"
    )
    code, text = frame.do(sys.executable, ROOT / "scripts/postgres.py", sys.executable, "-c", ask)
    assert code == 3, "the command's own exit code"
    assert "(42,)" in text
    url = text.split("at ", 1)[1].split()[0]
    gone = "import sys, psycopg; psycopg.connect(sys.argv[1], connect_timeout=3)"
    assert frame.do(sys.executable, "-c", gone, url)[0] != 0


def test_command_is_required(frame):
    code, text = frame.do(sys.executable, "scripts/postgres.py")
    assert code != 0
    assert "用法" in text
