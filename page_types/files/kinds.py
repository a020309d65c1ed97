"""What a file is, told by its content; its name may only agree.

Which extensions may be uploaded at all is Wagtail's setting (`WAGTAILDOCS_EXTENSIONS`,
`WAGTAILIMAGES_EXTENSIONS`); this table says what the content behind each must be.
"""

import io
import re
from dataclasses import dataclass

import olefile
import puremagic
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.files.errors import FileRefused
from page_types.files.packages import unpack


@dataclass(frozen=True)
class Kind:
    """A kind of content, the extensions that may stand for it and its name for people."""

    key: str
    extensions: tuple
    label: str


_KINDS = [
    Kind("pdf", ("pdf",), "PDF"),
    Kind("ofd", ("ofd",), "OFD"),
    Kind("docx", ("docx",), gettext_lazy("Word 文档（docx）")),
    Kind("xlsx", ("xlsx",), gettext_lazy("Excel 表格（xlsx）")),
    Kind("pptx", ("pptx",), gettext_lazy("演示文稿（pptx）")),
    Kind("odt", ("odt",), gettext_lazy("开放文档（odt）")),
    Kind("ods", ("ods",), gettext_lazy("开放表格（ods）")),
    Kind("odp", ("odp",), gettext_lazy("开放演示（odp）")),
    Kind("zip", ("zip",), gettext_lazy("压缩包（zip）")),
    Kind("jpeg", ("jpg", "jpeg"), gettext_lazy("JPEG 图片")),
    Kind("png", ("png",), gettext_lazy("PNG 图片")),
    Kind("gif", ("gif",), gettext_lazy("GIF 图片")),
    Kind("webp", ("webp",), gettext_lazy("WebP 图片")),
    Kind("tiff", ("tif", "tiff"), gettext_lazy("TIFF 图片")),
    Kind("mp4", ("mp4",), gettext_lazy("MP4 视频")),
    Kind("webm", ("webm",), gettext_lazy("WebM 视频")),
    Kind("text", ("txt", "csv"), gettext_lazy("纯文本")),
    Kind("html", ("html", "htm"), gettext_lazy("网页")),
    Kind("xml", ("xml", "svg"), gettext_lazy("XML 或 SVG")),
    Kind("ole", ("doc", "xls", "ppt", "wps", "et", "dps"), gettext_lazy("旧格式办公文档")),
    Kind("encrypted", (), gettext_lazy("加了密码的办公文档")),
    Kind("macro", ("docm", "xlsm", "pptm"), gettext_lazy("带宏的办公文档")),
]
KINDS = {kind.key: kind for kind in _KINDS}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = [
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
]
#: what stands in `[Content_Types].xml` for the main part, transitional and strict alike
_MAIN_PARTS = [
    (b"macroEnabled.main+xml", "macro"),
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"presentationml.presentation.main+xml", "pptx"),
    (b"presentationml.slideshow.main+xml", "pptx"),
]
_ODF = b"application/vnd.oasis.opendocument."
_ODF_KINDS = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
_MARKUP = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype\s+)?(\w+)", re.S | re.I)
_HTML = {"html", "head", "body", "script", "iframe", "meta", "link", "style", "object", "embed"}
#: Bytes of control that no text file has: all below space but tab, line ends, form feed.
_NO_TEXT = re.compile("[\0-\x08\x0b\x0e-\x1f]")


def kind_of(content):
    """The Kind of these bytes. Raises FileRefused if it is none that we know."""
    for beginning, key in _BEGINNINGS:
        if content.startswith(beginning):
            return KINDS[key]
    if content.startswith(b"PK\3\4"):
        return KINDS[_kind_of_package(unpack(content, only=("[Content_Types].xml", "mimetype")))]
    if content.startswith(_OLE):
        return KINDS[_kind_of_ole(content)]
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return KINDS["webp"]
    if content[4:8] == b"ftyp":
        return KINDS["mp4"]
    if content.startswith(b"\x1aE\xdf\xa3") and b"webm" in content[:64]:
        return KINDS["webm"]
    text = decoded(content)
    if text is not None:
        return KINDS[_kind_of_text(text)]
    raise FileRefused(
        _("不接受这种内容（%(found)s）。请另存为 PDF、docx、xlsx 或常见图片格式后再上传。")
        % {"found": _guess(content)}
    )


def agree(name, content):
    """The Kind of an upload; raises FileRefused unless name and content agree."""
    if not content:
        raise FileRefused(_("文件是空的。请检查后重新上传。"))
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    kind = kind_of(content)
    if kind.key == "encrypted":
        raise FileRefused(_("文件设有密码，公众打不开。请取消密码后再上传。"), encrypted=True)
    if kind.key == "macro":
        raise FileRefused(_("文档带有宏（程序）。请另存为不带宏的 docx、xlsx 或 pptx 后再上传。"))
    if extension not in kind.extensions:
        raise FileRefused(
            _(
                "文件内容是“%(found)s”，文件名却以“.%(extension)s”结尾。请用原来的软件另存为正确的格式，再上传。"
            )
            % {"found": kind.label, "extension": extension}
        )
    return kind


def _kind_of_package(parts):
    if types := parts.get("[Content_Types].xml"):
        for mark, key in _MAIN_PARTS:
            if mark in types:
                return key
        raise FileRefused(_("不接受这种办公文档。请另存为 docx、xlsx 或 pptx 后再上传。"))
    mimetype = parts.get("mimetype", b"").strip()
    if mimetype.startswith(_ODF):
        key = _ODF_KINDS.get(mimetype.removeprefix(_ODF).decode("ascii", "replace"))
        if key is None:
            raise FileRefused(_("不接受这种开放文档。请另存为 odt、ods 或 odp 后再上传。"))
        return key
    return "ofd" if "OFD.xml" in parts else "zip"


def _kind_of_ole(content):
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            return "encrypted" if ole.exists("EncryptedPackage") else "ole"
    except Exception:  # noqa: BLE001  damaged in any way: still nothing else than this
        return "ole"


def decoded(content):
    """The text of bytes that are text (UTF-8, UTF-16 with its mark, GB18030); else None."""
    encodings = ["utf-8-sig", "gb18030"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        return None if _NO_TEXT.search(text) else text
    return None


def _kind_of_text(text):
    if text.startswith("{\\rtf"):
        raise FileRefused(_("不接受 RTF。请另存为 docx 或 PDF 后再上传。"))
    match = _MARKUP.match(text[:4096])
    if match is None:
        return "text"
    if match[2].lower() in _HTML:
        return "html"
    return "xml" if text.lstrip().startswith("<?xml") or match[2].lower() == "svg" else "text"


def _guess(content):
    """What foreign bytes may be, for the sentence: an extension such as `.exe`."""
    try:
        return puremagic.from_string(content[:65536]) or _("未知格式")
    except (puremagic.PureError, ValueError):
        return _("未知格式")
