"""The last door before the storage: whatever stores a file goes through here, forms or code."""

from hashlib import sha1

from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import FieldFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from page_types.files.cleaning import clean
from page_types.files.errors import FileRefused
from page_types.publication.files import refuse_if_held

#: What a cleaned file still shows that its author may have forgotten.
FINDINGS = {
    "comments": gettext_lazy("批注"),
    "changes": gettext_lazy("修订痕迹"),
    "notes": gettext_lazy("单元格批注"),
    "sealed": gettext_lazy("电子签章"),
}


class CleanFile(ContentFile):
    """Bytes that were cleaned; kept by the name of the upload."""

    def __init__(self, cleaned, name):
        super().__init__(cleaned.content, name=name)
        self.cleaned, self.noted = cleaned, False


def take_in(file, name, most=None):
    """The CleanFile of an upload of at most so many bytes. Raises FileRefused.

    What was taken in already is given back as it is.
    """
    held = getattr(file, "file", file)
    for each in (file, held):
        if isinstance(each, CleanFile):
            return each
    if most is not None and file.size > most:
        raise FileRefused(
            _("文件有 %(size)s，超过了上限 %(most)s。请压缩或分成几个文件再上传。")
            % {"size": filesizeformat(file.size), "most": filesizeformat(most)}
        )
    file.seek(0)
    content = file.read()
    file.seek(0)
    return CleanFile(clean(content, name), name)


class TakenIn(models.Model):
    """A row with a `file` that is cleaned before it is stored, and what is known of it."""

    content_kind = models.CharField(
        gettext_lazy("内容类型"), max_length=10, blank=True, editable=False
    )
    cleaned_at = models.DateTimeField(
        gettext_lazy("清除作者信息时间"), null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.file and not self.file._committed:
            self.take_in()
        super().save(*args, **kwargs)

    def take_in(self):
        """Clean the new file before the row is written, so that size and hash are of what stays."""
        if not isinstance(self.file.file, CleanFile):
            self.file = take_in(self.file.file, self.file.name, self.most_bytes())
        if not self.file.file.noted:
            self.note_clean(self.file.file)

    def note_clean(self, file):
        """Keep what was found out about a CleanFile that becomes this row's."""
        file.noted = True
        self.content_kind = file.cleaned.kind.key
        self.cleaned_at = timezone.now()
        self.file_size = file.size
        self.file_hash = sha1(file.cleaned.content, usedforsecurity=False).hexdigest()

    @classmethod
    def most_bytes(cls):
        """The largest upload, in bytes; None for no limit."""
        raise NotImplementedError  # abstract: each subclass says its own


class _Cleaning:
    """`row.file.save(name, content)` stores cleaned bytes, too: core's multiple upload uses it."""

    def save(self, name, content, save=True):
        if not isinstance(content, CleanFile):
            refuse_if_held(self.instance)
            content = take_in(content, name, self.instance.most_bytes())
            self.instance.note_clean(content)
        super().save(name, content, save)


class _DocumentFile(_Cleaning, FieldFile):
    pass


class _PictureFile(_Cleaning, WagtailImageFieldFile):
    pass


class _AsCore:
    """In migrations core's field: what differs is the way in, not what is stored."""

    core = ""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, self.core, args, kwargs


class DocumentFileField(_AsCore, models.FileField):
    attr_class = _DocumentFile
    core = "django.db.models.FileField"


class PictureFileField(_AsCore, WagtailImageField):
    attr_class = _PictureFile
    core = "wagtail.images.models.WagtailImageField"
