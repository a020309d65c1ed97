"""Videos without place, device and author: MP4 (ISO/IEC 14496-12) and WebM (Matroska).

What tells stands in boxes of its own. They become free space of the same size, so that no offset
in the file changes.
"""

import struct

from django.utils.translation import gettext as _

from page_types.files.errors import FileRefused

#: boxes that only hold other boxes, and those that tell
_HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"edts", b"moof", b"traf"}
_TELLING = {b"udta", b"meta", b"uuid", b"XMP_"}
_VOID = 0xEC
_SEGMENT, _TAGS, _INFO, _ATTACHMENTS = 0x18538067, 0x1254C367, 0x1549A966, 0x1941A469
#: of the segment's information: title, date, name of the file; and the checksum over them
_INFO_TELLING = {0x7BA9, 0x4461, 0x7384, 0xBF}


def clean_mp4(content):
    """(bytes, findings). Raises FileRefused."""
    data = bytearray(content)
    try:
        kinds = _free(data, 0, len(data))
    except (struct.error, ValueError) as error:
        raise FileRefused(_("视频已损坏。请重新导出 MP4 后再上传。")) from error
    if b"moov" not in kinds:
        raise FileRefused(_("视频已损坏。请重新导出 MP4 后再上传。"))
    return bytes(data), []


def _free(data, place, end):
    kinds = set()
    while place < end:
        size, kind = struct.unpack_from(">I4s", data, place)
        head = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, place + 8)
            head = 16
        size = size or end - place
        if size < head or place + size > end:
            raise ValueError("box out of bounds")
        kinds.add(kind)
        if kind in _TELLING:
            data[place + 4 : place + 8] = b"free"
            data[place + head : place + size] = bytes(size - head)
        elif kind in _HOLDERS:
            _free(data, place + head, place + size)
        place += size
    return kinds


def clean_webm(content):
    """(bytes, findings). Raises FileRefused."""
    data = bytearray(content)
    try:
        _void(data, 0, len(data))
    except (IndexError, ValueError) as error:
        raise FileRefused(_("视频已损坏。请重新导出 WebM 后再上传。")) from error
    return bytes(data), []


def _void(data, place, end):
    while place < end:
        key, after = _number(data, place, marked=True)
        size, start = _number(data, after)
        unknown = size == (1 << 7 * (start - after)) - 1  # live streams do not say how long
        stop = end if unknown else start + size
        if stop > end:
            raise ValueError("element out of bounds")
        if key in (_TAGS, _ATTACHMENTS) or key in _INFO_TELLING:
            _make_void(data, place, stop)
        elif key in (_SEGMENT, _INFO):
            _void(data, start, stop)
        elif unknown:
            return  # a cluster without end: nothing that tells comes behind it
        place = stop


def _number(data, place, marked=False):
    """A number of variable length (RFC 8794, 4) and the place behind it."""
    length = 9 - data[place].bit_length()
    if length > 8:
        raise ValueError("no number")
    value = int.from_bytes(data[place : place + length], "big")
    if len(data) < place + length:
        raise ValueError("cut short")
    return (value if marked else value & ((1 << 7 * length) - 1)), place + length


def _make_void(data, place, stop):
    """One empty element of the same length: a byte of key, eight of length, zeros."""
    length = stop - place
    if length >= 9:
        head = bytes([_VOID]) + (0x0100000000000000 | length - 9).to_bytes(8, "big")
    else:
        head = bytes([_VOID, 0x80 | length - 2])
    data[place:stop] = head.ljust(length, b"\0")
