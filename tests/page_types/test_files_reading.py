"""What attachments say is read within bounds, and hostile files raise nothing."""

import io
import random

import openpyxl
import pikepdf
import pytest
from django.core.files.base import ContentFile

from page_types.files import text_of_file
from page_types.files.reading import Reading, read
from tests.page_types import file_samples as samples
from tests.page_types import office_samples as offices
from tests.page_types.file_samples import WORDS


def test_every_kind_is_read():
    made = {
        "pdf": samples.pdf(), "docx": offices.word(), "xlsx": offices.sheet(),
        "pptx": offices.slides(), "odt": offices.open_document(), "ofd": offices.ofd(),
        "html": f"<html><style>a</style><p>{WORDS}</p><img alt='图'></html>".encode(),
        "csv": f"{WORDS},1".encode("gb18030"),
    }  # fmt: skip
    for kind, content in made.items():
        assert WORDS in text_of_file(content), kind
    pdf = read(samples.pdf(encryption=pikepdf.Encryption(owner="x", user="")))
    assert pdf.pages == 1 and "旁注" in pdf.text and WORDS in pdf.text
    assert "请核实" in read(made["docx"]).text and "补充" in read(made["docx"]).text
    assert "13800138000" in read(made["xlsx"]).text and "填写全称" in read(made["xlsx"]).text
    assert read(made["html"]).text == f"{WORDS}\n图"
    assert text_of_file(ContentFile(made["csv"], name="a.csv")) == f"{WORDS},1"


def test_words_cut_into_runs_are_one_word():
    def cut(parts):
        name = "word/document.xml"
        runs = "</w:t></w:r><w:r><w:t>".join("13800138000")
        parts[name] = parts[name].replace(WORDS.encode(), runs.encode())

    assert "13800138000" in read(offices.repacked(offices.word(), cut)).text


def test_limits_hold(settings):
    book = openpyxl.Workbook()
    for number in range(300):
        book.active.append([f"第{number}行"] * 10)
    out = io.BytesIO()
    book.save(out)
    settings.PORTAL_FILE_TEXT = 500
    found = read(out.getvalue())
    assert found.problem == "partial" and 0 < len(found.text) <= 500
    long = samples.pdf_with(lambda pdf: pdf.pages.extend([pdf.pages[0]] * 5))
    settings.PORTAL_FILE_PAGES = 2
    found = read(long)
    assert found.problem == "partial" and found.pages == 6 and found.text.count(WORDS) == 2
    settings.PORTAL_FILE_SECONDS = -1
    assert read(out.getvalue()).problem == "slow"


def _loop(pdf):
    """A form that draws itself."""
    form = pdf.make_stream(
        b"/Self Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
    )
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Self=form))
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Self=form)
    pdf.pages[0].contents_add(b"/Self Do")


def test_a_scan_says_nothing_and_a_loop_ends():
    blank = samples.pdf_with(lambda pdf: pdf.pages[0].obj.__delitem__("/Contents"))
    assert read(blank).problem == "no_text"
    assert read(samples.pdf_with(_loop)).problem in ("", "partial", "unreadable")


def test_hostile_files_give_a_reason():
    locked = samples.pdf(encryption=pikepdf.Encryption(owner="x", user="y"))
    assert read(locked) == Reading("", "encrypted", None)
    assert read(offices.ole({"EncryptedPackage": b"x"})).problem == "encrypted"
    assert read(offices.ole({"WordDocument": b"x"})).problem == "unreadable"
    assert read(offices.packed({"a.txt": b" " * 20_000_000})).problem == "unreadable"
    deep = b"<a>" * 100_000
    odd = offices.repacked(offices.word(), lambda parts: parts.update({"word/document.xml": deep}))
    assert read(odd).text.count("请核实") == 1, "the other parts are still read"


@pytest.mark.parametrize("made", [offices.word, offices.sheet, offices.open_document])
def test_damaged_files_raise_nothing(made):
    chance, whole = random.Random(5), made()
    for _attempt in range(15):
        content = bytearray(whole)
        for _place in range(8):
            content[chance.randrange(len(content))] = chance.randrange(256)
        assert isinstance(read(bytes(content)).text, str)
