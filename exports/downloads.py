"""`answer()`: a data set as the file of an answer, for admin lists and for public ones."""

import hashlib
import tempfile
from dataclasses import replace

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response, patch_cache_control

from exports import background
from exports.counting import count_download
from exports.formats import FORMATS, LIMIT, TooManyRows
from exports.writing import table_of
from page_types.review.audit.downloads import note_download
from page_types.review.audit.outbox import name_of

#: Formats that say when they were made: two files of the same data are not the same bytes.
DATED = ("xlsx", "ods")
#: Rows of xlsx that visitors get. 100,000 take ten seconds of a processor (measured): whoever asks
#: for them again and again would stop the site. csv and json cost a tenth.
XLSX_FOR_VISITORS = 20_000


def answer(request, dataset, wish, form):
    """The answer that carries the file; `form` is the name of a format.

    For visitors (`wish.for_visitors`) it is counted and has an ETag; somebody signed in who asks as
    they do is on record, too. Otherwise the user of the
    request gets what he may have (PermissionDenied where he may not), with an entry in the audit
    trail; more than LIMIT rows are made in the background and the answer leads to their page.
    TooManyRows where the format cannot hold them.
    """
    if wish.for_visitors:
        return _for_visitors(request, dataset, wish, form)
    if not dataset.may_be_had_by(request.user):
        raise PermissionDenied
    wish = replace(wish, user=request.user, by=name_of(request.user))
    expected = wish.counted(dataset)
    if expected > LIMIT:
        if not FORMATS[form].streams:
            raise TooManyRows(form)
        file = background.ask(request, dataset, wish, form, expected)
        return HttpResponseRedirect(file.get_absolute_url())
    file, count = _written(dataset, wish, form)
    # Before anything leaves the house: a download that is not on record does not happen.
    note_download(request, dataset.name, form, count, filters=told(wish))
    response = attachment(file, file_name(dataset, wish, form), form)
    patch_cache_control(response, private=True, no_store=True)
    return response


def visitors_may_have(form, rows):
    """Whether visitors get that many rows in the Format."""
    if not form.streams:
        return rows <= LIMIT
    return form.name != "xlsx" or rows <= XLSX_FOR_VISITORS


def _for_visitors(request, dataset, wish, form):
    if form == "xlsx" and wish.counted(dataset) > XLSX_FOR_VISITORS:
        raise TooManyRows(form, XLSX_FOR_VISITORS, "csv、tsv、json")
    file, count = _written(dataset, wish, form)
    response = attachment(file, file_name(dataset, wish, form), form)
    patch_cache_control(response, public=True, no_cache=True)
    response["Access-Control-Allow-Origin"] = "*"  # public data, for pages of others too
    if form not in DATED:
        response["ETag"] = f'"{hashlib.file_digest(file, "sha256").hexdigest()}"'
        file.seek(0)
        same = get_conditional_response(request, response["ETag"], response=response)
        if same is not response:
            file.close()
            return same
    if request.method == "GET":
        count_download(dataset.name, form)
        if is_signed_in(request):
            note_download(request, dataset.name, form, count, filters=told(wish))
    return response


def is_signed_in(request):
    """Whether a user asks. Visitors have no session, and none is looked for without its cookie."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def _written(dataset, wish, form):
    """(file, rows): whole on the disk before the first byte is sent, never half an answer."""
    file = tempfile.TemporaryFile()  # closed by the answer
    try:
        count = FORMATS[form].write(table_of(dataset, wish), file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file, count


def attachment(file, name, form):
    """A file to be saved, streamed; its Chinese name as RFC 6266 has it."""
    return FileResponse(
        file, as_attachment=True, filename=name, content_type=FORMATS[form].content_type
    )


def file_name(dataset, wish, form):
    """What the file is called: the data set, its period, the format."""
    period = "_".join(str(day) for day in (wish.start, wish.end) if day)
    name = "_".join(filter(None, (str(dataset.label).replace("/", "／"), period)))
    return f"{name}.{FORMATS[form].extension}"


def told(wish):
    """A wish as the audit trail keeps it."""
    return {"from": wish.start, "to": wish.end, **dict(wish.filters)}
