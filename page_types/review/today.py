"""What must I do today? One short sentence a duty, the most pressing first."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from page_types.organisation.models import Appointment, Post, User
from page_types.review.queues import waited

#: A column that must be updated within so many days is named, and how many are named at most.
SOON_DAYS, NAMED = 3, 3
#: An appointment that ends within so many days is named to the administrator.
ENDING_DAYS = 14


@dataclass(frozen=True)
class Sentence:
    """One thing to do, with the address where it is done; `pressing` ones come first."""

    text: str
    url: str = ""
    pressing: bool = True


_sources = []


def register(source):
    """Let `source(desk)` add sentences to everybody's home; usable as a decorator."""
    if source not in _sources:
        _sources.append(source)
    return source


def sentences(desk):
    """All sentences of a desk (`panels.Desk`), by the posts its holder has today."""
    found = [sentence for source in _sources for sentence in source(desk)]
    duties = desk.duties
    if duties.officer_of:
        found += [*_of_drafts(desk.drafts), *_of_columns(desk.columns)]
    if desk.reviews:
        found += _of_queue(desk.waiting)
    if duties.sees_all:
        found += [*_of_bureau_columns(desk.behind), *_of_running(desk.everything)]
    if Post.ADMINISTRATOR in duties.posts:
        found += _of_people(desk.vacancies)
    return sorted(found, key=lambda sentence: not sentence.pressing)


def _of_drafts(drafts):
    summary = drafts.summary
    if summary["returned"] == 1:
        first = drafts[0]
        yield Sentence(_("“%(title)s”被退回，请修改后重新送审") % {"title": first.title}, first.url)
    elif summary["returned"]:
        yield Sentence(
            _("有 %(count)d 件稿件被退回，请修改后重新送审") % {"count": summary["returned"]},
            "#my-drafts",
        )
    if summary["unsent"]:
        yield Sentence(
            _("有 %(count)d 件草稿还没有送审，最早的已放 %(since)s")
            % {"count": summary["unsent"], "since": waited(summary["oldest"])},
            "#my-drafts",
            pressing=False,
        )


def _of_columns(lines):
    owned = [line for line in lines if line.owned]
    overdue = [line for line in owned if line.overdue]
    for line in overdue[:NAMED]:
        yield Sentence(
            _("您的栏目“%(title)s”已 %(days)d 天没有更新，更新周期 %(period)d 天")
            % {"title": line.title, "days": line.days, "period": line.period},
            line.new_url,
        )
    if more := overdue[NAMED:]:
        yield Sentence(_("另有 %(count)d 个栏目逾期") % {"count": len(more)}, "#my-columns")
    for line in owned:
        if not line.overdue and line.days_left is not None and line.days_left <= SOON_DAYS:
            yield Sentence(
                _("您的栏目“%(title)s”须在 %(left)d 天内更新")
                % {"title": line.title, "left": line.days_left}
                if line.days_left
                else _("您的栏目“%(title)s”须在今天更新") % {"title": line.title},
                line.new_url,
            )
    owed = [line for line in owned if line.owed]
    if len(owed) == 1:
        yield Sentence(
            _("您的栏目“%(title)s”还没有内容，更新周期 %(period)d 天")
            % {"title": owed[0].title, "period": owed[0].period},
            owed[0].new_url,
        )
    elif owed:
        yield Sentence(_("您有 %(count)d 个栏目还没有内容") % {"count": len(owed)}, "#my-columns")


def _of_queue(waiting):
    summary = waiting.summary
    if summary.mine:
        told = _("有 %(count)d 件稿件待您审核，最早的已等 %(since)s") % {
            "count": summary.mine,
            "since": waited(summary.oldest_of_mine),
        }
        if summary.late:
            told += _("，%(count)d 件已逾期") % {"count": summary.late}
        url = waiting.first_url() if summary.mine == 1 else "#review-queue"
        yield Sentence(told, url)
    if summary.barred:
        yield Sentence(
            _("有 %(count)d 件稿件您参与过，须由他人审核") % {"count": summary.barred},
            "#review-queue",
            pressing=False,
        )


def _of_bureau_columns(behind):
    overdue = [line for line in behind if line.overdue]
    if overdue:
        worst = overdue[0]
        yield Sentence(
            _("全局有 %(count)d 个栏目逾期，最久的是%(owners)s的“%(title)s”：%(days)d 天没有更新")
            % {
                "count": len(overdue),
                "title": worst.title,
                "owners": worst.owners,
                "days": worst.days,
            },
            reverse("review:columns"),
        )
    if empty := len(behind) - len(overdue):
        yield Sentence(
            _("全局有 %(count)d 个应当更新的栏目还没有内容") % {"count": empty},
            reverse("review:columns"),
            pressing=False,
        )


def _of_running(everything):
    if everything:
        yield Sentence(
            _("全局有 %(count)d 件稿件在审核中，其中最早的在现环节已等 %(since)s")
            % {"count": len(everything), "since": waited(everything.summary.oldest)},
            reverse("review:queue"),
            pressing=False,
        )


def _of_people(vacant):
    if vacant:
        yield Sentence(
            _("有 %(count)d 个岗位无人任职，相关稿件会停在那里：%(posts)s")
            % {
                "count": len(vacant),
                "posts": "、".join(map(str, vacant[:NAMED])) + ("……" if vacant[NAMED:] else ""),
            },
            reverse("appointments:add"),
        )
    today = timezone.localdate()
    ending = Appointment.objects.current().filter(ends__lte=today + timedelta(days=ENDING_DAYS))
    if count := ending.filter(user__is_active=True).count():
        yield Sentence(
            _("有 %(count)d 项任职将在 %(days)d 天内到期") % {"count": count, "days": ENDING_DAYS},
            reverse("appointments:index"),
            pressing=False,
        )
    people = User.objects.filter(is_active=True)
    without = people.exclude(appointments__in=Appointment.objects.current()).exclude(
        is_superuser=True
    )
    if count := without.count():
        yield Sentence(
            _("有 %(count)d 个账号没有任何岗位，请任职或停用") % {"count": count},
            reverse("appointments:add"),
            pressing=False,
        )
    if count := people.filter(must_change_password=True).count():
        yield Sentence(
            _("有 %(count)d 个账号还没有修改初始密码") % {"count": count},
            reverse("wagtailusers_users:index"),
            pressing=False,
        )
