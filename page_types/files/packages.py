"""ZIP packages (OOXML, ODF, OFD, plain archives), unpacked under limits and written anew.

Written anew means: no comment, no owner numbers, no clock, nothing before or behind the package.
"""

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from page_types.files.errors import FileRefused
from page_types.files.limits import RATIO_FROM, limit

_ENCRYPTED = 0x1  # general purpose flag, bit 0 (APPNOTE 4.4.4)
_UTF8 = 0x800
_CLOCK = (1980, 1, 1, 0, 0, 0)


def unpack(content, only=None):
    """{name: bytes} in the order of the package; with `only`, other parts are empty.

    Raises FileRefused. Sizes are believed only as far as they were read: a header may lie.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            _look_at(entries, len(content))
            return _read(package, entries, only)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise FileRefused(_("文件已损坏，打不开。请重新保存后再上传。")) from error
    except NotImplementedError as error:  # a way of packing that few programs know
        raise FileRefused(_("文件用了少见的压缩方式。请用办公软件另存后再上传。")) from error


def _look_at(entries, packed):
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise FileRefused(_("文件设有密码，公众打不开。请取消密码后再上传。"), encrypted=True)
    names = [name_of(entry) for entry in entries]
    if len(set(names)) != len(names) or any(_leads_out(name) for name in names):
        raise FileRefused(_("文件内部结构异常。请用办公软件另存后再上传。"))
    if len(entries) > limit("PORTAL_FILE_PARTS"):
        raise FileRefused(_("压缩包里的文件太多。请分成几个再上传。"))
    _not_too_big(sum(entry.file_size for entry in entries), packed)


def _not_too_big(size, packed):
    if size > limit("PORTAL_FILE_UNPACKED") or (
        size > RATIO_FROM and size > packed * limit("PORTAL_FILE_RATIO")
    ):
        raise FileRefused(_("文件解压后过大。请删减内容或分成几个文件再上传。"))


def _read(package, entries, only):
    parts = {}
    for entry in entries:
        name = name_of(entry)
        if only is not None and name not in only:
            parts[name] = b""
            continue
        with package.open(entry) as part:  # gives no more than the header says: it ends there
            parts[name] = part.read(entry.file_size + 1)
        if len(parts[name]) != entry.file_size:
            raise FileRefused(_("文件内部结构异常。请用办公软件另存后再上传。"))
    return parts


def name_of(entry):
    """The name of a part; many programs write UTF-8, or GBK in Chinese Windows, without a mark."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return entry.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return entry.filename


def _leads_out(name):
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def pack(parts, stored=()):
    """The bytes of a package of these parts; those named in `stored` are not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _CLOCK)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return out.getvalue()
