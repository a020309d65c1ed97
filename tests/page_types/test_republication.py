"""转载: source and clock, told honestly to visitors and in time to those who publish."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from page_types.models import RepublicationPage
from page_types.publication.models import Column
from page_types.review import services
from tests.houses import SECRECY, small_house
from tests.ledger import with_columns
from tests.once import anew
from tests.page_types.samples import column_for
from tests.page_types.samples_b import paragraph

ledger = anew(with_columns)  # some tests here need the other bureau in its place


def fields(hours, **more):
    return {
        "source": "中国政府网",
        "original_url": "https://www.gov.cn/a",
        "original_published_at": timezone.now() - timedelta(hours=hours),
        "body": [paragraph("原文")],
        **more,
    }


@pytest.mark.parametrize(
    ("hours", "said"), [(0.4, "后 1 小时内"), (23.9, "后 24 小时内"), (30, "")]
)
def test_visitors_read_source_original_and_both_times(ledger, client, hours, said):
    column_for(ledger, "voice", "政声传递", "republication")
    page = ledger.article("voice", "要闻", model=RepublicationPage, **fields(hours))
    html = client.get(f"/voice/{page.slug}/").content.decode()
    original = timezone.localtime(page.original_published_at)
    assert "中国政府网" in html and f"{original:%Y-%m-%d %H:%M}" in html
    assert '<a href="https://www.gov.cn/a" rel="external noopener">查看原文</a>' in html
    assert ("小时内转载" in html) == bool(said) and said in html


@pytest.fixture
def house(db):
    house = small_house()
    Column.objects.filter(key="news").update(kind="republication")
    return house


def make(house, title, hours, **more):
    page = RepublicationPage(
        title=title, department=house.departments["a"], owner=house.alice, live=False,
        **fields(hours, **more),
    )  # fmt: skip
    house.pages["news"].add_child(instance=page)
    page.save_revision(user=house.alice)
    return page


def test_the_clock_stands_on_the_home_of_those_who_answer_for_it(house):
    late, soon = make(house, "迟的", 26), make(house, "急的", 20)
    services.submit(soon, house.alice, secrecy=SECRECY)
    done = make(house, "已办的", 3)
    house.publish(done, house.alice)
    for user in (house.cai, house.alice):
        html = house.client(user).get("/admin/").content.decode()
        panel = html[html.index("republications-due") :].partition("</section>")[0]
        assert panel.index(late.title) < panel.index(soon.title)
        assert "已超过 3 小时" in panel  # begun hours
        assert "还剩 3 小时" in panel and "审核中" in panel
        assert done.title not in panel
    # 乙处 writes in no such column.
    assert "republications-due" not in house.client(house.bob).get("/admin/").content.decode()


def test_the_editor_shows_the_clock(house):
    page = make(house, "待转", 20)
    client = house.client(house.alice)
    assert "还剩 3 小时" in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    late = make(house, "迟转", 30)
    house.publish(late, house.alice)
    html = client.get(f"/admin/pages/{late.pk}/edit/").content.decode()
    assert "超过 24 小时时限 7 小时" in html  # begun hours: 31 of them


def test_without_source_it_stays_a_draft(house):
    page = make(house, "无来源", 1, source="")
    with pytest.raises(services.ReviewRefused, match="转载须注明来源"):
        services.submit(page, house.alice)
    page = make(house, "未来的", -2)
    with pytest.raises(ValidationError):
        page.check_text()
