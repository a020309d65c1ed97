"""Office files that tell of their makers, made by code; see `file_samples`."""

import io
import struct
import zipfile

import docx
import openpyxl
from docx.oxml import parse_xml
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty

from tests.page_types.file_samples import SECRET, WORDS, picture


def repacked(content, change):
    """A package whose parts, {name: bytes}, `change` has altered in place."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    return packed(parts)


def packed(parts, comment=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
        package.comment = comment
    return out.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(remarks=True):
    """A document with properties, a photo and, with `remarks`, a remark and a tracked change."""
    made = docx.Document()
    for name in ("author", "last_modified_by", "comments", "category"):
        setattr(made.core_properties, name, SECRET)
    paragraph = made.add_paragraph(WORDS)
    made.add_picture(io.BytesIO(picture("JPEG")))
    if remarks:
        made.add_comment(paragraph.runs[0], text="请核实", author=SECRET, initials=SECRET)
        paragraph._p.append(parse_xml(
            f'<w:ins {_W} w:id="9" w:author="{SECRET}" w:date="2026-01-01T00:00:00Z" '
            f'w:rsidR="00AB12CD"><w:r><w:t>补充</w:t></w:r></w:ins>'
        ))  # fmt: skip
    out = io.BytesIO()
    made.save(out)
    return repacked(out.getvalue(), _word_tells)


def _word_tells(parts):
    parts["docProps/app.xml"] = _app()
    parts["customXml/item1.xml"] = f"<a>{SECRET}</a>".encode()
    parts["word/people.xml"] = (
        f'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        f'<w15:person w15:author="{SECRET}"/></w15:people>'
    ).encode()
    parts["docProps/thumbnail.jpeg"] = picture("JPEG")
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(
        b"</w:settings>",
        b'<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids></w:settings>',
    )
    _relate(parts, "word/_rels/document.xml.rels", "customXml", "../customXml/item1.xml")
    _relate(parts, "word/_rels/document.xml.rels", "people", "people.xml")
    _relate(
        parts, "word/_rels/settings.xml.rels", "attachedTemplate",
        f"file:///C:/Users/{SECRET}/a.dotx", ' TargetMode="External"',
    )  # fmt: skip


def _app():
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-proper'
        f'ties"><Manager>{SECRET}</Manager><Company>{SECRET}</Company></Properties>'
    ).encode()


def _relate(parts, name, kind, target, more=""):
    relation = (
        f'<Relationship Id="rX{len(parts)}{kind}" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/{kind}" Target="{target}"{more}/></Relationships>'
    ).encode()
    empty = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b"</Relationships>"
    )
    parts[name] = parts.get(name, empty).replace(b"</Relationships>", relation)


def sheet():
    """A workbook with properties, a note at a cell, and a printer's settings."""
    made = openpyxl.Workbook()
    made.properties.creator = made.properties.lastModifiedBy = SECRET
    made.custom_doc_props.append(StringProperty(name="负责人", value=SECRET))
    table = made.active
    table["A1"], table["B1"], table["A2"] = WORDS, "电话", 13800138000
    table["A1"].comment = Comment("填写全称", SECRET)
    out = io.BytesIO()
    made.save(out)

    def tell(parts):
        parts["docProps/app.xml"] = _app()
        parts["xl/printerSettings/printerSettings1.bin"] = SECRET.encode("utf-16-le")
        _relate(parts, "xl/worksheets/_rels/sheet1.xml.rels", "printerSettings",
                "../printerSettings/printerSettings1.bin")  # fmt: skip
        relation = parts["xl/worksheets/_rels/sheet1.xml.rels"].split(b'Id="rX')[1].split(b'"')[0]
        setup = (
            b'<pageSetup xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relation'
            b'ships" orientation="portrait" r:id="rX' + relation + b'"/>'
        )
        name = "xl/worksheets/sheet1.xml"
        place = parts[name].index(b"<legacyDrawing")
        parts[name] = parts[name][:place] + setup + parts[name][place:]

    return repacked(out.getvalue(), tell)


def slides():
    """A presentation of the fewest parts that our readers look at."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    main = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    return packed({
        "[Content_Types].xml": f'<Types xmlns="{types}"><Override PartName="/ppt/presentation.xml" '
        f'ContentType="{main}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"/>',
        "docProps/app.xml": _app(),
        "ppt/presentation.xml": f"<p:presentation {p}/>",
        "ppt/slides/slide1.xml": f"<p:sld {p} {a}><a:p><a:r><a:t>{WORDS[:3]}</a:t></a:r><a:r>"
        f"<a:t>{WORDS[3:]}</a:t></a:r></a:p></p:sld>",
        "ppt/commentAuthors.xml": f'<p:cmAuthorLst {p}><p:cmAuthor id="0" name="{SECRET}" '
        f'initials="{SECRET}"/></p:cmAuthorLst>',
    })  # fmt: skip


def open_document(kind="text"):
    """An ODF document of the fewest parts, with a remark and a tracked change."""
    o = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = (
        f'xmlns:office="{o}office:1.0" xmlns:text="{o}text:1.0" xmlns:meta="{o}meta:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return packed({
        "mimetype": mimetype,
        "content.xml": f"<office:document-content {spaces}><text:changed-region><dc:creator>"
        f"{SECRET}</dc:creator></text:changed-region><text:p>{WORDS[:2]}<text:span>{WORDS[2:4]}</text:span>"
        f"{WORDS[4:]}<office:annotation><dc:creator>{SECRET}</dc:creator><text:p>注</text:p>"
        "</office:annotation></text:p></office:document-content>",
        "meta.xml": f"<office:document-meta {spaces}><office:meta><meta:initial-creator>{SECRET}"
        "</meta:initial-creator></office:meta></office:document-meta>",
        "Thumbnails/thumbnail.png": picture("PNG"),
        "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:'
        'manifest:1.0"><m:file-entry m:full-path="/" m:media-type="x"/><m:file-entry m:full-path='
        '"Thumbnails/thumbnail.png" m:media-type="x"/></m:manifest>',
    })  # fmt: skip


def ofd(author=SECRET, sealed=False):
    """An OFD of one page (GB/T 33190)."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    seal = "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>" if sealed else ""
    return packed({
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>"
        f"<ofd:Author>{author}</ofd:Author></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{seal}"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}/>",
        "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}><ofd:TextObject><ofd:TextCode>{WORDS}"
        "</ofd:TextCode></ofd:TextObject></ofd:Page>",
    })  # fmt: skip


def ole(streams):
    """A compound file ([MS-CFB]) of streams of 4096 bytes or more: {name: bytes}."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, [0xFFFFFFFD, 0xFFFFFFFE]
    data, entries = b"", []
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")
        content += b"\0" * (-len(content) % 512)
        entries.append((name, 2, len(fat), len(content)))
        count = len(content) // 512
        fat += [*range(len(fat) + 1, len(fat) + count), end]
        data += content
    directory = b""
    for number, (name, kind, start, size) in enumerate([("Root Entry", 5, end, 0), *entries]):
        right = number + 1 if 0 < number < len(entries) else free
        raw = name.encode("utf-16-le") + b"\0\0"
        directory += struct.pack(
            "<64sHBBIII16sIQQIQ", raw, len(raw), kind, 1, free, right, 1 if kind == 5 else free,
            b"", 0, 0, 0, start, size,
        )  # fmt: skip
    directory = directory.ljust(512, b"\0")
    fat += [free] * (128 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0
    )  # fmt: skip
    head += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    return head + struct.pack("<128I", *fat) + directory + data
