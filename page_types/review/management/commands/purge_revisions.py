"""`purge_revisions`: core's command, sparing every revision that was ever under review.

Core keeps the latest, the scheduled and those now in moderation; a task state hangs on its revision
and is deleted with it, so that core deletes the evidence of who approved what, and live revisions.
"""

from datetime import timedelta

from django.db.models.deletion import ProtectedError
from django.utils import timezone
from wagtail.management.commands import purge_revisions as core
from wagtail.models import Page, Revision


def purgeable(days=None, pages=False, non_pages=False):
    """Revisions that are neither evidence nor in use."""
    revisions = Revision.objects.filter(task_states=None, approved_go_live_at=None)
    if pages != non_pages:
        chosen = (
            Revision.objects.page_revisions() if pages else Revision.objects.not_page_revisions()
        )
        revisions = revisions.filter(pk__in=chosen.values("pk"))
    in_use = Page.objects.exclude(live_revision=None).values("live_revision")
    revisions = revisions.exclude(pk__in=in_use)
    if days is not None:
        revisions = revisions.filter(created_at__lt=timezone.now() - timedelta(days=days))
    return revisions


class Command(core.Command):
    help = (
        "删除多余的草稿版本；最新的、公开的、送审过的都保留。\n"
        "Delete spare revisions; the latest, the live and all that were under review are kept."
    )

    def handle(self, *args, **options):
        deleted = kept = 0
        wanted = {name: options.get(name) for name in ("days", "pages", "non_pages")}
        for revision in purgeable(**wanted).iterator():
            if revision.is_latest_revision():
                continue
            try:
                revision.delete()
                deleted += 1
            except ProtectedError:
                kept += 1
        self.stdout.write(f"已删除 / deleted: {deleted}；保留 / kept: {kept}")
