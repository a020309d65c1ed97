"""Pictures and documents: uploaded, replaced, deleted. Wagtail logs only some of its screens."""

from django.db.models.signals import post_delete, post_save, pre_save

from page_types.media import PortalDocument, PortalImage
from page_types.review.audit import outbox
from page_types.review.audit.departments import department_of
from page_types.review.audit.models import Kind

_BEFORE = "_audit_file_before"


def connect():
    """Called once, by `audit.connect()`."""
    for model in (PortalImage, PortalDocument):
        pre_save.connect(_remember, sender=model, dispatch_uid="audit_file_before")
        post_save.connect(_saved, sender=model, dispatch_uid="audit_file_saved")
        post_delete.connect(_deleted, sender=model, dispatch_uid="audit_file_deleted")


def _remember(sender, instance, raw, **kwargs):
    before = None
    if instance.pk and not raw:
        before = sender.objects.filter(pk=instance.pk).values_list("file", flat=True).first()
    setattr(instance, _BEFORE, before)


def _saved(sender, instance, created, raw, **kwargs):
    before = getattr(instance, _BEFORE, None)
    if created and not raw:
        _note("file.uploaded", instance)
    elif before is not None and before != instance.file.name:
        _note("file.replaced", instance, before=before)


def _deleted(sender, instance, **kwargs):
    _note("file.deleted", instance)


def _note(action, instance, **more):
    outbox.note(
        action,
        kind=Kind.FILE,
        who=outbox.actor() or (instance.uploaded_by_user if action == "file.uploaded" else None),
        about=instance,
        department_id=department_of(instance),
        data={
            "file": instance.file.name,
            "size": instance.file_size,
            "hash": instance.file_hash,
            **more,
        },
    )
