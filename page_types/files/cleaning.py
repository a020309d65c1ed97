"""Author metadata out, content kept: the one door to the cleaners of every kind."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from page_types.files import office, open_formats, pdf, pictures, video
from page_types.files.errors import FileRefused
from page_types.files.kinds import Kind, agree
from page_types.files.packages import pack, unpack
from page_types.files.verifying import reopen

#: Written by systems into archives, never meant.
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Cleaned:
    """Bytes that may be stored. `findings`: keys of `FINDINGS`."""

    content: bytes
    kind: Kind
    findings: tuple = ()


def clean(content, name, depth=0):
    """Cleaned bytes of an upload of this name, opened again by another reader.

    Raises FileRefused where name and content differ, nobody can open it, or it cannot be cleaned.
    """
    kind = agree(name, content)
    cleaner = _CLEANERS.get(kind.key)
    if cleaner is None:
        raise FileRefused(_refusal(kind))
    if kind.key == "zip":
        if depth:
            raise FileRefused(_("压缩包里还有压缩包。请解开后再上传。"))
        cleaned, findings = _archive(content)
    else:
        cleaned, findings = cleaner(content)
    reopen(cleaned, kind)
    return Cleaned(cleaned, kind, tuple(findings))


def _refusal(kind):
    if kind.key == "ole":
        # No library here reads them a second time, so nothing could vouch for a cleaned one, and
        # nobody could look for personal data inside.
        return _(
            "旧格式（doc、xls、ppt、wps、et、dps）无法清除作者信息。"
            "请在办公软件里“另存为”docx、xlsx、pptx 或 PDF，再上传。"
        )
    return _("不接受%(kind)s。请另存为 PDF、docx、xlsx 或常见图片格式后再上传。") % {
        "kind": kind.label
    }


def _archive(content):
    """An archive of files, each cleaned as if uploaded by itself."""
    parts, findings = {}, set()
    for name, data in unpack(content).items():
        if any(mark in name for mark in _LITTER):
            continue
        try:
            cleaned = clean(data, name, depth=1)
        except FileRefused as refused:
            raise FileRefused(
                _("压缩包里的“%(name)s”：%(reason)s")
                % {"name": name[-80:], "reason": "".join(refused.messages)},
                encrypted=refused.encrypted,
            ) from refused
        parts[name] = cleaned.content
        findings.update(cleaned.findings)
    if not parts:
        raise FileRefused(_("压缩包是空的。请检查后重新上传。"))
    return pack(parts), sorted(findings)


def _picture(form):
    return lambda content: (pictures.clean(content, form), [])


_CLEANERS = {
    "pdf": pdf.clean,
    "ofd": open_formats.clean_ofd,
    **dict.fromkeys(("docx", "xlsx", "pptx"), office.clean),
    **dict.fromkeys(("odt", "ods", "odp"), open_formats.clean_odf),
    **{form: _picture(form) for form in ("jpeg", "png", "gif", "webp", "tiff")},
    "mp4": video.clean_mp4,
    "webm": video.clean_webm,
    "text": lambda content: (content, []),
    "zip": _archive,
}
