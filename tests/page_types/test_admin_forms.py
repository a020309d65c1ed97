"""Every type is written in the admin as an officer does: opened, saved, submitted, published."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from page_types.organisation.models import Post
from page_types.organisation.services import group_of
from page_types.publication import kinds
from page_types.publication.models import Column, Entry
from tests.houses import declared, small_house
from tests.page_types.samples import picture

BODY = [("paragraph", rich_text("<p>演示正文</p>"))]
EVERY_TYPE = (
    "article", "institution", "leader", "link", "listofpowers", "micropost", "notice",
    "picturestory", "policy", "republication", "service", "statistics", "topic",
)  # fmt: skip


def common(name, body=True):
    return {
        "title": f"表单{name}", "slug": "", "search_description": "", "summary": "摘要",
        "source": "", "keywords": "", **({"body": streamfield(BODY)} if body else {}),
        **declared(),
    }  # fmt: skip


def pictures():
    value = {"image": picture().pk, "alternative_text": "替代", "caption": "说明", "credit": "某人"}
    return streamfield([("picture", value)])


def series():
    row = {"label": "项", "value": "12.5", "note": ""}
    rows = {"count": "1", "0": {"deleted": "", "order": "0", "id": "", "value": row}}
    value = {"title": "数列", "unit": "个", "chart": "bar", "rows": rows}
    return streamfield([("series", value)])


def fields_of(name):
    """What the form of a type asks besides the common fields."""
    now = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    dates = dict.fromkeys(("signed_date", "validity_date", "effective_date", "expiry_date"), "")
    power = {
        "code": "1", "name": "事项", "category": "", "basis": "依据", "subject": "主体",
        "process_chart": "", "process_text": "", "supervision_phone": "", "note": "",
    }  # fmt: skip
    return {
        "article": {"interprets": inline_formset([])},
        "institution": {"rank": "1", "email": "a@example.org", "phone": "020-1"},
        "leader": {"post": "局长", "rank": "1", "portrait": "", "duties": rich_text("<p>分工</p>")},
        "link": {"url": "https://example.org/", "organisation": "某单位"},
        "listofpowers": {
            "list_kind": "powers", "effective_date": "", "change_note": "",
            "items": streamfield([("item", power)]),
        },
        "micropost": {"platform": "weibo", "text": "话。", "article": "", "post_url": "",
                      "posted_at": ""},
        "notice": {"deadline": "2030-01-01 17:00", "deadline_of": "registration"},
        "picturestory": {"pictures": pictures()},
        "policy": {
            "document_number": "粤体〔2016〕12号", "issuing_body": "局", "topic": "tiyu",
            "genre": "notice", "disclosure": "active", "validity": "valid", "successor": "",
            "article_20": "", "related_documents": inline_formset([]), **dates,
            "signed_date": "2016-03-18",
        },
        "republication": {
            "source": "中国政府网", "original_url": "https://www.gov.cn/a",
            "original_published_at": now,
        },
        "service": {
            "item_type": "public", "basis": rich_text("<p>依据</p>"),
            "conditions": rich_text("<p>条件</p>"), "materials": streamfield([]),
            "steps": streamfield([]),
        },
        "statistics": {"period": "2016年", "method": "", "next_release": "", "series": series()},
        "topic": {"cover": "", "cover_text": "", "starts": "2016-08-05", "ends": ""},
    }[name]  # fmt: skip


@pytest.fixture
def house(db):
    """The small house; officers of department A may choose from the common collection."""
    house = small_house()
    GroupCollectionPermission.objects.create(
        group=group_of(Post.OFFICER, house.departments["a"]),
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(
            codename="choose_image", content_type__app_label="page_types"
        ),
    )
    return house


def kind_for(label):
    """A kind of column that takes the type."""
    return next(kind.name for kind in kinds._kinds.all() if label in kind.page_types)


@pytest.mark.parametrize("name", EVERY_TYPE)
def test_a_type_is_opened_saved_submitted_and_published(house, client, name):
    label = f"page_types.{name}page"
    model = next(
        model for model in house.pages["news"].specific_class.allowed_subpage_models()
        if model._meta.label_lower == label
    )  # fmt: skip
    Column.objects.filter(key="quick").update(kind=kind_for(model._meta.label))
    parent = house.pages["quick"]
    url = reverse("wagtailadmin_pages:add", args=["page_types", f"{name}page", parent.pk])
    officer = house.client(house.alice)
    opened = officer.get(url)
    assert opened.status_code == 200
    for field in opened.context["form"].fields.values():
        assert re.search("[一-龥]", str(field.label)), field.label
    form = nested_form_data({**common(name), **fields_of(name)})
    saved = officer.post(url, form)
    assert saved.status_code == 302, saved.context["form"].errors
    page = model.objects.get(title=f"表单{name}")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert officer.get(edit).status_code == 200
    sent = officer.post(edit, {**form, "slug": page.slug, "action-submit": "1"}, follow=True)
    assert page.current_workflow_state, [str(message) for message in sent.context["messages"]]
    house.pass_on(page, house.rita)
    assert Entry.objects.get(pk=page.pk).type == model._meta.label_lower
    assert client.get(f"/quick/{page.slug}/").status_code == 200
