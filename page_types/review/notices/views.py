"""The list of one's notices, and the mails that were given up."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from page_types.organisation.duties import duties_of
from page_types.organisation.models import Post
from page_types.review.notices import kinds, outbox, service
from page_types.review.notices.models import Notice
from page_types.review.notices.preferences import ChoicesForm

PER_PAGE = 25


def minds_the_post(user):
    """Whether the person is told of mails that were given up: administrators."""
    return Post.ADMINISTRATOR in duties_of(user).posts


def _shown(request, found, **context):
    lines = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    for line in lines:
        line.kind_label = kinds.label_of(line.kind)
    return render(
        request,
        "review/notices/index.html",
        {"header_icon": "mail", "lines": lines, **context},
    )


@require_safe
def index(request):
    """The person's own notices, the newest first."""
    return _shown(
        request,
        Notice.objects.filter(user=request.user).order_by("-created_at", "-pk"),
        page_title=_("通知"),
        unread=service.unread(request.user),
        minds_the_post=minds_the_post(request.user),
    )


@require_safe
def opened(request, pk):
    """To what the notice is about; with that it counts as read, which may be said again and again.

    A notice about nothing that can be opened leads back to the list.
    """
    notice = get_object_or_404(Notice, pk=pk, user=request.user)
    service.mark_read(request.user, pk)
    return redirect(notice.url or "review:notices")


@require_POST
def read(request):
    """Mark one notice (`pk`) as read, or all of them."""
    pk = request.POST.get("pk", "")
    if pk.isdigit():
        service.mark_read(request.user, int(pk))
    elif not pk:
        service.mark_read(request.user)
        messages.success(request, _("全部通知已标为已读。"))
    return redirect("review:notices")


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request):
    """Which mails come at once, once a day or not at all."""
    form = ChoicesForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("已保存。"))
        return redirect("review:notice_choices")
    context = {"page_title": _("通知邮件"), "header_icon": "mail", "form": form}
    return render(request, "review/notices/choices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def failed(request):
    """Mails that were given up, to whom; an administrator has them tried again."""
    if not minds_the_post(request.user):
        raise PermissionDenied
    if request.method == "POST":
        count = outbox.try_again()
        messages.success(request, _("%(count)d 封邮件已重新排队。") % {"count": count})
        return redirect("review:notices")
    return _shown(
        request,
        outbox.failed().select_related("user").order_by("-created_at", "-pk"),
        page_title=_("发送失败的邮件"),
        post=True,
    )
