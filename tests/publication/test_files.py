"""Files are text: held while sealed or public, downloadable only while a public page shows them."""

import re
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from PIL import Image

from page_types.models import PortalImage
from page_types.publication.errors import PublicationRefused
from page_types.publication.models import ShownFile


def with_attachment(ledger, document, title="附件一"):
    return ledger.draft("news", body=[("attachments", [{"document": document, "title": title}])])


def test_a_document_is_downloadable_only_while_shown(ledger, client):
    document = ledger.document(content=b"%PDF-1.4 content")
    path = f"/documents/{document.pk}/"
    assert client.get(path).status_code == 404
    page = with_attachment(ledger, document)
    assert client.get(path).status_code == 404
    ledger.publish(page)
    answer = client.get(path)
    assert b"".join(answer) == b"%PDF-1.4 content"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "附件一" in client.get(f"/news/{page.slug}/").content.decode()
    ledger.revise(page, body=[])
    ledger.publish(page)
    assert client.get(path).status_code == 404


def test_a_link_to_a_document_in_a_paragraph_counts_as_showing_it(ledger, client):
    document = ledger.document()
    ledger.article(
        "news", body=[("paragraph", f'<p><a linktype="document" id="{document.pk}">下载</a></p>')]
    )
    assert ShownFile.objects.get().object_id == document.pk
    assert client.get(f"/documents/{document.pk}/").status_code == 200


def test_a_shown_or_sealed_file_cannot_be_replaced_or_deleted(ledger):
    document = ledger.document()
    page = with_attachment(ledger, document)
    document.title = "还可以改"
    document.save()
    ledger.sealed(page)
    for act in (document.delete, lambda: replace(document)):
        with pytest.raises(PublicationRefused, match="不能替换或删除"):
            act()
    ledger.publish(page)
    document = type(document).objects.get(pk=document.pk)
    for act in (document.delete, lambda: replace(document)):
        with pytest.raises(PublicationRefused):
            act()
    document = type(document).objects.get(pk=document.pk)
    assert document.file.storage.exists(document.file.name)


def replace(document):
    document.file = ContentFile(b"other", name="other.txt")
    document.save()


def test_an_unused_file_may_go(ledger):
    document = ledger.document()
    replace(document)
    document.delete()
    assert not type(document).objects.exists()


def test_staff_without_a_right_to_the_collection_get_nothing(ledger, client):
    document = ledger.document()
    ledger.editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(ledger.editor)
    assert client.get(f"/documents/{document.pk}/").status_code == 404


def photo(exif):
    out = BytesIO()
    picture = Image.new("RGB", (40, 20), "white")
    data = picture.getexif()
    for tag, value in exif.items():
        data[tag] = value
    picture.save(out, "JPEG", exif=data)
    return ContentFile(out.getvalue(), name="photo.jpg")


def test_a_photo_loses_camera_place_and_author_and_keeps_its_sense(ledger):
    image = PortalImage.objects.create(
        title="照片", file=photo({0x010F: "Camera", 0x013B: "Author", 0x0112: 6})
    )
    with Image.open(image.file.path) as stored:
        assert not stored.getexif()
        assert stored.size == (20, 40), "turned as its EXIF said"
    assert (image.width, image.height) == (20, 40)


def test_a_picture_is_shown_scaled_with_its_alternative_text(ledger, client):
    image = PortalImage.objects.create(title="内部文件名", file=photo({}))
    page = ledger.article(
        "news",
        body=[("figure", {"image": image, "alternative_text": "白色操场", "caption": "图注"})],
    )
    text = client.get(f"/news/{page.slug}/").content.decode()
    assert 'alt="白色操场"' in text and "图注" in text and "内部文件名" not in text
    source = re.search(r'<img[^>]*src="(/media/[^"]+)"', text)[1]
    assert client.get(source).status_code == 200
