"""The audit trail: what enters it, in the transaction of the act, and how it is numbered."""

import io
import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import GroupPagePermission, PageLogEntry

from page_types.media import PortalDocument
from page_types.publication.models import Counter
from page_types.review.audit import heads, sequencer
from page_types.review.audit.models import AuditAddress, AuditEntry, AuditOutbox
from tests.once import once
from tests.review.audit_helpers import behind, last, numbered_house, verified

trail_of_the_module = once(numbered_house)


@pytest.fixture
def trail(trail_of_the_module, settings, tmp_path, db):
    """The house, with the heads in a folder of the test's own: one of today covers all so far."""
    settings.PORTAL_AUDIT_HEADS = tmp_path / "heads"
    heads.write_if_due()
    return trail_of_the_module


# ---- what enters ---------------------------------------------------------------------------------
def test_a_review_stands_in_the_trail_from_draft_to_public(trail):
    about = AuditEntry.objects.filter(object_type="wagtailcore.page", object_id=trail.article.pk)
    actions = list(about.order_by("number").values_list("action", "user_id"))
    for action, who in (
        ("wagtail.create", trail.alice),
        ("wagtail.workflow.start", trail.alice),
        ("wagtail.workflow.approve", trail.rita),
        ("event.published", trail.rita),
    ):
        assert (action, who.pk) in actions, action
    assert set(about.values_list("department", flat=True)) == {trail.departments["a"].pk}
    assert verified()[0] == 0


def test_who_may_do_what_is_told_in_full(trail):
    """Appointments, groups, flags, passwords, grants in bulk: by whom, before and after."""
    admin, alice = trail.client(trail.admin), trail.alice
    url = f"/admin/users/edit/{alice.pk}/"
    form = {"username": "alice", "first_name": "丽", "last_name": "安", "email": alice.email,
            "is_active": "on", "password1": "ein-neues-Passwort-7", "password2":
            "ein-neues-Passwort-7", "is_superuser": "on"}  # fmt: skip
    assert admin.post(url, form).status_code == 302
    admin.post(
        f"/admin/bulk/organisation/user/set_active_state/?id={trail.bob.pk}",
        {"mark_as_active": "False"},
    )
    sequencer.sequence_audit()
    mine = AuditEntry.objects.filter(object_type="organisation.user", user_id=trail.admin.pk)
    told = {entry.action: entry for entry in mine.order_by("number")}
    alices = mine.filter(object_id=alice.pk)
    changes = [e.facts["changed"] for e in alices.filter(action="person.changed")]
    assert [False, True] in [change.get("is_superuser") for change in changes]
    assert "person.password_set" in told
    assert "ein-neues-Passwort-7" not in "".join(AuditEntry.objects.values_list("data", flat=True))
    groups = alices.get(action="person.groups").facts
    assert groups["removed"] == ["信息员·群众体育处"]
    bobs = mine.get(object_id=trail.bob.pk, action="person.changed")
    assert bobs.facts["changed"] == {"is_active": [True, False]}
    assert bobs.department == trail.departments["b"]


def test_grants_inserted_in_bulk_and_taken_back_are_told(trail):
    row = GroupPagePermission.objects.select_related("group").first()
    group = row.group
    before = [["page", row.page_id, row.permission_id]]
    row.delete()
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group=group, page_id=row.page_id, permission_id=row.permission_id)]
    )
    sequencer.sequence_audit()
    newest = AuditEntry.objects.filter(object_type="auth.group").order_by("-number")[:2]
    assert [(e.action, e.facts["grants"]) for e in newest] == [
        ("group.granted", before),
        ("group.withdrawn", before),
    ]


def test_sign_ins_keep_no_password_and_no_unknown_name(trail, client):
    trail.alice.set_password("alices-Passwort-1")
    trail.alice.save()
    url = "/admin/login/"
    # A password typed where the name belongs is nobody's name.
    client.post(url, {"username": "alices-Passwort-1", "password": "x"}, REMOTE_ADDR="10.1.2.3")
    client.post(url, {"username": "alice", "password": "falsch-falsch"}, REMOTE_ADDR="10.1.2.3")
    client.post(url, {"username": "alice", "password": "alices-Passwort-1"})
    client.post("/admin/logout/")
    sequencer.sequence_audit()
    found = list(AuditEntry.objects.filter(kind="sign_in").order_by("-number")[:4])[::-1]
    unknown, known, success, out = found
    assert [entry.action for entry in found] == [
        "sign_in.failure", "sign_in.failure", "sign_in.success", "sign_in.out",
    ]  # fmt: skip
    assert unknown.label == "" and list(unknown.facts) == ["unknown_name_mac"]
    assert known.object_id == str(trail.alice.pk) and known.user_id is None
    assert success.user_id == out.user_id == trail.alice.pk
    assert success.department == trail.departments["a"]
    for entry in found:
        row = AuditEntry.objects.filter(pk=entry.pk).values_list()[0]
        assert "Passwort-1" not in str(row) and "falsch" not in str(row) and "10.1" not in str(row)
    assert AuditAddress.objects.get(pk=unknown.pk).address == "10.1.2.3"


def test_guessing_is_braked_and_told_once(trail, client, request):
    """Ten failures and one more; then even the right password waits, from that network."""
    trail.alice.set_password("alices-Passwort-1")
    trail.alice.save()
    request.addfinalizer(cache.clear)

    def sign_in(password, address):
        form = {"username": "alice", "password": password}
        return client.post("/admin/login/", form, REMOTE_ADDR=address)

    for _ in range(11):
        assert "过多" not in sign_in("falsch", "10.7.7.7").content.decode()
    for password in ("falsch", "alices-Passwort-1", "falsch"):
        assert "登录失败次数过多" in sign_in(password, "10.7.7.7").content.decode()
    assert sign_in("alices-Passwort-1", "10.8.8.8").status_code == 302
    sequencer.sequence_audit()
    told = AuditEntry.objects.filter(action="sign_in.throttled")
    assert [entry.object_id for entry in told] == [str(trail.alice.pk)]


def test_a_file_uploaded_and_deleted_is_told(trail):
    document = PortalDocument.objects.create(
        title="名单", file=ContentFile(b"a,b\n", name="list.csv"), uploaded_by_user=trail.alice
    )
    document.delete()
    sequencer.sequence_audit()
    actions = AuditEntry.objects.filter(object_type="page_types.portaldocument")
    assert list(actions.order_by("number").values_list("action", "label")) == [
        ("file.uploaded", "名单"),
        ("file.deleted", "名单"),
    ]


def test_log_entries_inserted_in_bulk_are_followed(trail):
    entry = PageLogEntry.objects.filter(page=trail.article.pk).first()
    entry.pk = None
    PageLogEntry.objects.bulk_create([entry])
    sequencer.sequence_audit()
    assert last().action == entry.action
    assert verified()[0] == 0


# ---- rolled back, failed, healed -----------------------------------------------------------------
def test_what_is_rolled_back_leaves_nothing(trail):
    before = AuditEntry.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        log(trail.alice, "wagtail.edit", user=trail.admin)
        raise RuntimeError
    assert not AuditOutbox.objects.exists()
    sequencer.sequence_audit()
    assert AuditEntry.objects.count() == before


def test_numbers_come_at_commit_and_a_failure_then_is_healed(
    trail, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    connection.run_on_commit.clear()  # what the fixture's own acts have asked for
    with django_capture_on_commit_callbacks(execute=True) as hooks:
        log(trail.alice, "wagtail.edit", user=trail.admin)
        log(trail.alice, "wagtail.edit", user=trail.admin)
    assert [hook.__name__ for hook in hooks].count("_number_now") == 1
    assert not AuditOutbox.objects.exists()
    number = last().number
    lines = [json.loads(r.message) for r in caplog.records if r.name == "portal.audit"]
    assert [(line["number"], line["user"], line["department"]) for line in lines] == [
        (number - 1, "管理（admin）", "群众体育处"),
        (number, "管理（admin）", "群众体育处"),
    ]

    def fail(*args):
        raise OSError("the database is away")

    with monkeypatch.context() as broken:
        broken.setattr(sequencer, "_number", fail)
        with django_capture_on_commit_callbacks(execute=True):
            log(trail.alice, "wagtail.edit", user=trail.admin)
    assert AuditOutbox.objects.count() == 1
    AuditOutbox.objects.update(noted_at=timezone.now() - timedelta(hours=1))
    code, said = verified()
    assert code == 1 and "久未编号" in said
    call_command("run_scheduler", stdout=io.StringIO())
    assert last().number == number + 1
    assert verified()[0] == 0


def test_what_is_older_than_the_trail_is_adopted_once(trail):
    behind(AuditEntry).delete()
    Counter.objects.filter(name="audit").delete()
    heads.path().unlink()
    code, said = verified()
    assert code == 1 and "尚未启用" in said
    sequencer.told()
    assert verified()[0] == 0
    about = AuditEntry.objects.filter(object_type="wagtailcore.page", object_id=trail.article.pk)
    assert about.filter(adopted=True, action="event.published").exists()
    begun = AuditEntry.objects.get(action="audit.begun")
    assert not begun.adopted and begun.facts["adopted"]["page_log"] > 3
    # Later nothing is adopted any more: a row beside the portal is a finding.
    PageLogEntry.objects.filter(pk=PageLogEntry.objects.first().pk).delete()
    assert sequencer.told() == ""
    assert "已不存在" in verified()[1]
