"""One public page of every page type, for the tests that go over all of them.

SAMPLES maps a name to a builder `(ledger, many) -> published page`; a builder makes the column it
needs with `column_for`. With `many` the page shows much more of whatever can grow (blocks,
pictures, files, related pages), so that a test can compare the two. LISTS maps a name to a builder
`(ledger, many) -> path of a list`. The other page types stand in `samples_b.py`;
`all_samples()` and `everything()` give
those too.
"""

from datetime import date
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model

from page_types.models import (
    ListOfPowersPage,
    PolicyPage,
    ServicePage,
    StatisticsPage,
)
from page_types.publication.addresses import path_of_page

SAMPLES, LISTS = {}, {}


def sample(ledger, name, many=False):
    """The published page of that name, made now."""
    return SAMPLES[name](ledger, many)


def all_samples():
    """name -> builder of every page type, those of `samples_b` too."""
    from tests.page_types import samples_b

    return {**SAMPLES, **samples_b.SAMPLES}


def everything():
    """name -> `(ledger, many) -> path` of every page type and list."""
    from tests.page_types import samples_b

    pages = {
        name: lambda ledger, many=False, build=build: path_to(build(ledger, many))
        for name, build in all_samples().items()
    }
    return {**pages, **LISTS, **samples_b.LISTS}


def path_to(page):
    """Its public address."""
    return path_of_page(page)


def of(registry, name):
    """Decorator: the builder of that name."""

    def register(builder):
        registry[name] = builder
        return builder

    return register


def column_for(ledger, key, title, kind, parent="home", **more):
    """The key of a column of that kind, made if it is not there yet."""
    if key not in ledger.columns:
        ledger.column(key, title, parent=parent, kind=kind, **more)
    return key


def picture(name="图.png", size=(640, 480)):
    """A picture of one colour."""
    out = BytesIO()
    Image.new("RGB", size, "steelblue").save(out, "PNG")
    return get_image_model().objects.create(
        title=name, file=ContentFile(out.getvalue(), name=name), consent="nobody"
    )


def published(ledger, page):
    """Save what was added to a draft, publish it, read it again."""
    page.save_revision(user=ledger.editor)
    ledger.publish(page)
    return type(page).objects.get(pk=page.pk)


TABLE = {
    "data": [
        ["项目", "2015年", "2016年"],
        ["体育场地（个）", "12", "15"],
        ["活动（场）", "30", None],
    ],
    "table_caption": "演示表格",
    "table_header_choice": "both",
    "first_row_is_table_header": True,
    "first_col_is_header": True,
    "cell": [],
    "mergeCells": [],
}


def statistics(count, title="演示数列", chart="bar"):
    """The value of a statistics block."""
    return {
        "title": title,
        "unit": "个",
        "chart": chart,
        "rows": [
            {"label": f"第{number}项", "value": number * 1250, "note": ""}
            for number in range(1, count + 1)
        ],
    }


def body(ledger, many=False):
    """Every block that does not belong to somebody's own test, once or several times."""
    times = 4 if many else 1
    return [
        ("heading", "小标题"),
        ("paragraph", "<p>演示正文，含<b>粗体</b>。</p><h3>三级标题</h3><ul><li>一</li></ul>"),
        *[
            (
                "figure",
                {"image": picture(f"{n}.png"), "alternative_text": f"图{n}", "caption": "说明"},
            )
            for n in range(times)
        ],
        ("table", TABLE),
        ("quotation", {"text": "演示引文", "source": "演示出处"}),
        *[("statistics", statistics(5, f"数列{n}")) for n in range(times)],
        (
            "attachments",
            [
                {"document": ledger.document(f"{n}.pdf"), "title": f"附件{n}"}
                for n in range(times)
            ],
        ),
    ]  # fmt: skip


@of(SAMPLES, "article")
def article(ledger, many=False):
    page = ledger.draft("explained", "演示解读", summary="演示摘要", body=body(ledger, many))
    for number in range(4 if many else 1):
        page.interprets.create(page=ledger.article("notice", f"目标{number}"))
    return published(ledger, page)


POLICY = {
    "summary": "演示内容概述",
    "document_number": "粤体〔2016〕12号",
    "issuing_body": "广东省体育局",
    "signed_date": date(2016, 3, 7),
    "effective_date": date(2016, 4, 1),
    "expiry_date": date(2021, 3, 31),
    "article_20": "03",
    "keywords": "政务公开,体育",
}


@of(SAMPLES, "policy")
def policy(ledger, many=False):
    page = ledger.draft("policy", "演示文件", model=PolicyPage, body=body(ledger, many), **POLICY)
    for number in range(4 if many else 1):
        older = ledger.article("policy", f"旧文件{number}", model=PolicyPage)
        page.related_documents.create(page=older, role="repeals")
        page.related_documents.create(
            page=ledger.article("news", f"起草说明{number}"), role="drafting_note"
        )
    return published(ledger, page)


@of(SAMPLES, "policy out of force")
def policy_out_of_force(ledger, many=False):
    newer = ledger.article("policy", "取代它的文件", model=PolicyPage)
    return ledger.article(
        "policy", "失效的演示文件", model=PolicyPage, validity="repealed", successor=newer,
        validity_date=date(2020, 5, 1), body=body(ledger, many), **POLICY,
    )  # fmt: skip


def power(number, **more):
    """The value of an item of a list of powers."""
    return {
        "code": f"GD-TY-{number:03d}",
        "name": f"演示事项{number}",
        "category": "行政许可",
        "basis": "《演示条例》第一条",
        "subject": "广东省体育局",
        "process_chart": None,
        "process_text": "受理、审查、决定",
        "supervision_phone": "020-00000000",
        "note": "",
        **more,
    }


@of(SAMPLES, "powers")
def powers(ledger, many=False):
    column_for(ledger, "powers", "权责清单", "powers")
    count = 8 if many else 2
    charts = [picture(f"流程{n}.png") for n in range(count)]
    items = [("item", power(n, process_chart=charts[n])) for n in range(count)]
    page = ledger.article(
        "powers", "演示权力清单", model=ListOfPowersPage, items=items, change_note="首次公布"
    )
    for number in range(3 if many else 1):
        changed = [("item", power(n, note=f"第{number + 2}版", process_chart=charts[n]))
                   for n in range(count)]  # fmt: skip
        ledger.revise(page, items=changed, change_note=f"第{number + 2}版的调整")
        ledger.publish(page)
    return ListOfPowersPage.objects.get(pk=page.pk)


@of(SAMPLES, "statistics")
def statistics_page(ledger, many=False):
    column_for(ledger, "figures", "统计数据", "statistics")
    return ledger.article(
        "figures", "演示统计数据", model=StatisticsPage, period="2016年", method="演示口径",
        summary="演示摘要", next_release=date(2017, 6, 30),
        series=[
            ("series", statistics(12 if many else 4, f"数列{n}", "line" if n % 2 else "bar"))
            for n in range(6 if many else 2)
        ],
        body=[("paragraph", "<p>演示说明。</p>")],
    )  # fmt: skip


@of(SAMPLES, "service")
def service(ledger, many=False):
    column_for(ledger, "service", "办事服务", "service")
    count = 6 if many else 2
    return ledger.article(
        "service", "演示办事指南", model=ServicePage, item_type="licence", audience="法人",
        summary="演示摘要", basis="<p>《演示条例》第一条</p>", conditions="<p>演示条件</p>",
        materials=[
            ("material", {"name": f"材料{n}", "form": "original", "copies": 1, "note": "说明",
                          "blank": ledger.document(f"表{n}.pdf")})
            for n in range(count)
        ],
        steps=[("step", {"title": f"环节{n}", "text": "演示", "time": "1个工作日"})
               for n in range(count)],
        time_limit="20个工作日", promised_time="10个工作日", fee="不收费", result="许可证",
        place="演示地点", hours="工作日上午", phone="020-00000000", complaints_phone="020-00000001",
        online_url="https://online.example.org/apply",
        body=[("paragraph", "<p>演示说明。</p>")],
    )  # fmt: skip


@of(LISTS, "policies")
def policies(ledger, many=False):
    for number in range(15 if many else 2):
        ledger.article("policy", f"文件{number}", model=PolicyPage, **POLICY)
    return "/policy/"


@of(LISTS, "catalogue")
def catalogue(ledger, many=False):
    """The group of catalogue columns, with columns below it."""
    column_for(ledger, "open", "政府信息公开", "catalogue", group=True)
    column_for(ledger, "catalogue", "政府信息公开目录", "catalogue", parent="open", group=True)
    column_for(ledger, "files", "部门文件", "catalogue", parent="catalogue")
    for number in range(15 if many else 2):
        ledger.article("files", f"文件{number}", model=PolicyPage, **POLICY)
    return "/open/catalogue/"


@of(LISTS, "catalogue narrowed")
def catalogue_narrowed(ledger, many=False):
    return catalogue(ledger, many) + "by/genre/notice/year/2016/"


@of(LISTS, "column of the catalogue")
def catalogue_column(ledger, many=False):
    return catalogue(ledger, many) + "files/"


@of(LISTS, "services")
def services(ledger, many=False):
    for _ in range(5 if many else 1):
        service(ledger)
    return "/service/"


@of(LISTS, "statistics column")
def statistics_column(ledger, many=False):
    for _ in range(5 if many else 1):
        statistics_page(ledger)
    return "/figures/"


@of(LISTS, "version of a list of powers")
def version(ledger, many=False):
    return f"{path_to(powers(ledger, many))}versions/1/"


@of(LISTS, "comparison of lists of powers")
def comparison(ledger, many=False):
    return f"{path_to(powers(ledger, many))}compare/1/2/"
