"""What is asked of the attachments and pictures that a text shows.

At the door every upload was looked at and cleaned; here stands what only a text can decide, and
what concerns files stored before there was such a door.
"""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.files.cleaning import clean
from page_types.files.errors import FileRefused
from page_types.files.intake import FINDINGS
from page_types.media import HeldFile, PortalDocument, PortalImage
from page_types.publication.texts import references_of
from page_types.review.checks import words
from page_types.review.checks.anchors import block_anchor
from page_types.review.checks.registry import Problem, Severity, once_a_run, register


@dataclass(frozen=True)
class Shown:
    """A file in a text: its row, the field and the block (its id, or "") that show it first."""

    file: HeldFile
    field: str
    block: str

    @property
    def name(self):
        kind = _("图片") if isinstance(self.file, PortalImage) else _("附件")
        return _("%(kind)s“%(title)s”") % {"kind": kind, "title": self.file.title}

    def problem(self, message, mend, blocking=True):
        return Problem(
            self.field,
            _("%(file)s%(what)s") % {"file": self.name, "what": message},
            blocking,
            mend=mend,
            anchor=block_anchor(self.block),
        )


@once_a_run
def files_shown(text):
    """Every attachment and picture of the text once, in the order of its fields."""
    places = {}
    for model, number, role in references_of(text):
        if issubclass(model, HeldFile):
            places.setdefault((model, number), role.split("."))
    found = []
    for model in (PortalDocument, PortalImage):
        wanted = [number for each, number in places if each is model]
        # The words of documents are wanted: the manager leaves them out.
        for file in model.objects.filter(pk__in=wanted).defer(None) if wanted else ():
            role = places[model, file.pk]
            found.append(Shown(file, role[0], _block_of(text.data.get(role[0]), role, file.pk)))
    return found


def _block_of(value, role, number):
    """The id of the top block of this type that names the number."""
    for block in value if isinstance(value, list) and len(role) > 1 else ():
        if block.get("type") == role[1] and _names(block.get("value"), number):
            return block.get("id") or ""
    return ""


def _names(value, number):
    if isinstance(value, dict):
        return any(_names(each, number) for each in value.values())
    if isinstance(value, list):
        return any(_names(each, number) for each in value)
    return value == number or (isinstance(value, str) and f'id="{number}"' in value)


def _documents(text):
    return [shown for shown in files_shown(text) if isinstance(shown.file, PortalDocument)]


@words.source
def words_of_attachments(text):
    """What attachments say is looked through like the text itself."""
    for shown in _documents(text):
        if said := shown.file.words():
            yield words.Piece(shown.field, said, (), shown.name, shown.block)


@once_a_run
def refusal_of_old(text, file):
    """Why a file stored before the door would be refused today; "" if it could be cleaned."""
    try:
        with file.file.storage.open(file.file.name) as stored:
            clean(stored.read(), file.file.name)
    except FileRefused as refused:
        return "".join(refused.messages)
    except OSError:
        return _("文件找不到了。请重新上传。")
    return ""


@register(
    name="file_content",
    label=gettext_lazy("附件的类型、密码和大小"),
    severity=Severity.MUST,
    help=gettext_lazy("按内容而不是按文件名判断类型；有密码的、超过大小上限的，公众打不开"),
)
def files_can_be_opened(text, page):
    """Name and content agree, nobody needs a password, nothing is over size."""
    for shown in files_shown(text):
        most = shown.file.most_bytes()
        if shown.file.cleaned_at is None and (reason := refusal_of_old(text, shown.file)):
            yield shown.problem(_("不能公开：%(reason)s") % {"reason": reason}, _ANOTHER)
        elif most is not None and (shown.file.file_size or 0) > most:
            yield shown.problem(
                _("有 %(size)s，超过上限 %(most)s")
                % {"size": filesizeformat(shown.file.file_size), "most": filesizeformat(most)},
                _("请压缩或分成几个文件，重新上传后在稿件中改用新文件。"),
            )


_ANOTHER = gettext_lazy("请重新上传，并在稿件中改用新文件。")


@register(
    name="file_metadata",
    label=gettext_lazy("附件和图片中的作者信息"),
    severity=Severity.MUST,
    help=gettext_lazy("作者、单位、拍摄地点等在上传时自动清除；此前上传的文件要重新上传"),
)
def files_name_nobody(text, page):
    """A file stored before uploads were cleaned may still tell who made it, and where."""
    for shown in files_shown(text):
        if shown.file.cleaned_at is None and not refusal_of_old(text, shown.file):
            yield shown.problem(_("没有清除过作者信息"), _ANOTHER)


@register(
    name="file_traces",
    label=gettext_lazy("附件中的修订痕迹和批注"),
    severity=Severity.MUST,
    help=gettext_lazy("公众打开附件能看到删去的文字和内部意见；单元格批注只作提示"),
)
def files_are_final(text, page):
    """Tracked changes and remarks are for those who wrote, not for those who read."""
    for shown in _documents(text):
        for finding in shown.file.findings:
            if finding in ("changes", "comments", "notes"):
                yield shown.problem(
                    _("带有%(what)s") % {"what": FINDINGS[finding]},
                    _("请接受或拒绝全部修订、删除批注，重新上传后在稿件中改用新文件。"),
                    blocking=finding != "notes",
                )


@register(
    name="file_unread",
    label=gettext_lazy("没有自动检查到的附件内容"),
    severity=Severity.ADVICE,
    help=gettext_lazy("扫描件、过长的文件等，其中有无个人信息要靠人看"),
)
def files_nobody_read(text, page):
    """What was not read was not looked through for personal data: somebody must."""
    for shown in _documents(text):
        shown.file.words()
        if shown.file.read_problem:
            yield shown.problem(
                shown.file.get_read_problem_display(), _("请人工核对其中有无个人信息。")
            )


@register(
    name="picture_consent",
    label=gettext_lazy("人物肖像"),
    severity=Severity.MUST,
    help=gettext_lazy("每张图片都要写明有无可辨认的人物、是否征得同意；未成年人须监护人同意"),
)
def people_have_agreed(text, page):
    """Whether there are people in a picture, and children, is decided by a person, knowingly."""
    for shown in files_shown(text):
        if isinstance(shown.file, PortalImage) and not shown.file.consent:
            yield shown.problem(
                _("没有填写人物肖像一项"),
                _("请在“图片”中打开它，选明有无可辨认的人物、是否已征得本人或监护人同意。"),
            )
