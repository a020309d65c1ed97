"""The index follows the ledger: what is public is found, what is not any more is gone at once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from page_types.base import PortalPage
from page_types.models import PolicyPage
from page_types.publication import pins
from page_types.publication.authorities import ReOwn
from page_types.publication.measured import Blanking, EarlierText
from page_types.publication.models import Counter, Event
from page_types.publication.move import move
from page_types.publication.publish import publish, re_own
from page_types.publication.versions import text_of_event
from page_types.publication.withdraw import blank
from page_types.review import probes
from search import backends, indexing, page_source, rebuilding, sources
from search.analysis import fold, phrase_of
from search.backends.base import EngineDown, Phrase, Scope
from search.documents import SearchDocument
from search.making import document
from search.visibility import visible
from tests.page_types.office_samples import sheet, word
from tests.page_types.samples import all_samples
from tests.publication import test_withdraw
from tests.publication.test_move import to
from tests.publication.test_withdraw import measure, taken_down

#: The fixture: two of the office.
people = test_withdraw.people


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """What a commit sets off: `with commit(): …` and the index is told."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def found(words, audience="public", **scope):
    """Documents that stand in the index for these words and may be shown."""
    tokens, prefix = phrase_of(fold(words))
    scope = Scope(audience=audience, **scope)
    hits = backends.engine().find(Phrase(tuple(tokens), prefix), scope, 50)
    documents = SearchDocument.objects.filter(pk__in=[hit.pk for hit in hits]).order_by("pk")
    return [each.title for each in visible(documents, audience)]


def run(*arguments):
    out = StringIO()
    call_command("search_index", *arguments, stdout=out)
    return out.getvalue()


TABLE = {"data": [["项目", "场地"], ["游泳", "天河游泳馆"]], "table_caption": "场地一览"}
WORDS = [
    ("paragraph", "<p>全省<b>广场</b>舞大赛</p><p>举行</p>"),
    ("table", TABLE),
    ("callout", {"kind": "contact", "title": "咨询热线", "text": "<p>群体处</p>"}),
]


def test_what_a_page_says_is_found_once_it_is_public(ledger, commit):
    draft = ledger.draft("news", "健身日", body=WORDS, keywords="全民健身", source="南方日报")
    assert found("广场舞") == []
    with commit():
        ledger.publish(draft)
    for words in ("健身日", "广场舞", "天河游泳馆", "场地一览", "咨询热线", "全民健身", "南方日报"):
        assert found(words) == ["健身日"], words
    assert found("大赛举行") == []  # two paragraphs are two lines
    with commit():
        ledger.revise(draft, title="健身月", body=[("paragraph", "<p>龙舟</p>")])
        ledger.publish(draft)
    assert (found("广场舞"), found("健身日"), found("龙舟")) == ([], [], ["健身月"])
    ledger.revise(draft, title="只是草稿", body=[("paragraph", "<p>毽球</p>")])
    indexing.catch_up()
    assert (found("毽球"), found("草稿")) == ([], [])


def test_a_withdrawn_page_is_gone_before_the_index_knows(ledger, commit, people):
    with commit():
        page = ledger.article("news", "要撤下的一页", body=WORDS)
    stored = SearchDocument.objects.get(object_id=str(page.pk), source="page")
    taken_down(ledger, page, people)
    assert found("广场舞") == []  # not even the follower has been called
    assert backends.engine().tally(None, Scope(kinds=("article",))) == []
    SearchDocument.objects.update(
        hidden=False
    )  # as an engine that keeps no such mark would find it
    assert found("广场舞") == [] and visible([stored]) == []
    indexing.catch_up()
    assert not SearchDocument.objects.filter(page_id=page.pk).exists()
    assert run("--verify")


def test_a_revision_hides_the_words_that_were_public_at_once(ledger, commit):
    with commit():
        page = ledger.article("news", "第一稿", body=WORDS)
    ledger.revise(page, body=[("paragraph", "<p>别的</p>")])
    ledger.publish(page)
    assert found("广场舞") == []


def test_moved_re_owned_pinned(ledger, commit, people):
    with commit():
        page = ledger.article("news", "放错栏目")
    with commit():
        move(page.pk, *to(ledger, page, "notice", people[0]), who=people[0])
    notice = ledger.columns["notice"]
    kept = SearchDocument.objects.get(object_id=str(page.pk))
    assert found("放错栏目", columns=(notice.pk,)) == ["放错栏目"]
    assert visible([kept])[0].url == f"/notice/{page.slug}/"
    with commit():
        re_own(notice, ledger.office, ledger.mass, ReOwn())
    assert found("放错栏目", departments=(ledger.mass.pk,)) == ["放错栏目"]
    indexing.catch_up()  # the words of a whole column wait for the clock
    before = list(SearchDocument.objects.values())
    with commit():
        pins.pin(page.pk, who=people[0], until=timezone.localdate(), reason="重要")
    assert list(SearchDocument.objects.values()) == before
    assert run("--verify")


def test_an_earlier_text_and_words_that_were_removed(ledger, commit, people):
    with commit():
        page = ledger.article("news", "第一稿", body=WORDS)
    first = Event.objects.get(subject=f"page/{page.pk}")
    with commit():
        ledger.revise(page, title="张某某的身份", body=[("paragraph", "<p>住址</p>")])
        ledger.publish(page)
        taken_down(ledger, page, people, "personal_data", all_versions=False)
        made = measure(ledger, Blanking, page, ledger.editor, people[0])
        blank(page.pk, made, who=people[0])
    assert not SearchDocument.objects.filter(page_id=page.pk).exists()
    detail = {"event": first.pk}
    with commit():
        ledger.revise(page, title="第三稿", body=[])
        ledger.publish(page)
        made = measure(ledger, EarlierText, page, ledger.editor, people[0], detail=detail)
        publish(text_of_event(first), made, who=people[0])
    assert (found("广场舞"), found("第三稿"), found("张某某")) == (["第一稿"], [], [])


def test_files_are_found_by_their_words_as_long_as_a_public_page_shows_them(
    ledger,
    commit,
    people,
):
    notes, numbers = ledger.document("通知.docx", word()), ledger.document("表.xlsx", sheet())
    said = word_in(notes)
    unused = ledger.document("草稿.docx", word())
    unused.words()
    attached = [{"document": notes, "title": "通知全文"}, {"document": numbers, "title": ""}]
    with commit():
        page = ledger.article("news", "带附件的一页", body=[("attachments", attached)])
    assert found(said, formats=("docx",)) == ["通知全文"]
    assert found("表", formats=("xlsx",)) == ["表.xlsx"]
    shown = visible(SearchDocument.objects.filter(source="file"))
    assert {each.facts["page_url"] for each in shown} == {f"/news/{page.slug}/"}
    type(notes).objects.filter(pk=notes.pk).update(extracted_text="改过的字", file_hash="0" * 40)
    rebuilding.bring_documents_in_line(anew=True)
    assert found("改过的字") == [] and found(said, formats=("docx",)) == ["通知全文"]
    with commit():
        taken_down(ledger, page, people)
    assert found(said) == [] and not SearchDocument.objects.filter(source="file").exists()


def word_in(stored):
    """Some words of a file, whatever the sample says."""
    return max(stored.words().split(), key=len)[:8]


def test_every_type_of_page_is_a_kind_and_says_what_a_result_shows(ledger):
    types = {
        model._meta.label_lower for model in apps.get_models() if issubclass(model, PortalPage)
    }
    assert set(page_source.KINDS) == types - {PortalPage._meta.label_lower}
    builders = all_samples()
    for name in ("service", "leader"):
        builders[name](ledger, False)
    ledger.article(
        "policy", "演示文件", model=PolicyPage, document_number="粤体〔2016〕12号",
        validity="repealed",
    )  # fmt: skip
    indexing.catch_up()
    kept = SearchDocument.objects.filter(source="page")
    kinds = {each.kind: each for each in kept}
    assert set(kinds) <= set(sources.kind_labels())
    assert all(each.url and each.title and each.column_id for each in kept)
    assert kinds["service"].facts["steps"]
    policy = kinds["policy"]
    assert (policy.document_number, policy.validity) == ("粤体〔2016〕12号", "repealed")
    assert policy.index_number
    assert kinds["leader"].facts["post"] and kinds["column"].date is None
    assert run("--verify")


def test_a_document_whose_time_has_run_out_is_expired_without_anybody_saying_so(ledger, commit):
    today = timezone.localdate()
    with commit():
        ledger.article("policy", "限期办法", model=PolicyPage, expiry_date=today)
    indexing.catch_up()
    assert found("限期", validities=("valid",)) == ["限期办法"]
    of_it = SearchDocument.objects.filter(title="限期办法")
    facts = {**of_it.get().facts, "expiry_date": (today - timedelta(days=1)).isoformat()}
    of_it.update(facts=facts)  # the day passes
    assert indexing._run_out() == 1
    assert run("--verify")


def test_many_at_once_wait_for_the_end_and_a_long_arrears_for_the_clock(
    ledger, commit, monkeypatch
):
    with commit(), indexing.put_off():
        for number in range(2):
            ledger.article("news", f"批量第{number}条")
        assert found("批量") == []
    assert len(found("批量")) == 2
    monkeypatch.setattr(indexing, "BATCH", 2)
    for number in range(3):
        ledger.article("news", f"积压第{number}条")
    with commit():
        ledger.article("news", "积压最后一条")
    assert len(found("积压")) == 2  # nobody's request pays for what others left
    assert "indexed" in indexing.catch_up() and len(found("积压")) == 4
    assert indexing.catch_up() == ""


def test_what_a_publication_pays_is_bounded(ledger):
    ledger.article("news", "第一条")
    indexing.catch_up()
    for number in range(3):
        ledger.article("news", f"第{number}条")
        with CaptureQueriesContext(connection) as asked:
            indexing.after_commit()
        assert len(asked) <= 30, [query["sql"][:90] for query in asked]


class Down:
    """An engine that does not answer."""

    def __getattr__(self, name):
        def asked(*args, **kwargs):
            raise EngineDown("no route")

        return asked


def test_while_the_engine_is_down_the_ledger_goes_on_and_nothing_is_lost(
    ledger,
    commit,
    people,
    monkeypatch,
):
    with commit():
        old = ledger.article("news", "先前的一页")
    with monkeypatch.context() as patch:
        patch.setattr(indexing, "engine", Down)
        with commit():
            ledger.article("news", "停机时的一页")
            taken_down(ledger, old, people)
        indexing.catch_up()
        kept = SearchDocument.objects.get(page_id=old.pk)
        assert (kept.hidden, kept.title, kept.body) == (True, "", "")
    assert found("先前") == [] and found("停机") == []
    indexing.catch_up()
    assert (found("先前"), found("停机")) == ([], ["停机时的一页"])
    assert run("--verify")


class Letters(sources.Source):
    """As an extension brings it: letters, some for the staff only."""

    kept = {"1": ("公开来信", "public"), "2": ("内部来信", "staff")}

    def ids(self):
        return list(self.kept)

    def documents(self, ids):
        return [
            document("letter", pk, kind="letter", title=title, url=f"/l/{pk}/", audience=audience)
            for pk, (title, audience) in self.kept.items()
            if pk in ids
        ]

    def shown(self, documents):
        return [each for each in documents if each.object_id in self.kept]


def test_records_of_an_extension_come_change_and_go_with_it(ledger, commit, monkeypatch):
    sources.register(Letters("letter", "来信", {"letter": "来信"}))
    try:
        indexing.catch_up()
        assert found("来信") == ["公开来信"]
        assert found("来信", audience="staff") == ["公开来信", "内部来信"]
        monkeypatch.setattr(
            Letters, "kept", {"1": ("改过的来信", "public"), "3": ("刚到的", "public")}
        )
        with commit():
            indexing.changed("letter", [1, 2, 3])
            assert found("来信", audience="staff") == []
        assert found("来信", audience="staff") == ["改过的来信"] and found("刚到") == ["刚到的"]
        Letters.kept.pop("3")
        assert found("刚到") == []  # its source says no before the index is told
        indexing.changed("letter", [1, 3])  # whoever was to make them died
        indexing.catch_up()
        assert found("来信") == ["改过的来信"] and run("--verify")
    finally:
        sources._sources.remove("letter")
    assert found("来信") == []
    indexing.catch_up()
    assert not SearchDocument.objects.filter(source="letter").exists()


def test_rebuilding_resumes_swaps_and_takes_what_comes_meanwhile(ledger, commit, monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    for number in range(2):
        ledger.article("news", f"第{number}篇")
    assert Counter.objects.filter(pk=indexing.FOLLOWED).first() is None
    cut = rebuilding._write_batch

    def once_only(motor, running, wanted):
        cut(motor, running, wanted)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rebuilding, "_write_batch", once_only)
        with pytest.raises(KeyboardInterrupt):
            run("--rebuild")
    assert len(found("篇")) == 2  # the live one answers
    with commit():
        page = ledger.article("news", "其间的一篇")
    assert backends.engine().begin_rebuild().written == 2
    count = SearchDocument.objects.count()
    assert f"{count} documents" in run("--rebuild")
    assert len(found("篇")) == 3 and found("其间") == ["其间的一篇"]
    assert run("--verify") and run() and run("--rebuild", "--anew", "--restart")
    assert found("其间") == [page.title]


def test_verify_tells_every_difference_and_a_rebuild_mends_them(ledger, commit):
    pages = [ledger.article("news", f"第{number}篇") for number in range(4)]
    indexing.catch_up()
    of = {page.pk: SearchDocument.objects.get(page_id=page.pk) for page in pages}
    missing, altered, unknown, old = of.values()
    SearchDocument.objects.filter(pk=missing.pk).delete()
    SearchDocument.objects.filter(pk=altered.pk).update(title="改过", fingerprint="x")
    backends.engine().erase([unknown.pk])
    SearchDocument.objects.filter(pk=old.pk).update(analysis=0)
    with pytest.raises(CommandError, match=r"\d+ differences"):
        run("--verify")
    told = [drift.what for drift in rebuilding.verify()]
    for said in ("no document", "differs from", "missing", "extra", "waits"):
        assert any(said in line for line in told), said
    assert run("--rebuild", "--anew") and run("--verify")


def test_after_publication_the_machine_asks_whether_search_has_the_page(ledger):
    page = ledger.article("news", "要检索得到的一页")
    event = Event.objects.get(subject=f"page/{page.pk}")

    def said():
        return next(str(f.found) for f in probes.look(event) if str(f.label) == "检索")

    assert said() == ""
    kept = SearchDocument.objects.get(page_id=page.pk)
    backends.engine().erase([kept.pk])
    assert "按标题找不到" in said()
    SearchDocument.objects.filter(pk=kept.pk).delete()
    assert "没有收录" in said()
