"""XML inside uploaded files: parsed without network, entities or document types."""

from xml.parsers import expat

from django.utils.translation import gettext as _
from lxml import etree

from page_types.files.errors import FileRefused

_CHUNK = 65536
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def parse(content):
    """The root element. Raises FileRefused: office software writes no document type."""
    try:
        root = etree.fromstring(content, etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileRefused(_("文件已损坏，打不开。请重新保存后再上传。")) from error
    if root.getroottree().docinfo.doctype:
        raise FileRefused(_("文件内部结构异常。请用办公软件另存后再上传。"))
    return root


def without_doctype(content):
    """The very bytes of a part too large to parse. Raises FileRefused if it declares a type."""
    if b"<!DOCTYPE" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused(_("文件内部结构异常。请用办公软件另存后再上传。"))
    return content


def write(root):
    """The bytes of a document with this root."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def walk(content):
    """("start", name, attributes), ("text", "", words), ("end", name, None) in their order.

    Nothing is kept: a part may be far larger than memory. Stops quietly at a fault or at a document
    type, whose entities could grow without bound.
    """
    parser, events = expat.ParserCreate(namespace_separator="}"), []
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = lambda name, more: events.append(("start", local(name), more))
    parser.CharacterDataHandler = lambda words: events.append(("text", "", words))
    parser.EndElementHandler = lambda name: events.append(("end", local(name), None))
    for place in range(0, len(content), _CHUNK):
        try:
            parser.Parse(content[place : place + _CHUNK])
        except (expat.ExpatError, ValueError):
            return
        yield from events
        events.clear()


def _no_doctype(*declared):
    raise ValueError("document type")


def local(name):
    """A tag or attribute without its namespace: transitional and strict files differ in it."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""
