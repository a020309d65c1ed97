"""`make lint` on translations: missing, uncertain, broken and stale ones are found."""

import sys

import polib
import pytest

CHECK = [sys.executable, "scripts/check_messages.py"]
PYTHON_TEXT = (
    "from django.utils.translation import gettext_lazy as _, ngettext, pgettext\n"
    "A = _('栏目')\nB = _('共 %(n)s 条'\n  '记录')\nC = pgettext('按钮', '提交')\nD = _('Plain')\n"
    "E = ngettext('%(n)s 篇', '%(n)s 篇们', 2)\n"
)
TEMPLATE_TEXT = (
    '{% load i18n %}<p>{% translate "检索" %}</p>\n{{ _("首页") }}'
    "{% blocktranslate trimmed with who=x %}\n  来自 {{ who }}\n  的信件\n{% endblocktranslate %}"
    '{% translate "公开" context "状态" as state %}'
)
TEXTS = {
    "栏目",
    "共 %(n)s 条记录",
    "提交",
    "%(n)s 篇",
    "检索",
    "首页",
    "来自 %(who)s 的信件",
    "公开",
}


@pytest.fixture
def texts(frame):
    """Two files with eight Chinese texts, and a catalogue with all of them in English."""
    (frame.folder / "site/theme/labels.py").write_text(PYTHON_TEXT)
    templates = frame.folder / "site/theme/templates"
    templates.mkdir()
    (templates / "page.html").write_text(TEMPLATE_TEXT)
    frame.do(*CHECK, "--compile")
    frame.po = frame.folder / "locale/en/LC_MESSAGES/django.po"
    catalogue = polib.pofile(frame.po)
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "%(n)s article", 1: "%(n)s articles"}
        else:
            entry.msgstr = entry.msgid.encode("unicode_escape").decode().replace("\\u", "u")
    catalogue.save()
    return frame


def change(frame, text, **fields):
    catalogue = polib.pofile(frame.po)
    entry = catalogue.find(text)
    for name, value in fields.items():
        setattr(entry, name, value)
    catalogue.save()


def test_every_way_of_marking_is_found(texts):
    assert {entry.msgid for entry in polib.pofile(texts.po)} == TEXTS


def test_whole_catalogue_passes(texts):
    code, text = texts.do(*CHECK, "--compile")
    assert code == 0, text
    assert texts.do(*CHECK)[0] == 0
    compiled = polib.mofile(str(texts.po.with_suffix(".mo")))
    assert {entry.msgid for entry in compiled} == TEXTS


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"msgstr": ""}, "缺英文"),
        ({"flags": ["fuzzy"]}, "译文待确认"),
        ({"msgstr": "%(m)s records"}, "占位符不一致"),
    ],
)
def test_bad_entry_is_named_with_its_place(texts, fields, said):
    change(texts, "共 %(n)s 条记录", **fields)
    code, text = texts.do(*CHECK, "--compile")
    assert code == 1
    assert f"site/theme/labels.py:3: {said}" in text


def test_new_text_is_missing(texts):
    texts.do(*CHECK, "--compile")
    (texts.folder / "site/theme/more.py").write_text("X = _('新的文字')\n")
    code, text = texts.do(*CHECK)
    assert code == 1
    assert "site/theme/more.py:1: 缺英文" in text


def test_stale_compiled_catalogue_is_found(texts):
    texts.do(*CHECK, "--compile")
    change(texts, "栏目", msgstr="Column")
    code, text = texts.do(*CHECK)
    assert code == 1
    assert "make messages" in text
