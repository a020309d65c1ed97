"""A cleaned file is opened again by a reader that had no part in the cleaning.

PDF: pypdf (pikepdf cleaned); docx: python-docx, xlsx: openpyxl (our own XML work cleaned);
pictures: Pillow decodes every pixel; other packages: the standard library's ZIP and XML readers.
"""

import io
import warnings
import zipfile
from xml.etree import ElementTree

from django.utils.translation import gettext as _
from PIL import Image

from page_types.files.errors import FileRefused

_PICTURES = {"jpeg", "png", "gif", "webp", "tiff"}


def reopen(content, kind):
    """Raise FileRefused unless another reader opens the cleaned bytes."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _open(io.BytesIO(content), kind.key)
    except Exception as error:  # whatever a reader raises: it did not open the file
        raise FileRefused(
            _("清除作者信息后文件打不开，没有保存。请在原软件里另存一份（或导出 PDF）再上传。")
        ) from error


def _open(file, key):
    # These readers cost 0.1 s each to import: only where a file of the kind comes in.
    if key == "pdf":
        from pypdf import PdfReader

        _must(len(PdfReader(file).pages))
    elif key == "docx":
        from docx import Document

        _must(Document(file).element.body is not None)
    elif key == "xlsx":
        from openpyxl import load_workbook

        _must(load_workbook(file, read_only=True).sheetnames)
    elif key in _PICTURES:
        with Image.open(file) as picture:
            for number in range(getattr(picture, "n_frames", 1)):
                picture.seek(number)
                picture.load()
    elif key in ("pptx", "odt", "ods", "odp", "ofd", "zip"):
        with zipfile.ZipFile(file) as package:
            _must(package.testzip() is None)
            if key != "zip":
                for name in package.namelist():
                    if name.endswith((".xml", ".rels")):
                        # Our parser has refused document types before.
                        ElementTree.fromstring(package.read(name))  # noqa: S314  no document types are left


def _must(opened):
    if not opened:
        raise ValueError("opened, but empty or damaged")
