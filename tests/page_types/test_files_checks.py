"""What a text may not leave with: attachments and pictures, asked at submission."""

from copy import deepcopy

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from page_types.models import PortalDocument, PortalImage
from page_types.publication.texts import text_of
from page_types.review import services
from page_types.review.checks.registry import check_of
from tests.houses import small_house
from tests.once import once
from tests.page_types import file_samples as samples
from tests.page_types import office_samples as offices

#: A valid number of nobody (the standard's own example).
RESIDENT_ID = "11010519491231002X"
house_of_the_module = once(small_house)


@pytest.fixture
def house(house_of_the_module, db):
    return deepcopy(house_of_the_module)


def document(name, content):
    return PortalDocument.objects.create(title=name, file=ContentFile(content, name=name))


def old(name, content):
    """A document as it was stored before uploads were looked at."""
    kept = default_storage.save(f"documents/{name}", ContentFile(content))
    return PortalDocument.objects.create(title=name, file=kept)


def with_files(house, *documents):
    value = [{"document": each, "title": each.title} for each in documents]
    return house.draft(house.alice, "quick", "带附件", body=[("attachments", value)])


def found(page, check):
    """(message, blocking) of what one check finds in the newest draft."""
    text = text_of(page.latest_revision)
    return [(each.message, each.blocking) for each in check_of(check).run(text, page)]


def test_personal_data_in_attachments_stops_the_text(house):
    words = f"领队：王某，身份证 {RESIDENT_ID}"
    page = with_files(
        house,
        document("名单.txt", words.encode("gb18030")),
        document("名单.pdf", samples.page_of_lines(["名单", words])),
        document("名单.zip", offices.packed({"内/名单.csv": words.encode()})),
    )
    said = [message for message, _blocking in found(page, "personal_id")]
    for name in ("名单.txt", "名单.pdf", "名单.zip"):
        assert any(name in each for each in said)
    assert not any(RESIDENT_ID in each for each in said)
    with pytest.raises(services.ReviewRefused, match="身份证"):
        services.submit(page, house.alice)


def test_traces_of_the_making_stop_the_text_notes_only_warn(house):
    page = with_files(
        house, document("稿.docx", offices.word()), document("表.xlsx", offices.sheet())
    )
    assert found(page, "file_traces") == [
        ("附件“稿.docx”带有修订痕迹", True),
        ("附件“稿.docx”带有批注", True),
        ("附件“表.xlsx”带有单元格批注", False),
    ]
    with pytest.raises(services.ReviewRefused, match="修订痕迹"):
        services.submit(page, house.alice)


def test_what_was_stored_before_the_door_is_looked_at_now(house, settings):
    locked = offices.ole({"EncryptedPackage": b"x"})
    page = with_files(
        house,
        old("假.pdf", offices.word()), old("锁.docx", locked), old("名.docx", offices.word()),
    )  # fmt: skip
    content = found(page, "file_content")
    assert len(content) == 2 and "内容是“Word" in content[0][0] and "取消密码" in content[1][0]
    assert found(page, "file_metadata") == [("附件“名.docx”没有清除过作者信息", True)]
    assert [message for message, _b in found(page, "file_unread")] == [
        "附件“锁.docx”设有密码，打不开"
    ]
    fresh = with_files(house, document("新.docx", offices.word(remarks=False)))
    assert not found(fresh, "file_content") and not found(fresh, "file_metadata")
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100
    assert "超过上限" in found(fresh, "file_content")[0][0]


def test_a_scan_is_told_to_be_looked_at(house):
    blank = samples.pdf_with(lambda pdf: pdf.pages[0].obj.__delitem__("/Contents"))
    page = with_files(house, document("扫描.pdf", blank))
    assert found(page, "file_unread")[0][0].endswith("可能是扫描件）")
    house.publish(page, house.alice)


def test_people_in_pictures_are_decided_knowingly(house):
    image = PortalImage.objects.create(
        title="领奖", file=SimpleUploadedFile("图.png", samples.picture("PNG"))
    )
    figure = {"image": image, "alternative_text": "领奖", "caption": ""}
    page = house.draft(house.alice, "quick", "图", body=[("figure", figure)])
    check = check_of("picture_consent")
    (problem,) = check.run(text_of(page.latest_revision), page)
    assert problem.blocking and "监护人" in problem.mend
    assert problem.anchor == f"block-{page.body.raw_data[0]['id']}-section"
    with pytest.raises(services.ReviewRefused, match="人物肖像"):
        services.submit(page, house.alice)
    url = reverse("wagtailimages:edit", args=[image.pk])
    fields = {"title": "领奖", "collection": Collection.get_first_root_node().pk}
    admin = house.client(house.admin)
    assert "有未成年人，已征得监护人" in admin.get(url).content.decode()
    assert admin.post(url, {**fields, "consent": "guardian"}).status_code == 302
    house.publish(page, house.alice)
    assert admin.post(url, {**fields, "consent": "given"}).status_code == 302, "still editable"
