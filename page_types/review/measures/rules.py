"""Who may ask for which measure, when it is possible at all, and who decides."""

from django.utils.translation import gettext as _

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post
from page_types.permissions import may_draft_in
from page_types.publication import pins
from page_types.publication.models import Column, Measure
from page_types.review import rules as review_rules
from page_types.review.measures.situation import Situation

Kind = Measure.Kind
#: Done by one person at once; everything else is decided by the office as another person.
AT_ONCE = (Kind.EMERGENCY, Kind.PIN, Kind.UNPIN)
#: Posts that may countersign what an officer did alone.
COUNTERSIGNING = frozenset({Post.OFFICE, Post.PRINCIPAL})


def why_not(kind, user, situation):
    """Why the user may not ask for the measure now, as a sentence; empty if he may."""
    return _not_his(kind, user, situation) or _not_now(kind, situation)


def _not_his(kind, user, situation):
    duties, department = duties_of(user), situation.page.department_id
    office, reviewer = Post.OFFICE in duties.posts, department in duties.reviewer_of
    if kind in (Kind.PIN, Kind.UNPIN):
        return pins.why_not(user, situation.column)
    if kind == Kind.WITHDRAW:
        wide = {Post.OFFICE, Post.CENTRE, Post.PRINCIPAL}
        if duties.posts & wide or department in duties.departments:
            return ""
        return _("只有责任处室和办公室、信息中心、主要领导可以申请撤下。")
    if kind == Kind.EMERGENCY:
        may = duties.posts & {Post.OFFICE, Post.CENTRE}
        return "" if may else _("只有办公室、信息中心可以紧急撤下。")
    if kind == Kind.BLANK:
        return "" if office else _("只能由办公室提出。")
    if kind == Kind.BREAK_GLASS:
        may = Post.ADMINISTRATOR in duties.posts
        return "" if may else _("只能由系统管理员提出。")
    return "" if office or reviewer else _("只有责任处室的审核人和办公室可以申请。")


def _not_now(kind, situation):
    if kind in situation.asked:
        return _("已有申请待办公室决定。")
    if situation.page.is_column_text:
        return _("栏目页由栏目规划管理，不作处置。")
    if kind == Kind.BREAK_GLASS:
        return "" if situation.review else _("没有审核中的稿件。")
    if kind == Kind.BLANK:
        return "" if situation.has_words_to_blank else _("没有因个人信息隐藏而尚未清除的文本。")
    if kind == Kind.REINSTATE:
        return _not_withdrawn(situation)
    if kind == Kind.EARLIER:
        return "" if situation.earlier else _("没有以前公开过的其他文本。")
    if situation.entry is None:
        return _("页面不在公开状态。")
    if kind == Kind.MOVE and (situation.review or situation.goes_live_later):
        return _("稿件在审核中或待定时发布，栏目是批准的一部分，请先撤回送审或取消定时。")
    if kind == Kind.UNPIN and not situation.is_pinned:
        return _("页面没有置顶。")
    return ""


def _not_withdrawn(situation):
    if situation.entry is not None:
        return _("页面正在公开。")
    if not situation.withdrawals:
        return _("页面从未公开过。")
    if situation.last_text is None:
        return _("撤下的文本含有个人信息，须修改后重新送审。")
    return ""


def columns_to_move_to(page):
    """Columns that take such a page, by its department and type, without its own."""
    here = Situation(page).column
    found = Column.objects.exclude(page_id=None).exclude(pk=here.pk).filter(group=False)
    columns = [
        column
        for column in found.prefetch_related("owners", "contributors")
        if may_draft_in(column, page.department_id)
    ]
    return [column for column in columns if _takes(column, page)]


def _takes(column, page):
    from wagtail.models import Page

    target = Page.objects.filter(pk=column.page_id).first()
    return target is not None and type(page).can_create_at(target.specific)


def why_not_decide(measure, user):
    """Why the user may not decide on what was asked; empty if he may."""
    if measure.state != Measure.State.ASKED:
        return _("这一项已经办结。")
    if Post.OFFICE not in duties_of(user).posts:
        return _("由办公室决定。")
    if measure.asked_by_id == user.pk:
        return _("您是申请人，须由办公室另一人决定。")
    if measure.kind == Kind.BREAK_GLASS:
        hands = review_rules.people_with_a_hand([measure.page_id])[measure.page_id]
        if user.pk in hands:
            return _("您编辑过这份稿件或提交了送审，须由他人决定。")
    return ""


def why_not_countersign(measure, user):
    """Why the user may not countersign an emergency; empty if he may."""
    if not measure.awaits_countersigning:
        return _("这一项无须会签，或已会签。")
    if not duties_of(user).posts & COUNTERSIGNING:
        return _("由办公室另一人或主要领导会签。")
    if measure.asked_by_id == user.pk:
        return _("紧急撤下是您作出的，须由他人会签。")
    return ""


def may_take_back(measure, user):
    """Whoever asked may take it back while nobody has decided."""
    return measure.state == Measure.State.ASKED and measure.asked_by_id == user.pk


def may_see(measure, user):
    """Whether the user may read the measure: his department's, or all."""
    return duties_of(user).may_see(measure.department_id) or measure.asked_by_id == user.pk
