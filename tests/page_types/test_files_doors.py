"""Every screen that takes a file goes through the same door: by content, cleaned, or refused."""

import io
from copy import deepcopy
from hashlib import sha1

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from page_types.files.errors import FileRefused
from page_types.models import PortalDocument, PortalImage
from tests.houses import small_house
from tests.once import once
from tests.page_types import file_samples as samples
from tests.page_types import office_samples as offices
from tests.page_types.file_samples import SECRET, WORDS

house_of_the_module = once(small_house)


@pytest.fixture
def house(house_of_the_module, db):
    return deepcopy(house_of_the_module)


@pytest.fixture
def admin(house):
    return house.client(house.admin)


def _multiple(client, app, file):
    url = reverse(f"{app}:add_multiple")
    answer = client.post(url, {"files[]": file, "title": "标题", "collection": _root()})
    return answer.json().get("error_message", "")


def _single(client, app, file):
    answer = client.post(reverse(f"{app}:add"), _fields(file))
    return _told(answer, "form")


def _chooser(client, app, file):
    prefix = "image-chooser-upload-" if app == "wagtailimages" else "document-chooser-upload-"
    fields = {prefix + key: value for key, value in _fields(file).items()}
    answer = client.post(reverse(f"{app}_chooser:create"), fields)
    return "" if answer.json()["step"] != "reshow_creation_form" else answer.json()["htmlFragment"]


def _edit(client, app, file):
    model = PortalImage if app == "wagtailimages" else PortalDocument
    if model is PortalImage:
        old = SimpleUploadedFile("旧.png", samples.picture("PNG"))
    else:
        old = ContentFile("旧".encode(), name="旧.txt")
    row = model.objects.create(title="旧", file=old)
    answer = client.post(reverse(f"{app}:edit", args=[row.pk]), _fields(file))
    if answer.status_code == 302:
        model.objects.filter(pk=row.pk).update(title="标题")
    return _told(answer, "form")


def _fields(file):
    return {"title": "标题", "file": file, "collection": _root()}


def _root():
    return Collection.get_first_root_node().pk


def _told(answer, form):
    return "" if answer.status_code == 302 else str(answer.context[form].errors)


DOORS = [_multiple, _single, _chooser, _edit]


def stored():
    """Names of everything in the storage."""
    found = set()
    for folder in ("documents", "original_images"):
        if default_storage.exists(folder):
            found |= set(default_storage.listdir(folder)[1])
    return found


@pytest.mark.parametrize("door", DOORS)
def test_a_document_is_cleaned_and_read(admin, door):
    for name, content in (("表.docx", offices.word(remarks=False)), ("表.pdf", samples.pdf())):
        assert door(admin, "wagtaildocs", SimpleUploadedFile(name, content)) == ""
        document = PortalDocument.objects.get(title="标题")
        with document.file.open() as file:
            kept = file.read()
        assert SECRET.encode() not in kept and len(kept) == document.file_size
        assert WORDS in document.extracted_text and document.cleaned_at and document.read_at
        assert document.content_kind == name.rpartition(".")[2]
        shown = admin.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
        assert "已清除作者信息" in shown and ("1 页" in shown) == (name == "表.pdf")
        assert document.file_hash == sha1(kept, usedforsecurity=False).hexdigest()
        document.delete()


@pytest.mark.parametrize("door", DOORS)
def test_a_picture_is_cleaned_and_its_people_undecided(admin, door):
    file = SimpleUploadedFile("图.jpg", samples.picture("JPEG", orientation=6))
    assert door(admin, "wagtailimages", file) == ""
    image = PortalImage.objects.get(title="标题")
    assert image.consent == "" and image.content_kind == "jpeg" and image.cleaned_at
    with Image.open(io.BytesIO(image.file.read())) as kept:
        assert not kept.getexif() and kept.size == (image.width, image.height) == (12, 24)


@pytest.mark.parametrize("door", DOORS)
def test_what_is_refused_leaves_nothing(admin, door):
    hostile = [
        ("wagtaildocs", "表.pdf", offices.word(), "内容是“Word"),
        ("wagtaildocs", "表.doc", offices.ole({"WordDocument": b"x"}), "另存为"),
        ("wagtaildocs", "表.docx", offices.ole({"EncryptedPackage": b"x"}), "取消密码"),
        ("wagtaildocs", "表.zip", offices.packed({"a": b" " * 20_000_000}), "解压后过大"),
        ("wagtaildocs", "表.html", b"<html></html>", "不接受网页"),
        ("wagtailimages", "图.png", b"<svg onload='x()'/>", ""),
        ("wagtailimages", "图.svg", b"<svg onload='x()'/>", ""),
        ("wagtailimages", "图.png", samples.picture("PNG")[:90], ""),
        ("wagtailimages", "图.gif", b"GIF89a/*" + b"=1;alert(1)//", ""),
    ]
    for app, name, content, sentence in hostile:
        before = stored()
        said = door(admin, app, SimpleUploadedFile(name, content))
        assert said and sentence in said, (name, said)
        model = PortalImage if app == "wagtailimages" else PortalDocument
        assert not model.objects.filter(title="标题").exists()
        assert len(stored() - before) == (door is _edit), "the row that was to be edited"


def test_a_file_over_size_is_refused(admin, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    assert "100" in _multiple(admin, "wagtaildocs", SimpleUploadedFile("a.txt", b"a" * 101))
    assert "100" in _multiple(
        admin, "wagtailimages", SimpleUploadedFile("a.png", samples.picture("PNG"))
    )
    with pytest.raises(FileRefused, match="超过了上限"):
        PortalDocument.objects.create(title="x", file=ContentFile(b"a" * 101, name="a.txt"))


def test_an_upload_completed_in_a_second_step_is_cleaned(admin):
    """Core keeps an upload whose other fields are wrong, and stores it past the form."""
    file = SimpleUploadedFile("表.docx", offices.word(remarks=False))
    url = reverse("wagtaildocs:add_multiple")
    answer = admin.post(url, {"files[]": file, "title": "长" * 300, "collection": _root()})
    number = answer.json()["uploaded_file_id"]
    url = reverse("wagtaildocs:create_multiple_from_uploaded_document", args=[number])
    prefix = f"uploaded-document-{number}-"
    fields = {f"{prefix}title": "标题", f"{prefix}collection": _root()}
    assert admin.post(url, fields).json()["success"]
    document = PortalDocument.objects.get(title="标题")
    assert SECRET.encode() not in document.file.read() and document.cleaned_at
    assert WORDS in document.words()


def test_a_shown_file_is_neither_replaced_nor_lost(house, admin):
    document = PortalDocument.objects.create(title="附件", file=ContentFile(b"1", name="a.txt"))
    body = [("attachments", [{"document": document, "title": "附件"}])]
    house.publish(house.draft(house.alice, "quick", "带附件", body=body), house.alice)
    other = SimpleUploadedFile("b.txt", b"2")
    said = _told(
        admin.post(reverse("wagtaildocs:edit", args=[document.pk]), _fields(other)), "form"
    )
    assert "不能替换" in said
    assert b"".join(admin.get(f"/documents/{document.pk}/")) == b"1"


def test_older_files_are_cleaned_and_read_by_command(
    house, capsys, django_capture_on_commit_callbacks
):
    def old(name, content):
        kept = default_storage.save(f"documents/{name}", ContentFile(content))
        return PortalDocument.objects.create(title=name, file=kept)

    free, odd = old("表.docx", offices.word()), old("旧.doc", offices.ole({"WordDocument": b"x"}))
    before = free.file.name
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(CommandError, match="重新上传"):
            call_command("read_files")
    assert "旧.doc: 旧格式" in capsys.readouterr().out
    free.refresh_from_db()
    assert free.cleaned_at and SECRET.encode() not in free.file.read() and WORDS in free.words()
    assert not default_storage.exists(before) and free.findings == ["changes", "comments"]
    odd.refresh_from_db()
    assert odd.cleaned_at is None and odd.read_problem == "unreadable"
