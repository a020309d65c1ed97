"""Files tell nothing of their makers any more, and everything else as before."""

import io
import shutil
import subprocess
import zipfile

import docx
import openpyxl
import pikepdf
import pypdf
import pytest
from PIL import Image, ImageSequence

from page_types.files import office
from page_types.files.cleaning import clean
from page_types.files.errors import FileRefused
from page_types.files.kinds import kind_of
from page_types.files.reading import read
from tests.page_types import file_samples as samples
from tests.page_types import office_samples as offices
from tests.page_types.file_samples import SECRET, WORDS

OFFICE = {
    "表.docx": offices.word, "表.xlsx": offices.sheet, "表.pptx": offices.slides,
    "表.odt": offices.open_document, "表.ofd": offices.ofd,
}  # fmt: skip


def told(content):
    """Everything that bytes say, packages unpacked and streams of PDF written out."""
    said = content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            said += b"".join(told(package.read(name)) for name in package.namelist())
    elif content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Stream):
                    said += thing.read_raw_bytes()
                said += str(thing).encode()
    return said


def secretive(content):
    return SECRET.encode() not in told(content) and SECRET.encode("utf-16-le") not in told(content)


def test_the_samples_tell():
    for name, made in OFFICE.items():
        assert not secretive(made()), name
    assert not secretive(samples.pdf()) and not secretive(samples.picture("JPEG"))


@pytest.mark.parametrize("name", OFFICE)
def test_office_files_lose_names_and_keep_words(name):
    before = OFFICE[name]()
    cleaned = clean(before, name)
    assert secretive(cleaned.content)
    assert WORDS in read(before).text and read(cleaned.content).text == read(before).text.replace(
        SECRET, office.NOBODY
    )
    assert clean(cleaned.content, name).content == cleaned.content, "nothing left to take out"


def test_a_word_document_opens_as_it_was():
    before, cleaned = offices.word(), clean(offices.word(), "表.docx")
    old, new = (docx.Document(io.BytesIO(each)) for each in (before, cleaned.content))
    assert [p.text for p in new.paragraphs] == [p.text for p in old.paragraphs]
    assert len(new.inline_shapes) == 1 and not new.core_properties.author
    assert [(c.text, c.author) for c in new.comments] == [("请核实", office.NOBODY)]
    assert b"rsid" not in told(cleaned.content) and b"customXml" not in told(cleaned.content)
    assert cleaned.findings == ("changes", "comments")
    assert clean(offices.word(remarks=False), "表.docx").findings == ()
    with zipfile.ZipFile(io.BytesIO(cleaned.content)) as package:
        names = set(package.namelist())
        media = next(name for name in names if name.startswith("word/media/"))
        with Image.open(io.BytesIO(package.read(media))) as photo:
            assert not photo.getexif() and photo.size == (24, 12)
    assert not names & {"word/people.xml", "docProps/thumbnail.jpeg", "docProps/custom.xml"}


def test_a_workbook_opens_as_it_was():
    cleaned = clean(offices.sheet(), "表.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(cleaned.content))
    assert [[cell.value for cell in row] for row in book.active] == [
        [WORDS, "电话"], [13800138000, None],
    ]  # fmt: skip
    assert book.active["A1"].comment.text == "填写全称" and cleaned.findings == ("notes",)
    assert not book.properties.lastModifiedBy and not len(book.custom_doc_props)
    assert b'orientation="portrait"/>' in told(cleaned.content), "set up, but for no printer"


@pytest.mark.prove
@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice on this machine")
@pytest.mark.parametrize("name", ["表.docx", "表.xlsx"])
def test_libreoffice_opens_what_was_cleaned(name, tmp_path):
    file = tmp_path / f"a.{name.rpartition('.')[2]}"
    file.write_bytes(clean(OFFICE[name](), name).content)
    order = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(order, check=True, timeout=120, capture_output=True)
    assert WORDS in read((tmp_path / "a.pdf").read_bytes()).text


def test_a_pdf_keeps_pages_and_text():
    before = samples.pdf()
    cleaned = clean(before, "表.pdf")
    assert secretive(cleaned.content) and cleaned.findings == ("comments",)
    old, new = (pypdf.PdfReader(io.BytesIO(each)) for each in (before, cleaned.content))
    assert [p.extract_text() for p in new.pages] == [p.extract_text() for p in old.pages]
    assert (
        new.metadata is None and new.xmp_metadata is None and "/OpenAction" not in new.root_object
    )
    assert new.pages[0]["/Annots"][0]["/Contents"] == "旁注"
    assert new.pages[0].images[0].image.size == (24, 12)
    restricted = samples.pdf(encryption=pikepdf.Encryption(owner="x", user=""))
    assert secretive(clean(restricted, "表.pdf").content), "opens without a password"


def test_earlier_states_of_a_pdf_are_gone():
    base = samples.pdf_with(lambda pdf: pdf.docinfo.update({}))
    update = f"\n9 0 obj\n<< /Author ({SECRET}) >>\nendobj\n".encode()
    assert secretive(clean(base + update + b"PK\3\4 a second file", "表.pdf").content)


@pytest.mark.parametrize(
    ("form", "frames"),
    [("JPEG", 1), *((form, n) for form in ("PNG", "WEBP", "GIF", "TIFF") for n in (1, 3))],
)
def test_pictures_lose_place_and_author_and_no_pixel(form, frames):
    before = samples.picture(form, frames)
    after = clean(before + b"PK\3\4 a second file", f"图.{form.lower()}").content
    assert SECRET.encode() in before and secretive(after) and b"second file" not in after
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert form == "TIFF" or not new.getexif()  # its size and colours are EXIF's tags
        assert not set(new.getexif()) & {0x010F, 0x013B, 0x8825, 0x02BC}
        assert not new.info.keys() & {"exif", "xmp", "comment", "photoshop"}
        assert getattr(new, "n_frames", 1) == frames and old.format == new.format
        assert old.info.get("loop") == new.info.get("loop")
        for one, other in zip(
            ImageSequence.Iterator(old), ImageSequence.Iterator(new), strict=True
        ):
            assert one.convert("RGB").tobytes() == other.convert("RGB").tobytes()
            assert one.info.get("duration") == other.info.get("duration")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_turned_as_its_exif_said(form):
    after = clean(samples.picture(form, orientation=6), f"图.{form.lower()}").content
    with Image.open(io.BytesIO(after)) as new:
        assert new.size == (12, 24) and not new.getexif()


@pytest.mark.parametrize(("name", "made"), [("片.mp4", samples.film), ("片.webm", samples.webm)])
def test_films_lose_their_place_and_stay_as_long(name, made):
    before = made()
    after = clean(before, name).content
    assert not secretive(before) and secretive(after) and len(before) == len(after)
    assert after.index(WORDS.encode()) == before.index(WORDS.encode()), "no offset moved"


def test_an_archive_is_cleaned_file_by_file():
    gbk = "报名/表.docx".encode("gbk").decode("cp437")
    inside = {gbk: offices.word(), "图.jpg": samples.picture("JPEG"), "__MACOSX/._a": b"x"}
    cleaned = clean(offices.packed(inside, SECRET.encode()), "全部.zip").content
    assert secretive(cleaned) and WORDS in read(cleaned).text
    with zipfile.ZipFile(io.BytesIO(cleaned)) as package:
        assert len(package.namelist()) == 2 and not package.comment


def test_an_embedded_object_keeps_its_size_and_loses_its_properties():
    stream = (b"\xfe\xff" + SECRET.encode()).ljust(5000, b"\0")
    before = offices.ole({"\x05SummaryInformation": stream, "Contents": WORDS.encode()})
    after = office.blank_properties(before)
    assert secretive(after) and len(after) == len(before) and WORDS.encode() in after
    made = offices.repacked(
        offices.word(), lambda parts: parts.update({"word/embeddings/oleObject1.bin": before})
    )
    assert secretive(clean(made, "表.docx").content)


def test_a_picture_inside_goes_by_its_content_not_its_name():
    def misnamed(parts):
        parts["word/media/image1.jpg"] = samples.picture("PNG")
        parts["word/media/image2.emf"] = b"a drawing"

    cleaned = clean(offices.repacked(offices.word(), misnamed), "表.docx").content
    assert secretive(cleaned) and b"a drawing" in told(cleaned)
    torn = {"word/media/image1.jpg": samples.picture("JPEG")[:300]}
    with pytest.raises(FileRefused, match=r"image1\.jpg"):
        clean(offices.repacked(offices.word(), lambda parts: parts.update(torn)), "表.docx")


def test_a_sealed_file_passes_untouched_if_it_names_nobody():
    quiet = offices.ofd(author="", sealed=True)
    assert clean(quiet, "红头.ofd").content == quiet

    def seal(pdf):
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=b"x")
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="章", V=value)
        pdf.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=[pdf.make_indirect(field)])

    quiet = samples.pdf_with(seal)
    assert clean(quiet, "红头.pdf").content == quiet
    named = samples.pdf_with(lambda pdf: (seal(pdf), pdf.docinfo.update({"/Author": SECRET})))
    for name, content in (("a.pdf", named), ("a.ofd", offices.ofd(sealed=True))):
        with pytest.raises(FileRefused, match="签章"):
            clean(content, name)


def _attached(pdf):
    pdf.attachments["底稿.docx"] = pikepdf.AttachedFileSpec(pdf, b"x", filename="底稿.docx")


def _macro(parts):
    parts["word/vbaProject.bin"] = b"x"


def _entities(parts):
    bomb = b'<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]>'
    parts["word/document.xml"] = bomb + parts["word/document.xml"].split(b"?>", 1)[1]


REFUSED = {
    "lying name": (lambda: ("表.pdf", offices.word()), "内容是“Word"),
    "program": (lambda: ("表.pdf", b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff"), "不接受这种内容"),
    "page as table": (lambda: ("a.csv", b"<!doctype html><script>1</script>"), "内容是“网页”"),
    "page": (lambda: ("a.html", b"<html></html>"), "不接受网页"),
    "SVG as picture": (lambda: ("a.png", b"<svg onload='x()'/>"), "SVG"),
    "password": (
        lambda: ("a.pdf", samples.pdf(encryption=pikepdf.Encryption(owner="x", user="y"))),
        "取消密码",
    ),
    "password of Office": (
        lambda: ("a.docx", offices.ole({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})),
        "取消密码",
    ),
    "old format": (lambda: ("a.doc", offices.ole({"WordDocument": b"x"})), "另存为.*docx"),
    "macro": (lambda: ("a.docx", offices.repacked(offices.word(), _macro)), "宏"),
    "entities": (lambda: ("a.docx", offices.repacked(offices.word(), _entities)), "结构异常"),
    "smuggled": (lambda: ("a.pdf", samples.pdf_with(_attached)), "底稿.docx"),
    "bomb": (lambda: ("a.zip", offices.packed({"a.txt": b" " * 20_000_000})), "解压后过大"),
    "nested": (
        lambda: ("a.zip", offices.packed({"b.zip": offices.packed({"a.txt": b"a"})})),
        "压缩包里还有",
    ),
    "hidden in archive": (lambda: ("a.zip", offices.packed({"b.pdf": b"<html>"})), "里的“b.pdf”"),
    "way out": (lambda: ("a.zip", offices.packed({"../b.txt": b"a"})), "结构异常"),
    "cut short": (lambda: ("a.docx", offices.word()[:-400]), "打不开"),
    "torn PDF": (lambda: ("a.pdf", b"%PDF-1.7\ntorn"), "已损坏"),
    "torn picture": (lambda: ("a.jpg", samples.picture("JPEG")[:300]), "已损坏"),
    "page before PDF": (lambda: ("a.pdf", b"<html>\n" + samples.pdf()), r"不接受|内容是“网页”"),
    "empty": (lambda: ("a.txt", b""), "空的"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_sentence_that_says_what_to_do(case):
    made, sentence = REFUSED[case]
    name, content = made()
    with pytest.raises(FileRefused, match=sentence) as refused:
        clean(content, name)
    assert "请" in refused.value.messages[0]
    assert refused.value.encrypted == ("password" in case)


def test_a_header_may_lie_about_sizes():
    content = bytearray(offices.packed({"a.txt": b"a" * 5000}))
    for place in (content.index(b"PK\1\2") + 24, 22):
        content[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(FileRefused, match=r"打不开|结构异常"):
        clean(bytes(content), "a.zip")


def test_chinese_text_in_old_and_new_encodings():
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        content = f"{WORDS},㐀𠀀\n".encode(encoding)
        assert clean(content, "表.csv").content == content
        assert read(content).text.strip("\ufeff\n") == f"{WORDS},㐀𠀀"
    assert kind_of("<b>不是网页，是文字".encode()).key == "text"
