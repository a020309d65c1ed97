"""What a seal binds, and what it takes for a chain of seals to be complete."""

from datetime import UTC
from hashlib import sha256

from django.utils.translation import gettext as _

from page_types.publication.errors import PublicationRefused
from page_types.publication.files import files_of
from page_types.publication.models import Event, Seal, SealedFile
from page_types.publication.texts import canonical


def seen_of(text, files=None):
    """The digest of what a reviewer sees: text, files by their bytes, column, dates to come.

    The department is the chain's: a column that is re-owned while reviews run undoes no approval.
    """
    shown = files_of(text) if files is None else files
    dates = {
        name: moment.astimezone(UTC).isoformat()
        for name in ("go_live_at", "expire_at")
        if (moment := getattr(text, name))
    }
    return sha256(
        canonical(
            {
                "page": text.page_id,
                "text": text.digest,
                "files": [file.key for file in shown],
                "column": text.column_id,
                **dates,  # absent when there are none: seals of old stay what they are
            }
        ).encode()
    ).hexdigest()


def set_seal(chain, *, task_id, task_state_id, step, by, at, text):
    """Record one approval of `text` as it stands, with the files it covers."""
    files = files_of(text)
    seen = seen_of(text, files)
    # What this step approved before is another text: it counts no longer, and may be replaced.
    earlier = chain.seals.filter(task_id=task_id, state=Seal.State.VALID).exclude(seen=seen)
    earlier.update(state=Seal.State.VOID, ended_why=str(_("稿件已变动")))
    seal = Seal.objects.create(
        chain=chain,
        task_id=task_id,
        task_state_id=task_state_id,
        step=step,
        by=by,
        at=at,
        seen=seen,
    )
    SealedFile.objects.bulk_create(
        SealedFile(
            seal=seal, kind=f.kind, object_id=f.object_id, name=f.name, title=f.title,
            sha1=f.sha1, size=f.size,
        )
        for f in files
    )  # fmt: skip
    return seal


def void_seals(chain, why):
    """The approvals of this chain count no longer (returned, cancelled); they stay on record."""
    chain.seals.filter(state=Seal.State.VALID).update(state=Seal.State.VOID, ended_why=why)


def _department_now(chain):
    """The chain's department, or the one to which the ledger says its column has passed since."""
    department_id, code = chain.department_id, chain.department.code
    for event in Event.objects.filter(
        column_id=chain.column_id, what=Event.What.RE_OWNED, at__gte=chain.started_at
    ).order_by("number"):
        if event.detail["from"] == code:
            department_id, code = event.department_id, event.detail["to"]
    return department_id


def complete_seals(chain, text):
    """The valid seals of every step of the chain over exactly this text, or PublicationRefused."""
    if (chain.page_id, chain.column_id) != (text.page_id, text.column_id) or (
        text.department_id != _department_now(chain)
    ):
        raise PublicationRefused(_("审核开始后栏目或责任处室有变动，请重新送审。"))
    seen = seen_of(text)
    seals = {seal.task_id: seal for seal in chain.seals.filter(state=Seal.State.VALID)}
    for step in chain.steps:
        seal = seals.get(step["task"])
        if seal is None:
            raise PublicationRefused(
                _("缺少“%(step)s”的批准，不能发布。") % {"step": step["title"]}
            )
        if seal.seen != seen:
            raise PublicationRefused(
                _("“%(step)s”批准的不是现在的文本或附件，不能发布，请退回重审。")
                % {"step": step["title"]}
            )
    if not chain.steps:
        raise PublicationRefused(_("审核链没有步骤，不能发布。"))
    return [seals[step["task"]] for step in chain.steps]
