"""Pictures without camera, place and author.

What tells of them stands beside the pixels: segments (JPEG), chunks (PNG, WebP), extensions (GIF).
Taken out there, not a pixel changes and animations stay whole. What lies behind the end of the
picture (a film, a second file) goes too. Only a picture that must be turned, and TIFF, are written
anew from their pixels.
"""

import io
import struct
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from page_types.files.errors import FileRefused

ORIENTATION = 0x0112
_BEGINNINGS = [
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
]

#: PNG chunks (PNG 3rd edition, 11.2–11.3) that are needed to show the picture as it was meant.
_PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"bKGD", b"hIST", b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP"}
_WEBP_TELLING = 0x08 | 0x04  # flags EXIF and XMP of VP8X
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def clean_inside(content, name):
    """A picture inside a document: by its content, since names inside are often wrong.

    What is none of our formats (drawings, damaged long ago) stays as it is.
    """
    form = next((form for mark, form in _BEGINNINGS if content.startswith(mark)), "")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        form = "webp"
    try:
        return clean(content, form) if form else content
    except FileRefused as refused:
        raise FileRefused(
            _("文档里的图片“%(name)s”：%(reason)s")
            % {"name": name.rpartition("/")[2], "reason": "".join(refused.messages)}
        ) from refused


def clean(content, form):
    """The picture of this form (`jpeg`, `png`, …) as bytes without metadata. Raises FileRefused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=(form,)) as picture:
                if form == "tiff" or picture.getexif().get(ORIENTATION, 1) not in (0, 1):
                    content = _written_anew(picture, form)
            return _STRIPPERS.get(form, bytes)(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefused(_("图片的像素太多。请缩小后再上传。")) from error
    # Pillow and broken structure raise whatever they stumble over.
    except Exception as error:
        raise FileRefused(_("图片已损坏，打不开。请重新导出后再上传。")) from error


def _written_anew(picture, form):
    """All frames, turned as their EXIF said, without anything that was said about them."""
    frames = []
    # A JPEG with several pictures (MPO) carries views of one; visitors see the first.
    count = 1 if form == "jpeg" else getattr(picture, "n_frames", 1)
    for number in range(count):
        picture.seek(number)
        frames.append(ImageOps.exif_transpose(picture).copy())
    kept = {"icc_profile": picture.info.get("icc_profile")}
    if len(frames) > 1:
        kept.update(save_all=True, append_images=frames[1:])
        kept.update({k: picture.info[k] for k in ("duration", "loop") if k in picture.info})
    if form == "tiff":
        kept["compression"] = picture.info.get("compression")
    else:
        kept["quality"] = 92
    for frame in frames:
        frame.info = {}
    out = io.BytesIO()
    frames[0].save(out, form, **kept)
    return out.getvalue()


def strip_jpeg(content):
    """Without APP segments that say who and where; what is needed for colour stays."""
    out, place = bytearray(content[:2]), 2
    while True:
        if content[place] != 0xFF:
            raise ValueError("no marker")
        mark = content[place + 1]
        if mark == 0xFF:  # a fill byte
            place += 1
            continue
        if mark == 0xD9:
            return bytes(out) + b"\xff\xd9"
        (length,) = struct.unpack_from(">H", content, place + 2)
        segment = content[place : place + 2 + length]
        if len(segment) < 2 + length or length < 2:
            raise ValueError("cut short")
        if _says_nothing(mark, segment[4:]):
            out += segment
        place += 2 + length
        if mark == 0xDA:
            end = _end_of_scan(content, place)
            out += content[place:end]
            place = end


def _says_nothing(mark, data):
    if mark == 0xFE:  # comment
        return False
    if not 0xE0 <= mark <= 0xEF:
        return True
    return (
        (mark == 0xE0 and data.startswith(b"JFIF\0"))
        or (mark == 0xE2 and data.startswith(b"ICC_PROFILE\0"))
        or (mark == 0xEE and data.startswith(b"Adobe"))
    )


def _end_of_scan(content, place):
    """Where the compressed pixels end: at a marker that is no restart and no stuffed byte."""
    while True:
        place = content.index(b"\xff", place)
        follows = content[place + 1]
        if follows not in (0x00, 0xFF) and not 0xD0 <= follows <= 0xD7:
            return place
        place += 1 if follows == 0xFF else 2


def _strip_png(content):
    out, place = bytearray(content[:8]), 8
    while True:
        length, kind = struct.unpack_from(">I4s", content, place)
        chunk = content[place : place + 12 + length]
        if len(chunk) < 12 + length:
            raise ValueError("cut short")
        if kind in _PNG_KEPT:
            out += chunk
        if kind == b"IEND":
            return bytes(out)
        place += 12 + length


def _strip_webp(content):
    (size,) = struct.unpack_from("<I", content, 4)
    end, out, place = min(8 + size, len(content)), bytearray(), 12
    while place + 8 <= end:
        kind, length = struct.unpack_from("<4sI", content, place)
        chunk = bytearray(content[place : place + 8 + length + length % 2])
        if kind == b"VP8X":
            chunk[8] &= ~_WEBP_TELLING & 0xFF
        if kind in _WEBP_KEPT:
            out += chunk
        place += 8 + length + length % 2
    return b"RIFF" + struct.pack("<I", 4 + len(out)) + b"WEBP" + bytes(out)


def _strip_gif(content):
    place = 13 + _colours(content[10])
    out = bytearray(content[:place])
    while content[place] != 0x3B:
        start = place
        if content[place] == 0x2C:  # an image
            place += 10 + _colours(content[place + 9]) + 1
            keep = True
        elif content[place] == 0x21:  # an extension: graphic control, and the loop
            label, name = content[place + 1], content[place + 3 : place + 14]
            keep = label == 0xF9 or (label == 0xFF and name in _GIF_LOOPS)
            place += 2
        else:
            raise ValueError("no block")
        while length := content[place]:
            place += 1 + length
        place += 1
        if keep:
            out += content[start:place]
    return bytes(out) + b"\x3b"


def _colours(flags):
    """Bytes of the colour table that these flags announce."""
    return 3 * (2 << (flags & 7)) if flags & 0x80 else 0


_STRIPPERS = {"jpeg": strip_jpeg, "png": _strip_png, "webp": _strip_webp, "gif": _strip_gif}
