"""Files as they come: their format by content and name, bombs and oversize refused."""

import re
import zipfile
import zlib

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: Bytes of an upload, and of what it unpacks to.
MAX_BYTES, MAX_UNPACKED = 20 * 1024 * 1024, 300 * 1024 * 1024
#: A real sheet packs about 1:10 to 1:60; a bomb 1:1000. Small parts may be as they like.
MAX_RATIO, SMALL = 300, 20 * 1024 * 1024
MAX_ENTRIES = 2000
#: Rows and columns of a sheet. The reader lays out the whole rectangle up to the last filled cell.
MAX_ROWS, MAX_COLUMNS = 99_999, 104
#: Cell addresses beyond: columns from DA on, rows of six digits and more.
_FAR = re.compile(rb"""\sr\s*=\s*["'](?:[A-Z]{3,}\d+|[D-Z][A-Z]\d+|[A-Z]+\d{6,})["']""")
#: In an ods, a filled row or cell that stands for thousands of the same.
_REPEATED_ROW = re.compile(
    rb"""number-rows-repeated\s*=\s*["']\d{4,}["'](?:(?!</table:table-row)[\s\S]){0,4000}?<text:p"""
)
_REPEATED_CELL = re.compile(
    rb"""<table:table-cell[^>]*columns-repeated\s*=\s*["']\d{4,}["'][^/>]*>(?:\s*)<text:p"""
)
_FROM_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true)["']""")
BROKEN = gettext_lazy("文件已损坏，请用表格软件打开后另存，再上传。")
FORMATS = ("xlsx", "xls", "ods", "csv", "json")
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"


class SheetRefused(ValueError):
    """A file that cannot be read as a sheet; the message says why and what to do."""


def format_of(file, filename):
    """One of `FORMATS`, by content where it shows, else by the name; refuses others."""
    file.seek(0, 2)
    size = file.tell()
    if size == 0:
        raise SheetRefused(_("文件是空的，请检查后重新上传。"))
    if size > MAX_BYTES:
        raise SheetRefused(
            _("文件超过 %(limit)d MB，请拆分后分次上传。") % {"limit": MAX_BYTES // 1024 // 1024}
        )
    file.seek(0)
    head = file.read(64)
    file.seek(0)
    ending = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    if head.startswith(_OLE):
        return "xls"
    if head.startswith(_ZIP):
        return _packed(file)
    if ending in ("csv", "txt"):
        return "csv"
    if ending == "json":
        return "json"
    if ending in FORMATS:
        raise SheetRefused(
            _("文件名以 .%(ending)s 结尾，内容却不是这种格式。请用表格软件另存后重新上传。")
            % {"ending": ending}
        )
    raise SheetRefused(_("只接受 xlsx、xls、ods、csv、json 文件，请另存为其中一种。"))


def later_days(file, kind):
    """Days that plain numbers lack in a workbook that counts from 1904 (Excel on old Macs)."""
    if kind != "xlsx":
        return 0
    file.seek(0)
    with zipfile.ZipFile(file) as archive, archive.open("xl/workbook.xml") as part:
        return 1462 if _FROM_1904.search(part.read(1 << 20)) else 0


def _packed(file):
    """The format of a zip file whose parts are looked at, none of them too large."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as broken:
        raise SheetRefused(BROKEN) from broken
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" in names:
        kind = "xlsx"
    elif "content.xml" in names:
        kind = "ods"
    else:
        raise SheetRefused(_("这不是表格文件。请上传 xlsx、xls、ods、csv 或 json。"))
    if len(entries) > MAX_ENTRIES:
        raise SheetRefused(_("文件内部结构异常，已拒绝。请用表格软件另存后重新上传。"))
    _look_inside(file, entries, kind)
    file.seek(0)
    return kind


def _look_inside(file, entries, kind):
    """Unpack every part into nothing, counting: what the file says of itself may be a lie."""
    unpacked = 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise SheetRefused(_("文件设有密码，请取消密码后重新上传。"))
        tail, size = b"", 0
        for piece in _inflated(file, entry):
            unpacked, size = unpacked + len(piece), size + len(piece)
            bomb = size > SMALL and size > MAX_RATIO * max(entry.compress_size, 1)
            if unpacked > MAX_UNPACKED or bomb:
                raise SheetRefused(_("文件解压后过大，已拒绝。请删除多余的工作表和空行后再上传。"))
            _near(tail + piece, kind, entry.filename)
            tail = piece[-4096 if kind == "ods" else -64 :]


def _inflated(file, entry):
    """The parts of an entry, unpacked in pieces of at most 1 MB."""
    file.seek(entry.header_offset)
    header = file.read(30)
    if len(header) < 30 or not header.startswith(_ZIP):
        raise SheetRefused(BROKEN)
    skipped = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    file.seek(entry.header_offset + 30 + skipped)
    left = entry.compress_size
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SheetRefused(_("文件的压缩方式无法识别，请用表格软件另存后重新上传。"))
    unpack = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    try:
        while left > 0 and (raw := file.read(min(left, 1 << 16))):
            left -= len(raw)
            if unpack is None:
                yield raw
                continue
            while raw:
                yield unpack.decompress(raw, 1 << 20)
                raw = unpack.unconsumed_tail
    except zlib.error as broken:
        raise SheetRefused(BROKEN) from broken


def _near(piece, kind, name):
    """Refuse filled cells far from the others: the reader would lay out all that lies between."""
    if kind == "xlsx" and name.startswith("xl/worksheets/") and _FAR.search(piece):
        raise SheetRefused(
            _("表格超过 %(rows)d 行或 %(columns)d 列，请删除表外的内容和格式，或拆分后上传。")
            % {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
        )
    if (
        kind == "ods"
        and name == "content.xml"
        and (_REPEATED_ROW.search(piece) or _REPEATED_CELL.search(piece))
    ):
        raise SheetRefused(_("表格中有成千上万个重复的单元格，请删除后重新上传。"))
