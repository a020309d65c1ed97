"""Pictures and documents: owned by departments through collections, held while they are shown."""

from django.conf import settings
from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to

from page_types.files.intake import FINDINGS, DocumentFileField, PictureFileField, TakenIn
from page_types.files.kinds import KINDS
from page_types.files.reading import PROBLEMS, Reading, read
from page_types.publication.files import refuse_if_held


class HeldFile(models.Model):
    """Refuses to replace or delete a file that a sealed or public text shows."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk and self._file_is_new():
            refuse_if_held(self)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        refuse_if_held(self)
        return super().delete(*args, **kwargs)

    def _file_is_new(self):
        stored = type(self)._default_manager.filter(pk=self.pk).values_list("file", flat=True)
        return stored.first() not in (None, self.file.name) or not self.file._committed


@receiver(pre_delete)
def held_files_stay(sender, instance, **kwargs):
    """Deletion in bulk (the admin's, a queryset's) does not call `delete()`."""
    if isinstance(instance, HeldFile):
        refuse_if_held(instance)


class PortalImage(HeldFile, TakenIn, AbstractImage):
    """A picture. Camera, place and author are taken out of the file when it is uploaded."""

    class Consent(models.TextChoices):
        UNDECIDED = "", _("未填写")
        NOBODY = "nobody", _("无可辨认的人物")
        GIVEN = "given", _("有可辨认的成年人，已征得本人同意")
        GUARDIAN = "guardian", _("有未成年人，已征得监护人（及画面中成年人）同意")
        PUBLIC = "public", _("公开活动的场面，没有未成年人的特写，无须同意")

    file = PictureFileField(
        verbose_name=_("文件"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    consent = models.CharField(
        _("人物肖像"),
        max_length=10,
        choices=Consent.choices,
        default=Consent.UNDECIDED,
        blank=True,
        help_text=_("图片用在稿件里送审之前必须填写。"),
    )
    source = models.CharField(_("图片来源"), max_length=100, blank=True)

    admin_form_fields = (
        "title", "file", "collection", "source", "consent", "focal_point_x", "focal_point_y",
        "focal_point_width", "focal_point_height",
    )  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("图片")
        verbose_name_plural = _("图片")
        permissions = [("choose_image", "Can choose image")]

    def __str__(self):
        return self.title

    @classmethod
    def most_bytes(cls):
        return settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE


class PortalRendition(AbstractRendition):
    """A scaled picture: what visitors get."""

    image = models.ForeignKey(PortalImage, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
        verbose_name = _("缩放图片")

    def __str__(self):
        return f"{self.image_id} {self.filter_spec}"


class DocumentManager(models.Manager.from_queryset(DocumentQuerySet)):
    """Lists and choosers leave the words of the files in the database: they may be long."""

    def get_queryset(self):
        return super().get_queryset().defer("extracted_text")


class PortalDocument(HeldFile, TakenIn, AbstractDocument):
    """A file for download. Visitors get it only while a public page shows it."""

    file = DocumentFileField(upload_to="documents", verbose_name=_("文件"))
    #: keys of `files.intake.FINDINGS`
    findings = models.JSONField(default=list, blank=True, editable=False)
    extracted_text = models.TextField(_("文件中的文字"), blank=True, editable=False)
    read_at = models.DateTimeField(_("读取时间"), null=True, blank=True, editable=False)
    read_problem = models.CharField(
        _("读取情况"), max_length=10, choices=list(PROBLEMS.items()), blank=True, editable=False
    )
    page_count = models.PositiveIntegerField(_("页数"), null=True, blank=True, editable=False)

    objects = DocumentManager()
    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("文档")
        verbose_name_plural = _("文档")
        permissions = [("choose_document", "Can choose document")]

    def __str__(self):
        return self.title

    def clean(self):
        """Core would say of a file refused before that its name, now empty, has no extension."""
        if self.file:
            super().clean()

    def note_clean(self, file):
        super().note_clean(file)
        self.findings = list(file.cleaned.findings)
        self.extracted_text, self.read_at, self.read_problem, self.page_count = "", None, "", None

    def note_reading(self, reading):
        """Keep what was read of the file (`files.reading.Reading`)."""
        self.extracted_text, self.read_problem = reading.text, reading.problem
        self.page_count, self.read_at = reading.pages, timezone.now()

    def told(self):
        """What is known of the file, as one line for whoever uploaded it."""
        parts = [KINDS[self.content_kind].label] if self.content_kind in KINDS else []
        parts += [_("已清除作者信息") if self.cleaned_at else _("上传较早，没有清除过作者信息")]
        if self.page_count:
            parts.append(_("%(count)s 页") % {"count": self.page_count})
        parts += [_("带有%(what)s") % {"what": FINDINGS[each]} for each in self.findings]
        if self.read_problem:
            parts.append(self.get_read_problem_display())
        return _("文件：%(parts)s") % {"parts": "；".join(str(part) for part in parts)}

    def words(self, again=False):
        """The text of the file, read now if it never was (or `again`)."""
        if again or self.read_at is None:
            try:
                with self.file.storage.open(self.file.name) as stored:
                    self.note_reading(read(stored.read()))
            except OSError:
                self.note_reading(Reading(problem="unreadable"))
            self.save(update_fields=["extracted_text", "read_at", "read_problem", "page_count"])
        return self.extracted_text

    @classmethod
    def most_bytes(cls):
        return settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
