"""PDF without who wrote it: document information, XMP, thumbnails, names beside remarks, EXIF.

Pages, text, tags, bookmarks and forms stay. Earlier states of the file (incremental updates) and
whatever stands before or behind it go, since it is written anew. A file with an electronic seal
is never written anew, that would break the seal: it passes untouched if it names nobody.
"""

import io
import struct

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import Name

from page_types.files.errors import FileRefused
from page_types.files.pictures import strip_jpeg

#: Keys of any object that tell of its making (PDF 2.0, 14.3, 14.5, 12.3.4).
_TELLING = (Name.Metadata, Name.PieceInfo, Name.Thumb, Name.LastModified)
#: Document information that may stay in a sealed file: it names a program or a time, no person.
_IMPERSONAL = {"/Producer", "/CreationDate", "/ModDate", "/Trapped", "/Title", "/Creator"}
#: Annotations whose /T is the name of who made a remark (12.5.6.2); a field's /T is its own name.
_FIELD = Name.Widget
#: Annotations that speak to whoever works on the file, not to its readers.
_REMARKS = {Name.Text, Name.Caret, Name.StrikeOut}
#: Actions that run by themselves or reach out of the file (12.6.4).
_ACTING = {Name.JavaScript, Name.Launch, Name.SubmitForm, Name.ImportData}


def clean(content):
    """(bytes, findings) of a PDF. Raises FileRefused."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not len(pdf.pages):
                raise FileRefused(_("PDF 里没有页面。请重新导出后再上传。"))
            _refuse_what_it_carries(pdf)
            if _is_sealed(pdf):
                return _untouched(content, pdf), ["sealed"]
            remarks = _strip(pdf)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True, encryption=False, static_id=False)
            return out.getvalue(), ["comments"] if remarks else []
    except pikepdf.PasswordError as error:
        raise FileRefused(
            _("PDF 设有打开密码，公众打不开。请取消密码后再上传。"), encrypted=True
        ) from error
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise FileRefused(_("PDF 已损坏，无法清理。请用原软件重新导出 PDF 后再上传。")) from error


def _refuse_what_it_carries(pdf):
    names = pdf.Root.get(Name.Names, pikepdf.Dictionary())
    if Name.EmbeddedFiles in names and len(pdf.attachments):
        raise FileRefused(
            _("PDF 里夹带了别的文件（%(names)s）。请去掉，需要公开的另行上传。")
            % {"names": "、".join(list(pdf.attachments)[:3])}
        )
    if Name.Collection in pdf.Root:
        raise FileRefused(_("这是 PDF 文件包。请把其中的文件分别上传。"))


def _is_sealed(pdf):
    """Whether it bears a signature: `SigFlags`, permissions of one, or a filled signature field."""
    form = pdf.Root.get(Name.AcroForm)
    if Name.Perms in pdf.Root:
        return True
    if form is None:
        return False
    return bool(int(form.get(Name.SigFlags, 0)) & 1) and any(
        isinstance(thing, pikepdf.Dictionary) and thing.get(Name.FT) == Name.Sig and Name.V in thing
        for thing in pdf.objects
    )


def _untouched(content, pdf):
    info = pdf.trailer.get(Name.Info, pikepdf.Dictionary())
    names = {str(key) for key, value in info.items() if str(value).strip()}
    xmp = bytes(pdf.Root[Name.Metadata].read_bytes()) if Name.Metadata in pdf.Root else b""
    if names - _IMPERSONAL or b"dc:creator" in xmp or b"photoshop:Author" in xmp:
        raise FileRefused(
            _(
                "PDF 带有电子签章和作者信息，清除会使签章失效。"
                "请先清除作者信息再盖章，或上传未盖章的文件。"
            )
        )
    return content


def _strip(pdf):
    """Take out what tells; returns the number of remarks that readers of the file will see."""
    if Name.Info in pdf.trailer:
        del pdf.trailer[Name.Info]
    root, remarks = pdf.Root, 0
    names = root.get(Name.Names, pikepdf.Dictionary())
    if Name.JavaScript in names:
        del names[Name.JavaScript]
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            _strip_picture(thing)
        elif not isinstance(thing, pikepdf.Dictionary):
            continue
        for key in _TELLING:
            if key in thing:
                del thing[key]
        _strip_actions(thing)
    for page in pdf.pages:
        for mark in page.obj.get(Name.Annots, ()):
            if not isinstance(mark, pikepdf.Dictionary):
                continue
            if mark.get(Name.Subtype) == Name.FileAttachment:
                raise FileRefused(_("PDF 里夹带了别的文件。请去掉，需要公开的另行上传。"))
            _strip_actions(mark)
            if Name.T in mark and mark.get(Name.Subtype) != _FIELD:
                del mark[Name.T]
            remarks += mark.get(Name.Subtype) in _REMARKS
    return remarks


def _strip_actions(thing):
    if Name.AA in thing:
        del thing[Name.AA]
    for key in (Name.OpenAction, Name.A):
        action = thing.get(key)
        if isinstance(action, pikepdf.Dictionary) and action.get(Name.S) in _ACTING:
            del thing[key]


def _strip_picture(stream):
    """A photo inside keeps its EXIF: place and camera go, pixels stay."""
    if stream.get(Name.Filter) in (Name.DCTDecode, pikepdf.Array([Name.DCTDecode])):
        raw = stream.read_raw_bytes()
        try:
            stripped = strip_jpeg(raw)
        except (ValueError, IndexError, struct.error):
            return  # readers of PDF forgive more than we do
        if len(stripped) < len(raw):
            stream.write(stripped, filter=Name.DCTDecode)
