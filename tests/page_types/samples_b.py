"""A full sample of each type with pictures, people, clocks and ways on (see `samples.py`).

Every field of the sample says something; `shows` and `lists` are what readers must find of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from page_types.models import (
    InstitutionPage,
    LeaderPage,
    LinkPage,
    MicropostPage,
    NoticePage,
    PictureStoryPage,
    RepublicationPage,
    TopicPage,
)
from tests.page_types.samples import column_for, path_to, picture


def paragraph(words):
    """A block of the body."""
    return ("paragraph", f"<p>{words}</p>")


def pictured(number):
    """The value of a picture block."""
    return {
        "image": picture(f"图{number}.png"),
        "alternative_text": f"替代文字{number}",
        "caption": f"图片说明{number}",
        "credit": f"摄影者{number}",
    }


def told_blocks(ledger, many=False):
    """Blocks of the body that tell: those with numbers have their own samples."""
    document = ledger.document("通知.pdf")
    figure = {"image": picture("单图.png"), "alternative_text": "单图替代", "caption": "单图说明"}
    video = {
        "video": ledger.document("片子.mp4", b"0123456789"),
        "title": "视频标题",
        "poster": picture("封面.png"),
        "transcript": "<p>视频里说的话</p>",
    }
    told = [
        ("heading", "小标题一"),
        paragraph("段落里的字"),
        ("figure", figure),
        ("attachments", [{"document": document, "title": "附件一"}]),
        ("quotation", {"text": "引用的话", "source": "引文出处"}),
        ("gallery", [pictured(1), pictured(2)]),
        ("video", video),
        ("callout", {"kind": "warning", "title": "提示标题", "text": "<p>提示内容</p>"}),
    ]
    return told * 3 if many else told


@dataclass(frozen=True)
class Sample:
    """A builder `(ledger, many) -> published page` that also says what of it must be seen."""

    model: type
    kind: str
    title: str
    fields: Callable
    shows: tuple
    lists: tuple

    def column(self, ledger):
        """The key of the column in which it stands."""
        key = f"of-{self.kind.replace('_', '-')}"
        return column_for(ledger, key, f"栏目{self.kind}", self.kind)

    def __call__(self, ledger, many=False, **fields):
        column = self.column(ledger)
        own = {**self.fields(ledger, many), **fields}
        return ledger.article(column, own.pop("title", self.title), model=self.model, **own)

    def listed(self, ledger, many=False):
        """The path of a list of one of them, or of several."""
        for _ in range(5 if many else 1):
            self(ledger)
        return f"/{self.column(ledger)}/"


def _topic(ledger, many):
    ledger.article("news", "专题里的一条")
    cards = [
        {"title": f"站内卡片{n}", "text": "站内说明", "page": ledger.article("notice", f"目标{n}"),
         "url": ""}
        for n in range(5 if many else 1)
    ]  # fmt: skip
    outside = {"title": "站外卡片", "text": "", "page": None, "url": "https://example.org/a"}
    newest = [
        ("newest", {"title": f"最新{column}", "column": column, "count": 3})
        for column in (("news", "notice", "policy") if many else ("news",))
    ]
    return {
        "summary": "专题摘要",
        "cover": picture("题图.png", (640, 240)),
        "cover_text": "题图替代",
        "starts": timezone.localdate() - timedelta(days=3),
        "ends": timezone.localdate() + timedelta(days=3),
        "body": [*newest, ("links", [*cards, outside]), *told_blocks(ledger, many)],
    }


SAMPLES = {
    "notice": Sample(
        NoticePage, "notice", "征求意见的公告",
        lambda ledger, many: {
            "body": [paragraph("请提意见"), *told_blocks(ledger, many)],
            "deadline_of": "consultation", "deadline": timezone.now() + timedelta(days=5),
            "summary": "公告摘要", "keywords": "甲,乙",
        },
        ("请提意见", "征求意见截止", "进行中，还剩 5 天", "小标题一", "单图说明", "附件一",
         "引文出处", "图片说明2", "视频里说的话", "注意", "提示内容"),
        ("进行中，还剩 5 天",),
    ),
    "picture_story": Sample(
        PictureStoryPage, "pictures", "一组图片",
        lambda ledger, many: {
            "pictures": [("picture", pictured(n)) for n in range(1, 10 if many else 4)],
            "summary": "图片摘要",
        },
        ("图片摘要", "1/3", "图片说明3", "摄影者2", 'alt="替代文字1"'),
        ("一组图片", "3 张图片", 'alt="替代文字1"'),
    ),
    "republication": Sample(
        RepublicationPage, "republication", "转载的要闻",
        lambda ledger, many: {
            "source": "中国政府网", "original_url": "https://www.gov.cn/yuanwen",
            "original_published_at": timezone.now() - timedelta(hours=5, minutes=10),
            "body": [paragraph("原文的话")] * (5 if many else 1),
        },
        ("中国政府网", "https://www.gov.cn/yuanwen", "原文发布后 6 小时内转载", "原文的话"),
        ("转载的要闻",),
    ),
    "micropost": Sample(
        MicropostPage, "new_media", "一条微博",
        lambda ledger, many: {
            "text": "微博说的话。", "article": ledger.article("news", "微博的原文").page_ptr,
            "post_url": "https://weibo.com/1/a", "posted_at": timezone.now() - timedelta(hours=2),
        },
        ("微博说的话。", "微博的原文", "https://weibo.com/1/a", "平台发布"),
        ("微博说的话。", "原文：微博的原文", "https://weibo.com/1/a"),
    ),
    "leader": Sample(
        LeaderPage, "leaders", "甄主任",
        lambda ledger, many: {
            "post": "局长", "rank": 1, "portrait": picture("甄.png"),
            "duties": "<p>主持全面工作。</p>", "body": [paragraph("生于某年")],
        },
        ("甄主任照片", "局长", "主持全面工作。", "生于某年"),
        ("甄主任照片", "局长", "主持全面工作。"),
    ),
    "institution": Sample(
        InstitutionPage, "institution", "群体处",
        lambda ledger, many: {
            "full_name": "群众体育处", "head": "贾处长", "address": "演示路一号",
            "postcode": "510000", "office_hours": "工作日 9 时至 17 时",
            "phone": "020-1234 5678、020-87654321", "fax": "020-11112222",
            "email": "mass@example.org", "rank": 2, "body": [paragraph("管群众体育")],
        },
        ("群众体育处", "贾处长", 'href="tel:02012345678"', 'href="tel:02087654321"',
         'href="mailto:mass@example.org"', "管群众体育"),
        ("群体处", "演示路一号", "020-1234 5678"),
    ),
    "topic": Sample(
        TopicPage, "topic", "一个专题", _topic,
        ("专题里的一条", "站内卡片0", "站外卡片", 'alt="题图替代"', "引文出处"),
        ("一个专题", 'alt="题图替代"'),
    ),
    "link": Sample(
        LinkPage, "link", "外部系统",
        lambda ledger, many: {
            "url": "https://system.example.org/", "organisation": "某单位", "summary": "可办某事",
        },
        ("某单位", "https://system.example.org/", "可办某事", "继续访问",
         "您访问的链接即将离开“广东省体育局”门户网站，是否继续？"),
        ("外部系统", "某单位", "可办某事", "system.example.org"),
    ),
}  # fmt: skip
LISTS = {f"list of {sample.kind}": sample.listed for sample in SAMPLES.values()}

__all__ = ["LISTS", "SAMPLES", "path_to"]
