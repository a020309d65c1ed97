"""Files that tell of their makers, and hostile ones: all made by code.

`SECRET` is the author; after cleaning it may be found nowhere. `WORDS` are what the file says.
"""

import io
import struct

import pikepdf
from PIL import Image, PngImagePlugin

from structure.demo_files import pdf as page_of_lines

SECRET = "Zhang-San-the-author"
WORDS = "全民健身报名表"
_XMP = (
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
    f'syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>'
    f"<rdf:Seq><rdf:li>{SECRET}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF>"
    "</x:xmpmeta>"
).encode()


def exif(orientation=1):
    """Camera, author and place."""
    data = Image.Exif()
    data[0x013B] = data[0x010F] = SECRET
    data[0x0112] = orientation
    data.get_ifd(0x8825).update({1: "N", 2: (30.0, 40.0, 50.0), 3: "E", 4: (104.0, 4.0, 0.0)})
    return data.tobytes()


def picture(form, frames=1, orientation=1, size=(24, 12)):
    """A picture of stripes with everything that its format can tell."""
    images = []
    for number in range(frames):
        image = Image.new("RGB", size, "white")
        image.paste(("red", "blue", "green")[number % 3], (0, 0, size[0] // 2, size[1]))
        images.append(image)
    more = {"exif": exif(orientation), "xmp": _XMP}
    if frames > 1:
        more.update(save_all=True, append_images=images[1:], duration=40, loop=0)
    if form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", SECRET)
        info.add_itxt("XML:com.adobe.xmp", _XMP.decode())
        more["pnginfo"] = info
    elif form == "GIF":
        more.pop("exif")
        more["comment"] = SECRET.encode()
    elif form == "JPEG":
        more["comment"] = SECRET.encode()
    out = io.BytesIO()
    images[0].save(out, form, **more)
    content = out.getvalue()
    if form == "JPEG":  # IPTC, in Photoshop's segment
        iptc = b"Photoshop 3.0\0" + SECRET.encode()
        content = content[:20] + struct.pack(">BBH", 255, 0xED, len(iptc) + 2) + iptc + content[20:]
    return content


def pdf(**save):
    """One page of words, a photo, a remark, and its author in every corner."""
    with pikepdf.open(io.BytesIO(page_of_lines([WORDS, "第二行"]))) as made:
        made.docinfo["/Author"] = SECRET
        made.docinfo["/Company"] = SECRET
        made.Root.Metadata = made.make_stream(_XMP, Type=pikepdf.Name.Metadata)
        page = made.pages[0].obj
        thumb = made.make_stream(SECRET.encode())
        page.Thumb, page.PieceInfo = thumb, pikepdf.Dictionary(Word=SECRET)
        page.Annots = made.make_indirect(
            pikepdf.Array([
                made.make_indirect(pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9],
                    T=SECRET, Contents="旁注",
                ))
            ])
        )  # fmt: skip
        photo = made.make_stream(
            picture("JPEG"), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=24,
            Height=12, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        page.Resources.XObject = pikepdf.Dictionary(Photo=photo)
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app('{SECRET}')")
        out = io.BytesIO()
        made.save(out, **save)
    return out.getvalue()


def pdf_with(change):
    """A PDF of one page that `change(pdf)` was done to."""
    with pikepdf.open(io.BytesIO(page_of_lines([WORDS]))) as made:
        change(made)
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def film():
    """An MP4 of boxes, its place in `udta` before the pictures' data."""

    def box(kind, data):
        return struct.pack(">I4s", 8 + len(data), kind) + data

    place = box(b"udta", box(b"\xa9xyz", SECRET.encode()))
    return box(b"ftyp", b"isom\0\0\0\0") + box(b"moov", box(b"mvhd", b"\0" * 4) + place) + box(
        b"mdat", WORDS.encode()
    )  # fmt: skip


def webm():
    """A WebM of a header, tags and a cluster."""

    def element(key, data):
        return bytes.fromhex(key) + (0x0100000000000000 | len(data)).to_bytes(8, "big") + data

    return element("1A45DFA3", bytes.fromhex("428284") + b"webm") + element(
        "18538067",
        element("1549A966", element("7BA9", SECRET.encode())) + element("1254C367", SECRET.encode())
        + element("1F43B675", WORDS.encode()),
    )  # fmt: skip
