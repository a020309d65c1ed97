"""Downloads: visitors get a document only while a public entry shows it, and as it was approved.

Videos are played in the page: they come inline and in ranges (RFC 9110, chapter 14), which Django's
FileResponse does not know; without ranges Safari plays nothing and nobody can skip.
"""

import re
from urllib.parse import quote

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy

from page_types.publication.models import Entry, Seal, SealedFile, ShownFile
from page_types.publication.models.entries import FileKind
from page_types.publication.snapshot import snapshot
from page_types.publication.tombstone import last_state, tombstone
from page_types.publication.views import public

#: Files that a page plays, by extension: everything else is downloaded.
PLAYED = {"mp4": "video/mp4", "webm": "video/webm"}
_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
_CHUNK = 64 * 1024


@public
def shown_document(request, document_id, document_filename=""):
    """The file of a document; people who work with it in the admin get it before it is public."""
    shown = ShownFile.objects.filter(kind=FileKind.DOCUMENT, object_id=document_id).first()
    name = shown.name if shown else _name_for_staff(request, document_id)
    if name is None:
        return _withdrawn(request, document_id)
    if not default_storage.exists(name):
        raise Http404
    media_type = PLAYED.get(name.rpartition(".")[2].lower())
    if media_type:
        response = _played(request, name, media_type, shown.sha1 if shown else "")
    else:
        response = FileResponse(
            default_storage.open(name), as_attachment=True, filename=name.rsplit("/", 1)[-1]
        )
    # An uploaded file must never act as a page of ours.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    if shown is None:
        response["Cache-Control"] = "private, no-store"
    return response


def _withdrawn(request, document_id):
    """410 and the way on where the page that last showed the file was withdrawn; else 404.

    What a page showed is known from the seals it was published by: they outlive the entry.
    """
    seals = SealedFile.objects.filter(
        kind=FileKind.DOCUMENT, object_id=document_id, seal__state=Seal.State.SPENT
    )
    page_id = seals.order_by("-seal_id").values_list("seal__chain__page_id", flat=True).first()
    if page_id is None or Entry.objects.filter(pk=page_id).exists():
        raise Http404
    site = request.site_snapshot = snapshot()
    return tombstone(request, site, site.by_id.get(last_state(page_id).column_id), page_id)


def _played(request, name, media_type, tag):
    """The whole file, the one range asked for (206), or 416 where the file has none of it."""
    size = default_storage.size(name)
    etag = f'"{tag}"' if tag else ""
    part = None
    if request.method == "GET" and request.headers.get("If-Range", etag) == etag:
        part = range_of(request.headers.get("Range", ""), size)
    if part == ():
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    elif part:
        first, last = part
        response = StreamingHttpResponse(_bytes(name, first, last), status=206)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = last - first + 1
    else:
        response = FileResponse(default_storage.open(name))
    response["Content-Type"] = media_type
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name.rsplit('/', 1)[-1])}"
    if etag:
        response["ETag"] = etag
    return response


def range_of(header, size):
    """(first, last) byte of a `Range` header; () if the file has no such bytes, None for all.

    A header of another unit, with several ranges or out of shape is as good as none (RFC 9110,
    14.2); so are numbers too long to be places in a file.
    """
    match = _ONE_RANGE.fullmatch(header.strip())
    if match is None or not (match[1] or match[2]) or len(match[0]) > 60:
        return None
    if not match[1]:  # the last so many bytes
        count = min(int(match[2]), size)
        return (size - count, size - 1) if count else ()
    first = int(match[1])
    last = min(int(match[2]), size - 1) if match[2] else size - 1
    if match[2] and int(match[2]) < first:
        return None
    return (first, last) if first < size else ()


def _bytes(name, first, last):
    with default_storage.open(name) as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk


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
