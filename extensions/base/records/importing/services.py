"""The verbs of an import: take a sheet, check it, confirm or discard it, and the clock's part."""

import logging
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from extensions.base.records.history import one_act
from extensions.base.records.importing import judging, storage
from extensions.base.records.importing.importers import Given, get
from extensions.base.records.importing.models import SheetImport
from extensions.base.records.sheets.files import MAX_BYTES
from extensions.base.records.sheets.reading import SheetRefused, read
from page_types.review.audit.models import Kind
from page_types.review.audit.outbox import note

log = logging.getLogger(__name__)

#: Days for which an unconfirmed sheet, or one with wrong rows, is kept.
DAYS = 7
#: Bytes up to which a sheet is worked on while its user waits (some 2,000 rows).
AT_ONCE = 256 * 1024
#: Work that has not ended after so long has died with its process.
DEAD = timedelta(minutes=30)
_State = SheetImport.State


class ImportRefused(PermissionDenied):
    """An act that is not possible now. `reason` is a sentence for the person at hand."""

    def __init__(self, reason):
        super().__init__(str(reason))
        self.reason = str(reason)


class _Moved(Exception):
    """What the database holds is not what the preview was made of."""


def visible_to(user):
    """The imports that the user may look at: his own."""
    return SheetImport.objects.filter(by=user)


def take(importer, user, department, file, filename, *, wait=True):
    """Keep an uploaded sheet and check it, at once if it is small; returns the SheetImport.

    `wait=False` checks it here whatever its size (commands).
    """
    if not importer.departments_for(user).filter(pk=department.pk).exists():
        raise ImportRefused(_("您不能为这个部门导入。"))
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ImportRefused(
            _("文件超过 %(limit)d MB，请拆分后分次上传。") % {"limit": MAX_BYTES // 1024 // 1024}
        )
    now = timezone.now()
    made = SheetImport.objects.create(
        importer=importer.name,
        filename=filename[-200:],
        department=department,
        by=user,
        at=now,
        expires=now + timedelta(days=DAYS),
    )
    storage.keep_sheet(made, data)
    if not wait or len(data) <= AT_ONCE:
        check(made)
    return made


def check(sheet_import):
    """Judge every row; afterwards the import is ready to be confirmed, or refused as a whole."""
    if not _claim(sheet_import, _State.WAITING, _State.CHECKING):
        return
    try:
        found = _judged(sheet_import)
    except SheetRefused as refused:
        _refuse(sheet_import, str(refused))
    except Exception:
        log.exception("import %s could not be checked", sheet_import.pk)
        _refuse(sheet_import, _("检查时出错，没有导入任何内容。请联系系统管理员。"))
    else:
        _end(sheet_import, _State.READY, **found)


def _refuse(sheet_import, why):
    storage.forget(sheet_import)
    _end(sheet_import, _State.REFUSED, message=why)


def _judged(sheet_import):
    """Judge every row into the file of verdicts; what is known of the import then, by field."""
    importer = get(sheet_import.importer)
    sheet = read(storage.sheet_of(sheet_import), sheet_import.filename, importer.layouts)
    judge = judging.Judge(importer, sheet.layout, sheet_import.by, sheet_import.department)
    totals, done = dict.fromkeys(judging.NAMES, 0), 0
    with storage.VerdictsFile(sheet_import) as file:
        for chunk in judging.chunks(judging.given_rows(sheet, importer)):
            judged = judge.judge(chunk)
            for line in judged.lines:
                file.add(line)
            for letter, count in judged.counts.items():
                totals[letter] += count
            done += len(chunk)
            storage.tell_progress(sheet_import, done, max(done, sheet.expected))
    return {
        "layout": str(sheet.layout.label),
        "ignored": list(sheet.ignored),
        "given": done,
        "seen": file.digest.value,
        **{judging.NAMES[letter]: count for letter, count in totals.items()},
    }


def accept(sheet_import, user, *, without_wrong=False):
    """The user has seen the preview and wants it in; done at once if the sheet is small.

    With wrong rows it must be said that they stay out.
    """
    if sheet_import.by_id != user.pk:
        raise ImportRefused(_("只有上传人能确认导入。"))
    if sheet_import.wrong and not without_wrong:
        raise ImportRefused(
            _("有 %(count)d 行错误。请改正后重新上传，或勾选“只导入没有错误的行”。")
            % {"count": sheet_import.wrong}
        )
    if not sheet_import.writes:
        raise ImportRefused(_("没有需要导入的行。"))
    if not _claim(sheet_import, _State.READY, _State.ACCEPTED, message=""):
        raise ImportRefused(_("这次导入已经处理过，请查看其状态。"))
    if sheet_import.given <= 2 * judging.CHUNK:
        bring_in(sheet_import)


def bring_in(sheet_import):
    """Save every sound row in one transaction, if the preview still holds; else check anew."""
    if not _claim(sheet_import, _State.ACCEPTED, _State.IMPORTING):
        return
    try:
        # Read before the transaction: as long as that is open, SQLite lets nobody else write.
        layout, chunks = _read_all(sheet_import)
        with one_act(), transaction.atomic():
            _save_all(sheet_import, layout, chunks)
    except _Moved:
        _end(sheet_import, _State.WAITING)
        check(sheet_import)
        if sheet_import.state == _State.READY:
            moved = _("检查之后数据有变动，没有导入。以下是重新检查的结果，请再次确认。")
            _end(sheet_import, _State.READY, message=moved)
    except (ImportRefused, SheetRefused) as refused:
        _fail(sheet_import, str(refused))
    except Exception:
        log.exception("import %s failed", sheet_import.pk)
        _fail(sheet_import, _("请联系系统管理员。"))
    else:
        if not sheet_import.wrong:
            storage.forget(sheet_import)


def _fail(sheet_import, why):
    said = _("导入失败，没有保存任何一行。%(why)s") % {"why": why}
    _end(sheet_import, _State.READY, message=said)


def _read_all(sheet_import):
    importer = get(sheet_import.importer)
    sheet = read(storage.sheet_of(sheet_import), sheet_import.filename, importer.layouts)
    rows = judging.chunks(judging.given_rows(sheet, importer))
    aside = storage.spill(sheet_import, ([each.packed() for each in chunk] for chunk in rows))
    return sheet.layout, ([Given(*row, sheet) for row in chunk] for chunk in aside)


def _save_all(sheet_import, layout, chunks):
    """Judge again by what the database holds at this moment, and save."""
    importer, user = get(sheet_import.importer), sheet_import.by
    if not importer.departments_for(user).filter(pk=sheet_import.department_id).exists():
        raise ImportRefused(_("您已不能为这个部门导入。"))
    judge = judging.Judge(importer, layout, user, sheet_import.department)
    done, digest = 0, storage.Digest()
    for chunk in chunks:
        judged = judge.judge(chunk)
        for line in judged.lines:
            digest.add(line)
        if judged.new or judged.changed:
            importer.apply(judged.new, judged.changed, user, sheet_import)
        done += len(chunk)
        storage.tell_progress(sheet_import, done, sheet_import.given)
    if digest.value != sheet_import.seen:
        raise _Moved
    note(
        "records.import",
        kind=Kind.OTHER,
        who=user,
        about=sheet_import,
        data={
            "importer": importer.name,
            "given": sheet_import.given,
            **{name: getattr(sheet_import, name) for name in judging.NAMES.values()},
        },
        department_id=sheet_import.department_id,
    )
    _end(sheet_import, _State.DONE)


def discard(sheet_import, user):
    """The user does not want it: the file is gone, nothing was saved."""
    if sheet_import.by_id != user.pk:
        raise ImportRefused(_("只有上传人能放弃导入。"))
    if not any(
        _claim(sheet_import, state, _State.DISCARDED)
        for state in (_State.READY, _State.WAITING, _State.REFUSED)
    ):
        raise ImportRefused(_("这次导入已经处理过，请查看其状态。"))
    storage.forget(sheet_import)


def work():
    """The clock's part: check and import what waits, free what a dead process left behind."""
    now = timezone.now()
    for stuck, back in ((_State.CHECKING, _State.WAITING), (_State.IMPORTING, _State.READY)):
        SheetImport.objects.filter(state=stuck, began__lt=now - DEAD).update(state=back)
    waiting = SheetImport.objects.filter(state__in=(_State.WAITING, _State.ACCEPTED))
    known = [each for each in waiting.order_by("pk") if get(each.importer) is not None]
    for each in known:
        check(each) if each.state == _State.WAITING else bring_in(each)
    return f"{len(known)} 个表格 / sheets" if known else ""


def expire():
    """The clock's part: forget files whose days are over."""
    over = SheetImport.objects.filter(expires__lt=timezone.now())
    unconfirmed = (_State.WAITING, _State.READY, _State.REFUSED)
    for each in over.filter(state__in=(*unconfirmed, _State.DONE)):
        if each.state in unconfirmed:
            _claim(each, each.state, _State.EXPIRED)
        storage.forget(each)


def _claim(sheet_import, before, after, **values):
    """Take the step from one state to another, if nobody else has; returns success."""
    values = {"state": after, "began": timezone.now(), "ended": None, **values}
    found = SheetImport.objects.filter(pk=sheet_import.pk, state=before)
    if not found.update(**values):
        return False
    for name, value in values.items():
        setattr(sheet_import, name, value)
    return True


def _end(sheet_import, state, **values):
    for name, value in {"state": state, "ended": timezone.now(), **values}.items():
        setattr(sheet_import, name, value)
    sheet_import.save(update_fields=["state", "ended", *values])
