"""Pictures and documents of the demonstration: made by the project, kept by the department."""

import csv
import io

from django.core.files.base import ContentFile
from wagtail.models import Collection

from page_types.models import PortalDocument, PortalImage
from page_types.organisation.models import Department
from structure import demo_pictures

#: Who drew them; stands beside every picture.
CREDIT = "演示图片，本项目绘制"


class Files:
    """Finds or makes the files that a department's texts show."""

    def __init__(self, user, code):
        self.user = user
        name = Department.objects.values_list("name", flat=True).get(code=code)
        self.collection = Collection.objects.filter(name=name, depth=2).first()
        self.code = code

    def picture(self, name):
        """The PortalImage of a name such as `track-2` (motif and variant)."""
        title = f"【演示】{demo_pictures.title(name)}（{name}）"
        known = PortalImage.objects.filter(title=title, collection=self.collection).first()
        if known is not None:
            return known
        content = demo_pictures.drawn(name)
        image = PortalImage(
            title=title,
            source=CREDIT,
            consent=PortalImage.Consent.NOBODY,
            collection=self.collection,
            uploaded_by_user=self.user,
            file=ContentFile(content, name=f"yanshi-{self.code}-{name}.jpg"),
            file_size=len(content),
        )
        image.save()
        return image

    def picture_value(self, data, credit=False):
        """The value of a picture block; alternative text and caption follow from the motif."""
        name = data["picture"]
        value = {
            "image": self.picture(name).pk,
            "alternative_text": data.get("alt") or demo_pictures.alternative_text(name),
            "caption": data.get("caption", ""),
        }
        return {**value, "credit": CREDIT} if credit else value

    def document(self, data):
        """The PortalDocument of `file` (its name), made of `rows` (CSV) or `lines` (PDF)."""
        name, title = data["file"], f"【演示】{data['title']}"
        known = PortalDocument.objects.filter(title=title, collection=self.collection).first()
        if known is not None:
            return known
        content = table(data["rows"]) if name.endswith(".csv") else pdf(data["lines"])
        document = PortalDocument(
            title=title,
            collection=self.collection,
            uploaded_by_user=self.user,
            file=ContentFile(content, name=name),
            file_size=len(content),  # core counts in its upload form only
        )
        document.save()
        return document


def table(rows):
    """A spreadsheet: CSV in UTF-8 with a mark, so that Excel and WPS read the Chinese."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return ("\ufeff" + out.getvalue()).encode()


def pdf(lines):
    """One page A4 with these lines; the first is the heading.

    The font is not embedded: PDF names STSong-Light among the fonts that readers for Chinese
    bring themselves (PDF 1.7, 9.7.5.2), so a form of a page weighs one kilobyte.
    """
    words = ["BT", "/F1 20 Tf", "56 770 Td", "34 TL"]
    for number, line in enumerate(lines):
        if number == 1:
            words += ["/F1 12 Tf", "26 TL"]
        words += [f"<{line.encode('utf-16-be').hex().upper()}> Tj", "T*"]
    stream = "\n".join([*words, "ET"]).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        b"/DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
        b"/FontDescriptor 7 0 R >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, start,
    )  # fmt: skip
    return bytes(out)
