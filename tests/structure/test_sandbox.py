"""The training sandbox: reset brings everything back, and never touches another portal."""

import sqlite3
from contextlib import closing

from tests.prepared import manage

SANDBOX = {"PORTAL_SANDBOX": "1"}


def ask(var, sql):
    with closing(sqlite3.connect(var / "portal.sqlite3")) as database, database:
        return database.execute(sql).fetchall()


def test_a_reset_brings_texts_files_and_sessions_back(site_var):
    pages = ask(site_var, "SELECT count(*) FROM wagtailcore_page")
    (site_var / "originals").mkdir(exist_ok=True)
    (site_var / "originals" / "built.txt").write_text("as it was built")
    code, text = manage(site_var, "reset_sandbox", **SANDBOX)
    assert code != 0 and "没有保存的初始状态" in text
    assert manage(site_var, "reset_sandbox", "--keep", **SANDBOX)[0] == 0
    ask(site_var, "INSERT INTO django_session VALUES ('someone', 'signed in', '2099-01-01')")
    ask(site_var, "UPDATE wagtailcore_page SET draft_title = '练习时改过的标题'")
    ask(site_var, "DELETE FROM wagtailcore_revision")
    (site_var / "originals" / "built.txt").unlink()
    (site_var / "originals" / "exercise.txt").write_text("an exercise")
    heads = site_var / "audit-heads" / "heads.jsonl"
    kept = heads.read_text() if heads.exists() else None
    heads.parent.mkdir(exist_ok=True)
    heads.open("a").write("a head of the exercise\n")
    with closing(sqlite3.connect(site_var / "portal.sqlite3")) as working:  # a worker's connection
        working.execute("SELECT count(*) FROM wagtailcore_page").fetchall()
        code, text = manage(site_var, "reset_sandbox", **SANDBOX)
        assert code == 0, text
        found = working.execute("SELECT count(*) FROM django_session").fetchall()
    assert "请重新登录" in text
    assert found == [(0,)]
    assert ask(site_var, "SELECT count(*) FROM wagtailcore_page") == pages
    assert ask(site_var, "SELECT 1 FROM wagtailcore_page WHERE draft_title LIKE '练习时%'") == []
    assert ask(site_var, "SELECT count(*) > 0 FROM wagtailcore_revision") == [(1,)]
    assert (heads.read_text() if heads.exists() else None) == kept
    assert sorted(p.name for p in (site_var / "originals").glob("*.txt")) == ["built.txt"]


def test_the_real_portal_is_never_reset(tmp_path):
    code, text = manage(tmp_path, "reset_sandbox")
    assert code != 0 and "不是练习环境" in text and "Traceback" not in text


def test_a_sandbox_says_so_and_is_not_indexed(ledger, client, settings):
    settings.PORTAL_SANDBOX = True
    for address in ("/", "/admin/login/", "/nothing/here/"):
        assert "练习环境" in client.get(address).content.decode(), address
    assert b"Disallow: /\n" in client.get("/robots.txt").content
    settings.PORTAL_SANDBOX = False
    assert "练习环境" not in client.get("/").content.decode()
    assert b"Disallow: /\n" not in client.get("/robots.txt").content
