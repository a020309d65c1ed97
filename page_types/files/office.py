"""Office packages (OOXML: docx, xlsx, pptx) without who wrote, changed or remarked on them.

Names go from properties, remarks, tracked changes and sharing; so do thumbnails, save marks (rsid),
printers' names, paths of the writer's computer, and the EXIF of pictures inside. The words stay.
Remarks and tracked changes are content: they stay too, nameless, and are told as findings.
"""

import io
import posixpath
import re

import olefile
from django.utils.translation import gettext as _

from page_types.files import pictures
from page_types.files.errors import FileRefused
from page_types.files.packages import pack, unpack
from page_types.files.xml import local, parse, without_doctype, write

NOBODY = "作者"

_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_REPLACED = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP}
#: Parts that only tell of the making; what points at them goes with them.
_DROPPED = re.compile(
    r"docProps/(thumbnail\..*|custom\.xml)|customXml/.*|word/people\.xml|.*/printerSettings/.*",
    re.I,
)
_MACRO = re.compile(r"(^|/)vbaProject\.bin$", re.I)
_PACKAGE = re.compile(r"/embeddings/.*\.(docx|xlsx|pptx)$", re.I)
_OBJECT = re.compile(r"/embeddings/.*\.bin$", re.I)
_LOCAL_PATH = re.compile(r"^(file:|[A-Za-z]:[\\/]|\\\\)")
#: Large and free of names: taken as bytes. What points at a printer's settings is cut out.
_SHEET = re.compile(r"xl/(worksheets/sheet\d+|sharedStrings)\.xml$")
_PRINTER = re.compile(rb'(<(?:\w+:)?pageSetup\b[^>]*?)\s\w+:id="[^"]*"')
#: attributes (by local name) that name whoever wrote -> what stands there afterwards
_NAMING = {"author": NOBODY, "initials": "", "userName": NOBODY, "refreshedBy": NOBODY}
#: roots of lists of people -> their attributes likewise
_PEOPLE = {
    "personList": {"displayName": NOBODY, "userId": "", "providerId": "None"},
    "cmAuthorLst": {"name": NOBODY, "initials": ""},
    "authorLst": {"name": NOBODY, "initials": "", "userId": "", "providerId": "None"},
    "users": {"name": NOBODY},
}
_UNWANTED = {"rsids", "rsid", "absPath", "attachedTemplate"}
_CHANGES = {"ins", "del", "moveFrom", "moveTo"}
#: roots of parts with remarks; at the cells of a table they are often meant for its readers
_REMARKS = {"comments", "cmLst", "ThreadedComments"}


def clean(content, depth=0):
    """(bytes, findings) of a package. Raises FileRefused."""
    parts = unpack(content)
    if any(_MACRO.search(name) for name in parts):
        raise FileRefused(_("文档带有宏（程序）。请另存为不带宏的格式后再上传。"))
    if any(name.startswith("_xmlsignatures/") for name in parts):
        raise FileRefused(_("文档带有数字签名，清除作者信息会使签名失效。请上传未签名的文件。"))
    dropped = {name for name in parts if _DROPPED.fullmatch(name)}
    findings = set()
    kept = {
        name: _part(name, data, dropped, findings, depth)
        for name, data in parts.items()
        if name not in dropped
    }
    return pack(kept), sorted(findings)


def _part(name, data, dropped, findings, depth):
    if name in _REPLACED:
        return _REPLACED[name]
    if name == "[Content_Types].xml":
        return _without(data, "PartName", lambda part: part.lstrip("/") in dropped)
    if name.endswith(".rels"):
        return _relations(name, data, dropped)
    if _SHEET.search(name):
        return _PRINTER.sub(rb"\1", without_doctype(data))
    if name.endswith(".xml"):
        return _nameless(name, data, findings)
    if "/media/" in name:
        return pictures.clean_inside(data, name)
    if _PACKAGE.search(name) and depth == 0:
        return clean(data, depth + 1)[0]
    return blank_properties(data) if _OBJECT.search(name) else data


def _without(data, attribute, unwanted):
    root = parse(data)
    for element in list(root):
        if unwanted(element.get(attribute) or ""):
            root.remove(element)
    return write(root)


def _relations(name, data, dropped):
    """Relations of a part: none to what was dropped, no path of the writer's computer."""
    base = posixpath.dirname(posixpath.dirname(name))
    root = parse(data)
    for relation in list(root):
        target = relation.get("Target") or ""
        whole = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
        kind = (relation.get("Type") or "").rpartition("/")[2]
        if kind == "attachedTemplate" or (
            relation.get("TargetMode") != "External" and whole in dropped
        ):
            root.remove(relation)
        elif _LOCAL_PATH.match(target):
            relation.set("Target", re.split(r"[\\/]", target)[-1])
    return write(root)


def _nameless(name, data, findings):
    root = parse(data)
    naming = {**_NAMING, **_PEOPLE.get(local(root.tag), {})}
    if local(root.tag) in _REMARKS and len(root):
        findings.add("notes" if name.startswith("xl/") else "comments")
    for element in list(root.iter()):
        tag = local(element.tag)
        if tag in _UNWANTED and element.getparent() is not None:
            element.getparent().remove(element)
            continue
        if tag == "author" and local(element.getparent().tag) == "authors":  # of notes at cells
            element.text = NOBODY
        if tag in _CHANGES and any(local(key) == "author" for key in element.attrib):
            findings.add("changes")
        for key in list(element.attrib):
            if local(key).startswith("rsid"):
                del element.attrib[key]
            elif local(key) in naming:
                element.set(key, naming[local(key)])
    return write(root)


def blank_properties(data):
    """An embedded OLE object whose property sets say nothing, everything else in its place."""
    if not olefile.isOleFile(data):
        return data
    file = io.BytesIO(data)
    try:
        with olefile.OleFileIO(file, write_mode=True) as ole:
            for stream in ole.listdir(streams=True, storages=False):
                if stream[-1].endswith("SummaryInformation"):
                    ole.write_stream(stream, _empty_set(ole.get_size(stream)))
    except Exception as error:  # olefile raises whatever it stumbles over
        raise FileRefused(_("文档里嵌入的对象无法清理。请把它改为图片或文字后再上传。")) from error
    return file.getvalue()


def _empty_set(size):
    """A property set ([MS-OLEPS] 2.21) of one section without properties, filled up with zeros."""
    head = b"\xfe\xff\0\0" + b"\0" * 20 + b"\1\0\0\0" + b"\0" * 16 + b"\x30\0\0\0"
    return (head + b"\x08\0\0\0\0\0\0\0").ljust(size, b"\0")[:size]
