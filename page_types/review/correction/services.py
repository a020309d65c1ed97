"""Corrections offered, submitted and proved: the short chain, only for what is small.

The server decides at every submission and once more when the text goes public (`prove`).
"""

from django.utils.translation import gettext as _

from page_types.organisation.models import Department, User
from page_types.publication import authorities
from page_types.publication.errors import PublicationRefused
from page_types.publication.files import files_of
from page_types.publication.models import Column, Entry, Schedule
from page_types.publication.models.events import CORRECTION
from page_types.publication.texts import text_of
from page_types.review import rules
from page_types.review.correction.models import CorrectionChain
from page_types.review.correction.small import why_not_correction
from page_types.review.errors import ReviewRefused


def connect():
    """Called once, when the room is ready."""
    authorities.chain_proofs[CORRECTION] = prove


def keep(workflow):
    """Make `workflow` the chain of corrections, with None offer none; whether that is new."""
    if CorrectionChain.objects.filter(workflow=workflow).exists():
        return False
    gone, _rows = CorrectionChain.objects.all().delete()
    if workflow is not None:
        CorrectionChain.objects.create(workflow=workflow)
    return bool(gone or workflow)


def workflow():
    """The Workflow of corrections, or None where the plan has no such chain."""
    kept = CorrectionChain.objects.select_related("workflow").first()
    return kept and kept.workflow


def to_start(page):
    """The Workflow that takes the page as a correction; ReviewRefused if there is none."""
    short = workflow()
    if short is None:
        raise ReviewRefused(_("本网站没有更正流程，请按本栏目的审核链送审。"))
    if page.current_workflow_state:
        # What was returned would be resumed, under another chain than is asked for.
        raise ReviewRefused(_("稿件的审核还没有结束，请先撤回送审，再按更正送审。"))
    return short


def chain_name(review, column):
    """The plan's name of the chain that a WorkflowState begins."""
    return CORRECTION if _begins_correction(review) else column.chain


def _begins_correction(review):
    return CorrectionChain.objects.filter(workflow_id=review.workflow_id).exists()


def check(review, page, text):
    """Raise ReviewRefused if the review is a correction of more than a few words, or if its
    workflow is not one for this page at all.
    """
    chain = rules.chain_of(review)
    corrects = chain.name == CORRECTION if chain else _begins_correction(review)
    if not chain and not corrects and review.workflow != page.get_workflow():
        raise ReviewRefused(_("这不是本栏目的审核链，不能按它送审。"))
    if corrects and (why := why_not(text)):
        raise ReviewRefused(
            _("不能按更正送审：%(why)s请按本栏目的审核链送审；已按更正送审的，先撤回送审。")
            % {"why": "".join(why)}
        )


def why_not(text):
    """Reasons why the PageText is no correction of what is public now; none if it is."""
    entry = Entry.objects.select_related("text").filter(pk=text.page_id).first()
    if entry is None:
        return [_("页面不在公开状态。")]
    reasons = why_not_correction(entry.text, text, known_names())
    if entry.column_id != text.column_id or entry.department_id != text.department_id:
        reasons.append(_("栏目或责任处室有变动。"))
    if [file.key for file in files_of(text)] != _files(entry):
        reasons.append(_("附件或图片有变动。"))
    if _dates_differ(text):
        reasons.append(_("定时发布或到期撤下的时间有变动。"))
    return reasons


def _files(entry):
    return [file.key for file in sorted(entry.files.all(), key=lambda f: (f.kind, f.object_id))]


def _dates_differ(text):
    expiry = Schedule.objects.filter(
        page_id=text.page_id, what=Schedule.What.EXPIRY, state=Schedule.State.WAITING
    ).first()
    return bool(text.go_live_at) or text.expire_at != (expiry and expiry.due_at)


def known_names():
    """Names that a correction may not touch: departments, columns, people of the house, leaders."""
    rows = [
        *Department.objects.values_list("name", "full_name"),
        *Column.objects.values_list("slug"),
        *Entry.objects.filter(
            type__in=("page_types.leaderpage", "page_types.institutionpage")
        ).values_list("title"),
        *((str(user),) for user in User.objects.only("last_name", "first_name", "username")),
    ]
    return {name for row in rows for name in row if len(name) > 1}


def offer(page, user):
    """Whether the editor shows the way: a public page, a shorter chain, nothing in review, and a
    newest draft that is the public text or a correction of it.
    """
    short, ordinary = workflow(), page.get_workflow()
    if short is None or ordinary is None or short == ordinary:
        return False
    if short.tasks.count() >= ordinary.tasks.count() or page.current_workflow_state:
        return False
    newest = page.get_latest_revision()
    if newest is None or not page.permissions_for_user(user).can_submit_for_moderation():
        return False
    return Entry.objects.filter(pk=page.pk).exists() and not why_not(text_of(newest))


def prove(chain, text, entry):
    """The proof that `publish()` asks of the chain `correction`: raises PublicationRefused."""
    if why := why_not(text):
        raise PublicationRefused(_("已不是更正，不能按更正发布：%(why)s") % {"why": "".join(why)})
