"""Pictures and documents: owned by departments through collections, held while they are shown."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from PIL import ImageOps
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

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


class PortalImage(HeldFile, AbstractImage):
    """A picture. Camera, place and author are taken out of the file when it is uploaded."""

    class Consent(models.TextChoices):
        NOBODY = "nobody", _("无可辨认的人物")
        GIVEN = "given", _("已征得人物同意")
        PUBLIC = "public", _("公开活动，无须同意")

    consent = models.CharField(
        _("人物肖像"), max_length=10, choices=Consent.choices, default=Consent.NOBODY
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

    def save(self, *args, **kwargs):
        if self.file and not self.file._committed:
            self._clean_metadata()
        super().save(*args, **kwargs)

    def _clean_metadata(self):
        """Write the picture anew without EXIF, turned as its EXIF said."""
        self.file.open("rb")
        with PillowImage.open(self.file) as picture:
            if not picture.getexif() or getattr(picture, "is_animated", False):
                self.file.seek(0)
                return
            name, form = self.file.name, picture.format
            clean = ImageOps.exif_transpose(picture)
            clean.info.pop("exif", None)
            out = BytesIO()
            clean.save(out, form, quality=92)
        self.file = ContentFile(out.getvalue(), name=name)
        self.file_hash = ""
        self.file_size = None


class PortalRendition(AbstractRendition):
    """A scaled picture: what visitors get."""

    image = models.ForeignKey(PortalImage, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
        verbose_name = _("缩放图片")

    def __str__(self):
        return f"{self.image_id} {self.filter_spec}"


class PortalDocument(HeldFile, AbstractDocument):
    """A file for download. Visitors get it only while a public page shows it."""

    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("文档")
        verbose_name_plural = _("文档")
        permissions = [("choose_document", "Can choose document")]

    def __str__(self):
        return self.title
