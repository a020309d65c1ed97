"""更正: offered and taken only where the difference is a few words; proved again at publication."""

import dataclasses

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from page_types.blocks import PARAGRAPH_FEATURES
from page_types.models import PolicyPage
from page_types.publication.authorities import Sealed
from page_types.publication.errors import PublicationRefused
from page_types.publication.models import Chain, Entry, Event, Text
from page_types.publication.publish import publish
from page_types.publication.texts import canonical, text_of
from page_types.review import services
from page_types.review.chains import workflow_for
from page_types.review.correction import services as correction
from page_types.review.correction import why_not_correction
from page_types.review.services import ReviewRefused
from tests.access import forms

OLD = "各单位要积极参于全民健身活动，不断提高服务水平。"
NEW = OLD.replace("参于", "参与")


@pytest.fixture
def page(house):
    """A public page of Alice's; the house has a chain of corrections."""
    correction.keep(workflow_for("correction", "更正", ["department_review", "centre_publish"]))
    body = [("heading", "活动"), ("paragraph", f"<p>{OLD}</p>")]
    return house.publish(house.draft(house.alice, "news", "健身", body=body), house.alice)


def words(house, page, new):
    """The draft's paragraph says something else now."""
    return house.edit(page, house.alice, body=[("heading", "活动"), ("paragraph", f"<p>{new}</p>")])


def save(client, page, new, submit):
    """The editor's form sent by one of its buttons; what the next page says."""
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    blocks = [
        ("heading", "活动"),
        ("paragraph", rich_text(f"<p>{new}</p>", features=PARAGRAPH_FEATURES)),
    ]
    data = forms.article(draft.title, slug=draft.slug, blocks=blocks)
    data |= {f"body-{n}-id": block.id for n, block in enumerate(draft.body)}
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(url, {**data, "action-submit": submit}, follow=True)
    return " ".join(map(str, answer.context["messages"]))


def test_the_short_chain_from_the_editor_to_the_public_history(house, page):
    client = house.client(house.alice)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "按更正送审" in client.get(edit).content.decode()
    # Too much: the draft is saved, the reasons are told, nothing is in review.
    said = save(client, page, NEW + "另有十二个单位参加。", "correction")
    assert "不能按更正送审" in said and "涉及数字" in said
    page = Page.objects.get(pk=page.pk).specific
    assert page.current_workflow_state is None
    assert "十二个" in str(page.get_latest_revision_as_object().body)
    assert "按更正送审" not in client.get(edit).content.decode()
    save(client, page, NEW, "correction")
    chain = Chain.objects.get(review_id=Page.objects.get(pk=page.pk).current_workflow_state.pk)
    assert chain.name == "correction"
    assert [step["step"] for step in chain.steps] == ["department_review", "centre_publish"]
    house.pass_on(page, house.rita, house.cai)
    assert NEW in Client().get(f"/news/{page.slug}/").content.decode()
    event = Entry.objects.get(pk=page.pk).event
    assert (event.what, event.get_what_display()) == ("revised", "更正")


def test_history_of_a_document_says_so(house, page):
    policy = PolicyPage(
        title="办法", document_number="粤体〔2026〕1号", issuing_body="某局",
        signed_date=timezone.localdate(), department=house.departments["b"], owner=house.bob,
        live=False,
        body=[("paragraph", f"<p>{OLD}</p>")],
    )  # fmt: skip
    house.pages["policy"].add_child(instance=policy)
    policy.save_revision(user=house.bob)
    house.declare(policy, house.bob)
    house.publish(policy, house.bob)
    draft = house.edit(policy, house.bob, body=[("paragraph", f"<p>{NEW}</p>")])
    services.submit(draft, house.bob, as_correction=True)
    house.pass_on(policy, house.beate, house.cai)
    log = Client().get(reverse("change_log", args=[policy.pk])).content.decode()
    assert "更正" in log and "首次发布" in log


def test_every_door_decides_again(house, page):
    """A workflow started by code, a resubmission, a text that is public by then, forged names."""
    short, big = correction.workflow(), NEW.replace("服务水平", "服务的质量和群众的获得感水平")
    with pytest.raises(ReviewRefused, match="不能按更正送审"):
        short.start(words(house, page, NEW + "经费由财政承担" * 5), house.alice)
    with pytest.raises(ReviewRefused, match="不是本栏目的审核链"):
        house.workflows["self_publish"].start(words(house, page, big), house.alice)
    services.submit(words(house, page, NEW), house.alice, as_correction=True)
    with pytest.raises(ReviewRefused, match="这一步不由您审核"):
        house.pass_on(page, house.cai)
    services.return_draft(house.state_of(page), house.rita, "再改")
    draft = words(house, page, NEW + "经费由财政承担" * 5)
    with pytest.raises(ReviewRefused, match="先撤回送审"):
        services.submit(draft, house.alice)
    with pytest.raises(ReviewRefused, match="还没有结束"):
        services.submit(draft, house.alice, as_correction=True)
    services.submit(words(house, page, NEW), house.alice)
    house.pass_on(page, house.rita)
    # Meanwhile something else has become public: the small difference is none any more.
    entry = Entry.objects.get(pk=page.pk)
    data = {**entry.text.__dict__}
    other = canonical({**text_of(page.get_latest_revision()).data, "title": "别的"})
    Text.objects.create(digest="f" * 64, type=data["type"], schema=data["schema"], content=other)
    Entry.objects.filter(pk=page.pk).update(text_id="f" * 64)
    with pytest.raises(ReviewRefused, match="已不是更正"):
        house.pass_on(page, house.cai)
    # The authority proves it by itself, whoever calls it.
    chain = Chain.objects.get(page_id=page.pk, name="correction")
    with pytest.raises(PublicationRefused):
        publish(text_of(house.state_of(page).revision), Sealed(chain))
    assert not Event.objects.filter(text__content__contains="参与").exists()


def test_not_offered_without_the_chain_or_before_publication(house, page):
    draft = house.draft(house.alice, "news", "新稿")
    assert not correction.offer(draft, house.alice)
    with pytest.raises(ReviewRefused, match="页面不在公开状态"):
        services.submit(draft, house.alice, as_correction=True)
    assert correction.offer(page, house.alice) and not correction.offer(page, house.rita)
    quick = house.publish(house.draft(house.alice, "quick", "快讯"), house.alice)
    assert not correction.offer(quick, house.alice)  # its own chain is the shorter one
    correction.keep(None)
    assert not correction.offer(page, house.alice)
    with pytest.raises(ReviewRefused, match="没有更正流程"):
        services.submit(words(house, page, NEW), house.alice, as_correction=True)


def text(body, **fields):
    """A PageText of an article with these fields."""
    from page_types.publication.texts import PageText

    blocks = [{"id": str(n), "type": kind, "value": value} for n, (kind, value) in enumerate(body)]
    content = canonical({"title": "题", "body": blocks, **fields})
    return PageText(1, "page_types.articlepage", 1, content, "", 1, 1)


ALLOWED = [
    ("认真落实各项按排，", "认真落实各项安排，"),
    ("积极参于全省群众体育活动", "积极参与全省群众体育活动"),
    ("进一步加强领导。", "进一步加强领导，"),
    ("设施设备设备完好", "设施设备完好"),
    ("为群众提供便利的的服务", "为群众提供便利的服务"),
]
REFUSED = [
    ("共有12人", "共有13人"),
    ("共有12人", "共有12名"),
    ("共有１２人", "共有１３人"),
    ("共有十二家", "共有十三家"),
    ("共有二十家", "共有三十家"),
    ("经费五万", "经费五亿"),
    ("增长百分之五", "增长百分之六"),
    ("今年三月举行", "今年五月举行"),
    ("今天举行", "明天举行"),
    ("周三上午", "周三下午"),
    ("依据粤体〔2016〕12号", "依据粤体规〔2016〕12号"),
    ("由群众体育处负责", "由竞技体育处负责"),
    ("由广东省体育居主办", "由广东省体育局主办"),
    ("由广洲市体育局主办", "由广州市体育局主办"),
    ("运动员苏炳添夺冠", "运动员苏炳天夺冠"),
    ("李军、王方出席", "李军、王芳出席"),
    ("王某局长", "王谋局长"),
    ("依据《全民健身条列》", "依据《全民健身条例》"),
    ("提出“健康中国”", "提出“建康中国”"),
    ("不得参加", "得参加"),
    ("可以参加", "必须参加"),
    ("参加CBA联赛", "参加CBL联赛"),
    ("安丽到会", "安莉到会"),
    ("由苏炳添领衔", "由苏柄添领衔"),
    ("依据《<b>全民健身条列</b>》", "依据《<b>全民健身条例</b>》"),
    ("共有<b>12</b>人", "共有<b>12</b>名"),
    ("共有 12 人", "共有 12 名"),
    ('提出"健康中国"', '提出"建康中国"'),
]


def test_what_is_small_and_what_is_not():
    """Numbers in any spelling, dates, document numbers, names, quotations, deciding words."""
    names = {"群众体育处", "安丽"}

    def why(*words):
        return why_not_correction(*(text([("paragraph", f"<p>{w}</p>")]) for w in words), names)

    assert {pair: found for pair in ALLOWED if (found := why(*pair))} == {}
    assert [pair for pair in REFUSED if not why(*pair)] == []
    assert [pair for pair in REFUSED if not why(*pair[::-1])] == []


def test_only_words_of_paragraphs_and_headings():
    def made(link="/a", words="附表", heading="总则", source="本局", more=()):
        body = [("paragraph", f'<p>见<a href="{link}">{words}</a></p>'), ("heading", heading)]
        return text([*body, *more], source=source)

    old = made()
    for new, said in (
        (dataclasses.replace(old, type="page_types.policypage"), "页面类型"),
        (made(more=[("heading", "附则")]), "内容块"),
        (made(link="/b"), "链接"),
        (made(words="<b>附表</b>"), "格式"),
        (made(source="他局"), "来源"),
        (made(heading="总则" + "甚好" * 11), "22 个字"),
    ):
        assert any(said in why for why in why_not_correction(old, new)), said
    assert why_not_correction(old, old) == []
    quotations = [[("quotation", {"text": words, "source": ""})] for words in ("原话", "原画")]
    assert "引用" in why_not_correction(*map(text, quotations))[0]
