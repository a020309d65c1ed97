"""Files are text: what a text shows cannot be replaced or deleted while it is sealed or public."""

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from page_types.publication.errors import PublicationRefused
from page_types.publication.models import Seal, SealedFile, ShownFile
from page_types.publication.models.entries import FileKind
from page_types.publication.texts import references_of


def kind_of(model):
    """The FileKind of a model, or None if it is no file."""
    if issubclass(model, get_document_model()):
        return FileKind.DOCUMENT
    if issubclass(model, get_image_model()):
        return FileKind.IMAGE
    return None


def files_of(text):
    """Unsaved ShownFile rows for every file that the text shows, as its bytes are now."""
    wanted = {}
    for model, pk, _role in references_of(text):
        if kind := kind_of(model):
            wanted.setdefault((kind, model), set()).add(pk)
    found = []
    for (kind, model), keys in wanted.items():
        for item in model._default_manager.filter(pk__in=keys).order_by("pk"):
            found.append(
                ShownFile(
                    kind=kind,
                    object_id=item.pk,
                    name=item.file.name,
                    title=item.title,
                    sha1=item.file_hash or _hash(item),
                    size=item.file_size or 0,
                )
            )
    return sorted(found, key=lambda file: (file.kind, file.object_id))


def _hash(item):
    from hashlib import sha1

    with item.file.open("rb") as file:
        return sha1(file.read(), usedforsecurity=False).hexdigest()


def is_held(kind, object_id):
    """Whether a public entry or a valid seal shows the file."""
    wanted = {"kind": kind, "object_id": object_id}
    return (
        ShownFile.objects.filter(**wanted).exists()
        or SealedFile.objects.filter(seal__state=Seal.State.VALID, **wanted).exists()
    )


def refuse_if_held(instance):
    """Raise PublicationRefused if the file of this image or document must stay as it is."""
    if instance.pk and is_held(kind_of(type(instance)), instance.pk):
        raise PublicationRefused(
            _(
                "“%(title)s”正在公开页面或已批准的稿件中使用，不能替换或删除。请另行上传新文件，再改稿引用。"
            )
            % {"title": instance.title}
        )
