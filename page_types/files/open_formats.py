"""Open packages: ODF (odt, ods, odp; OASIS OpenDocument 1.3) and OFD (GB/T 33190-2016).

Both keep what tells of the writer in one part of its own. An OFD with an electronic seal passes
untouched if it names nobody: any change would break the seal.
"""

import re

from django.utils.translation import gettext as _

from page_types.files import pictures
from page_types.files.errors import FileRefused
from page_types.files.office import NOBODY
from page_types.files.packages import pack, unpack
from page_types.files.xml import local, parse, write

_MANIFEST = "META-INF/manifest.xml"
_META = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/>'
    b"</office:document-meta>"
)
_DROPPED = re.compile(r"Thumbnails/.*|layout-cache|Versions/.*|VersionList\.xml")
_MACRO = re.compile(r"(Basic/[^/]+/(?!script-l[bc]\.xml).+|Scripts/.+)")
#: elements with the name of a person: remarks and tracked changes
_PERSONS = {"creator", "creator-initials", "sender-initials"}
_PRINTER = {"PrinterName", "PrinterSetup", "PrintFaxName"}


def clean_odf(content):
    """(bytes, findings) of a document of ODF. Raises FileRefused."""
    parts = unpack(content)
    if b"encryption-data" in parts.get(_MANIFEST, b""):
        raise FileRefused(_("文件设有密码，公众打不开。请取消密码后再上传。"), encrypted=True)
    if any(_MACRO.fullmatch(name) for name in parts):
        raise FileRefused(_("文档带有宏（程序）。请去掉宏后再上传。"))
    if "META-INF/documentsignatures.xml" in parts:
        raise FileRefused(_("文档带有数字签名，清除作者信息会使签名失效。请上传未签名的文件。"))
    dropped, findings = {name for name in parts if _DROPPED.fullmatch(name)}, set()
    kept = {"mimetype": parts["mimetype"]}  # the first part, not compressed (ODF part 2, 3.3)
    for name, data in parts.items():
        if name in dropped:
            continue
        if name.rpartition("/")[2] == "meta.xml":
            data = _META
        elif name == _MANIFEST:
            data = _manifest(data, dropped)
        elif name.endswith(".xml"):
            data = _nameless(data, findings)
        elif name.startswith(("Pictures/", "media/")):
            data = pictures.clean_inside(data, name)
        kept[name] = data
    return pack(kept, stored=("mimetype",)), sorted(findings)


def _manifest(data, dropped):
    root = parse(data)
    for entry in list(root):
        paths = [value for key, value in entry.attrib.items() if local(key) == "full-path"]
        if any(path in dropped or path == "Thumbnails/" for path in paths):
            root.remove(entry)
    return write(root)


def _nameless(data, findings):
    root = parse(data)
    for element in root.iter():
        tag = local(element.tag)
        if tag == "annotation":
            findings.add("comments")
        elif tag == "changed-region":
            findings.add("changes")
        elif tag in _PERSONS and element.text:
            element.text = NOBODY if tag == "creator" else ""
        elif tag == "config-item" and any(value in _PRINTER for value in element.attrib.values()):
            element.text = ""
    return write(root)


def clean_ofd(content):
    """(bytes, findings) of an OFD. Raises FileRefused."""
    parts = unpack(content)
    root = parse(parts["OFD.xml"])
    sealed = any(local(element.tag) == "Signatures" and element.text for element in root.iter())
    named = False
    for info in root.iter("{*}DocInfo"):
        for element in list(info):
            if local(element.tag) == "DocID":
                continue
            named |= local(element.tag) in ("Author", "CustomDatas") and bool(
                "".join(element.itertext()).strip()
            )
            info.remove(element)
    if sealed and named:
        raise FileRefused(
            _(
                "OFD 带有电子签章和作者信息，清除会使签章失效。"
                "请先清除作者信息再盖章，或上传未盖章的文件。"
            )
        )
    if sealed:
        return content, ["sealed"]
    return pack({**parts, "OFD.xml": write(root)}), []
