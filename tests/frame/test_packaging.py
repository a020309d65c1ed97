"""What the container files name is there, and they do what `make run` does. Nothing is built."""

import ast
import importlib.util
import re
from datetime import datetime, timedelta
from fnmatch import fnmatch
from itertools import pairwise

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from tests.frame.env_lookups import ROOT


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def read_entry():
    return read("deploy/entrypoint.sh")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(read("compose.yaml"))


@pytest.fixture(scope="module")
def stages():
    """The Dockerfile's instructions, a list of (word, rest) for each stage."""
    text = re.sub(r"^#.*\n", "", read("Dockerfile"), flags=re.M).replace("\\\n", " ")
    lines = [line.split(None, 1) for line in text.splitlines() if line.strip()]
    found = []
    for word, rest in lines:
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest))
    return found


def of(stage, word):
    return [rest for name, rest in stage if name == word]


# ---- the image -----------------------------------------------------------------------------------
def test_what_is_copied_exists_and_reaches_the_builder(stages):
    patterns = [line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")]
    for copy in of(stages[0], "COPY") + of(stages[-1], "COPY"):
        if copy.startswith("--from"):
            continue
        for source in copy.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert any(fnmatch(source, pattern) for pattern in patterns), source


def test_every_room_is_in_the_image(stages):
    copied = {source for copy in of(stages[-1], "COPY") for source in copy.split()[:-1]}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages | {"site", "locale"} <= copied


def test_libraries_come_from_the_locked_list_with_hashes_and_without_compiling(stages):
    commands = " ".join(of(stages[0], "RUN"))
    assert "--require-hashes --only-binary :all: -r requirements.txt" in commands
    assert "requirements.txt" not in " ".join(of(stages[-1], "RUN"))


def test_what_runs_is_no_root_and_has_no_build_tools(stages):
    last = stages[-1]
    assert of(last, "USER")[-1] == "portal"
    assert not re.search(r"build-essential|gcc|-dev\b|git\b", " ".join(of(last, "RUN")))
    assert "uninstall -y pip" in " ".join(of(last, "RUN"))


def test_programs_that_the_image_starts_are_in_it(stages):
    copied = {source for copy in of(stages[-1], "COPY") for source in copy.split()[:-1]}
    started = re.findall(r"/portal/(deploy/[a-z.]+)", " ".join(v for _, v in stages[-1]))
    assert len(started) == 2
    assert set(started) <= copied
    assert (ROOT / "deploy/entrypoint.sh").stat().st_mode & 0o111


# ---- the processes -------------------------------------------------------------------------------
def server_options(words):
    """gunicorn's options without the address and what only a container or a terminal needs."""
    options = [word for word in words if word.startswith("--")]
    own = {"--bind", "--chdir", "--config", "--worker-tmp-dir"}
    values = {word: after for word, after in pairwise([*words, "--"]) if not after.startswith("--")}
    return {name: values.get(name) for name in options if name not in own}


def test_the_container_serves_with_the_options_of_make_run():
    for node in ast.walk(ast.parse(read("scripts/run.py"))):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "argv":
            of_run = [getattr(part, "value", "computed") for part in node.value.elts]
    command = re.search(r"-m gunicorn portal.wsgi:application(.*?)\n    ;;", read_entry(), re.S)
    of_container = server_options(command[1].replace("\\\n", " ").split())
    assert of_container == server_options(list(map(str, of_run)))
    assert of_container["--worker-class"] == "gthread"


def test_prepare_takes_the_steps_of_the_first_build_without_its_demonstration():
    text = read_entry()
    prepare = text[text.index("\nprepare)") : text.index(";;")]
    commands = re.findall(r"manage (\w+)", prepare)
    first = re.findall(r'_manage\([^"]*"[^"]*", "[^"]*", building, "(\w+)"', build_source())
    assert first, "site_build.py builds in another way now"
    assert commands == [name for name in first if name not in ("create_accounts", "load_demo")]


def build_source():
    return re.sub(r"\(\s+", "(", read("scripts/site_build.py"))


def test_every_service_starts_something_the_entrypoint_knows(compose):
    known = set(re.findall(r"^(\w+)\)$", read_entry(), re.M))
    ours = {n: s for n, s in compose["services"].items() if s["image"] == "portal"}
    assert set(ours) == {"prepare", "web", "scheduler", "worker"}
    for name, service in ours.items():
        assert service["command"] == [name]
        assert name in known


def test_up_starts_only_what_the_portal_uses(compose):
    waiting = {name for name, service in compose["services"].items() if "profiles" in service}
    assert waiting == {"worker", "elasticsearch"}
    # The day one of them is used, its profile goes and this test with it.
    assert "Immediate" in settings.TASKS["default"]["BACKEND"]
    assert "elasticsearch" not in str(settings.WAGTAILSEARCH_BACKENDS).lower()


def test_mounted_files_exist_and_volumes_are_declared(compose):
    for service in compose["services"].values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (ROOT / source).exists(), source
            else:
                assert source in compose["volumes"], source


# ---- the web server in front ---------------------------------------------------------------------
def test_nginx_is_given_styles_and_scaled_pictures_and_no_original(compose):
    place = dict(v.split(":")[:2] for v in compose["x-portal"]["volumes"])
    given = dict(v.split(":")[:2] for v in compose["services"]["nginx"]["volumes"])
    served = {name for name in given if name in compose["volumes"]}
    var = "/portal/var"
    assert {place[name] for name in served} == {
        f"{var}/{settings.STATIC_ROOT.relative_to(settings.VAR)}",
        f"{var}/{settings.STORAGES['renditions']['OPTIONS']['location'].relative_to(settings.VAR)}",
    }
    originals = settings.STORAGES["default"]["OPTIONS"]["location"].relative_to(settings.VAR)
    assert f"{var}/{originals}" not in place.values()
    assert all(mount.endswith(":ro") for mount in compose["services"]["nginx"]["volumes"])
    conf = read("deploy/nginx/nginx.conf")
    for name in served:  # `root /portal` + the address is the mount
        assert given[name] == f"/portal/{name}"
        assert f"location /{name}/ " in conf


def test_nginx_sets_what_the_settings_believe():
    from portal.settings import base

    header, value = base.SECURE_PROXY_SSL_HEADER
    name = header.removeprefix("HTTP_").replace("_", "-")
    conf = read("deploy/nginx/nginx.conf")
    sent = re.findall(r"proxy_set_header ([\w-]+) ([^;]+);", conf)
    assert (name.title(), value) in [(n.title(), v) for n, v in sent]
    assert ("X-Forwarded-For", "$remote_addr") in sent, "replaced, never added to"
    limit = int(re.search(r"client_max_body_size (\d+)m;", conf)[1]) * 1024 * 1024
    assert limit > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE


def test_the_portal_s_groups_agree(compose):
    """Files are readable by owner and group only: nginx must run as the portal's group."""
    group = re.search(r"groupadd --gid (\d+) portal", read("Dockerfile"))[1]
    assert compose["services"]["nginx"]["user"].split(":")[1] == group


# ---- the clock -----------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def scheduler():
    spec = importlib.util.spec_from_file_location("scheduler", ROOT / "deploy" / "scheduler.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_job_is_due_once_in_its_period(scheduler):
    noon = datetime(2026, 2, 28, 12, 0, tzinfo=scheduler.ZONE)
    nightly = scheduler.Job(("verify_ledger",), hour=2, minute=30)
    first = nightly.next_after(noon)
    assert first == datetime(2026, 3, 1, 2, 30, tzinfo=scheduler.ZONE)
    assert nightly.next_after(first) == first + timedelta(days=1)
    often = scheduler.Job(("send_subscriptions",), minutes=15)
    assert often.next_after(noon + timedelta(minutes=7)) == noon + timedelta(minutes=15)
    late = noon.replace(hour=23, minute=59)
    assert often.next_after(late) == late + timedelta(minutes=1)


def test_the_handbook_names_what_the_clock_runs_and_when(scheduler):
    there, _ = scheduler.jobs_there(set(get_commands()))
    assert {"verify_ledger", "clearsessions"} <= {job.command[0] for job in there}
    section = read("docs/operations.md").split("\n## 定时命令")[1].split("\n## ")[0]
    told = dict(re.findall(r"^\| `([^`]+)` \| (.+?) \|", section, re.M))
    assert told == {" ".join(job.command): job.when().split(" / ")[0] for job in there}
