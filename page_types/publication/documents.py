"""Downloads: visitors get a document only while a public entry shows it, and as it was approved."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy

from page_types.publication.models import ShownFile
from page_types.publication.models.entries import FileKind
from page_types.publication.views import public


@public
def shown_document(request, document_id, document_filename=""):
    """The file of a document; people who work with it in the admin get it before it is public."""
    shown = ShownFile.objects.filter(kind=FileKind.DOCUMENT, object_id=document_id).first()
    name = shown.name if shown else _name_for_staff(request, document_id)
    if name is None or not default_storage.exists(name):
        raise Http404
    response = FileResponse(
        default_storage.open(name), as_attachment=True, filename=name.rsplit("/", 1)[-1]
    )
    # An uploaded file must never act as a page of ours.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    if shown is None:
        response["Cache-Control"] = "private, no-store"
    return response


def _name_for_staff(request, document_id):
    if not request.user.is_authenticated or not request.user.has_perm("wagtailadmin.access_admin"):
        return None
    allowed = permission_policy.instances_user_has_any_permission_for(
        request.user, ["choose", "change", "add"]
    )
    if request.user.is_superuser:
        allowed = get_document_model().objects.all()
    document = allowed.filter(pk=document_id).first()
    return document.file.name if document else None
