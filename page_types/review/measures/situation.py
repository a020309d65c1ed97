"""How a page stands, as far as measures ask: each fact read once, so that a screen can ask all."""

from functools import cached_property

from wagtail.models import WorkflowState

from page_types.publication import versions
from page_types.publication.columns import column_of
from page_types.publication.models import Entry, Listing, Measure, Schedule, Text


class Situation:
    """A page (specific), its entry, review, schedules and past."""

    def __init__(self, page):
        self.page = page

    @cached_property
    def column(self):
        """The Column record of the page, or None."""
        return column_of(self.page)

    @cached_property
    def entry(self):
        """What is public of the page now, or None."""
        return Entry.objects.select_related("column", "department").filter(pk=self.page.pk).first()

    @cached_property
    def review(self):
        """The running review, or None; a returned text is in nobody's review."""
        review = self.page.current_workflow_state
        running = review and review.status == WorkflowState.STATUS_IN_PROGRESS
        return review if running else None

    @cached_property
    def schedules(self):
        """What waits for its time, or could not be carried out."""
        return list(Schedule.objects.filter(page_id=self.page.pk, state__in=Schedule.OPEN))

    @property
    def goes_live_later(self):
        """Whether an approved text waits to go out."""
        return any(s.what == Schedule.What.GO_LIVE for s in self.schedules)

    @cached_property
    def versions(self):
        """The public versions that may be shown."""
        return versions.versions_of(self.page.pk)

    @property
    def earlier(self):
        """Versions that are not the present public text."""
        now = self.entry and self.entry.text_id
        return [version for version in self.versions if version.event.text_id != now]

    @cached_property
    def withdrawals(self):
        return versions.withdrawals_of(self.page.pk)

    @cached_property
    def hidden(self):
        return versions.hidden_by(self.withdrawals)

    @property
    def last_text(self):
        """The event of the text that was public last and was not hidden; None if there is none."""
        if not self.withdrawals or self.withdrawals[-1].text_id in self.hidden:
            return None
        return self.versions[-1].event

    @property
    def has_words_to_blank(self):
        return Text.objects.filter(pk__in=self.hidden).exclude(content="").exists()

    @cached_property
    def is_pinned(self):
        return Listing.objects.filter(entry_id=self.page.pk, own=True, pinned__gt=0).exists()

    @cached_property
    def asked(self):
        """Kind -> the measure of that kind that waits for a decision."""
        waiting = Measure.objects.filter(page_id=self.page.pk, state=Measure.State.ASKED)
        return {measure.kind: measure for measure in waiting}
