"""Authorities that stand on a recorded measure: two different persons, each with the post it takes.

What was asked is read again from the database: kind, page and facts must be those of the record,
which counts once.
"""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from page_types.organisation.models import Appointment, Post
from page_types.publication import measures
from page_types.publication.authorities import Authority, Sealed
from page_types.publication.errors import PublicationRefused
from page_types.publication.files import files_of
from page_types.publication.models import Event, Measure, Seal
from page_types.publication.models.events import page_subject
from page_types.publication.seals import seen_of
from page_types.publication.verify import digest_of
from page_types.publication.versions import PUBLICATIONS, withdrawals_of


def held(user, posts, moment):
    """Whether the (active) user held one of the posts on the day of the moment."""
    appointments = Appointment.objects.current(localtime(moment).date())
    return user.is_active and appointments.filter(user=user, post__in=posts).exists()


@dataclass
class Measured(Authority):
    """The base: a measure asked for by one person and decided by another, who holds the office."""

    measure: Measure
    kind = ""

    def _prove_measure(self, page_id):
        """The record, read again; raises PublicationRefused."""
        measure = self.measure = measures.read(self.measure.pk)
        if (measure.kind, measure.page_id, measure.state) != (
            self.kind,
            page_id,
            Measure.State.ASKED,
        ):
            raise PublicationRefused(_("没有对这个页面作此处置的依据，或依据已经用过。"))
        self._prove_people(measure)
        return measure

    def _prove_people(self, measure):
        if measure.second_by_id in (None, measure.asked_by_id):
            raise PublicationRefused(_("须由另一人决定：申请人和决定人不能是同一人。"))
        if not held(measure.second_by, [Post.OFFICE], measure.second_at):
            raise PublicationRefused(_("须由办公室决定。"))

    def spend(self, event):
        measures.end(self.measure, Measure.State.DONE, event)

    def detail(self):
        measure = self.measure
        return {
            "measure": measure.pk,
            "asked_by": measure.asked_by_id,
            "second_by": measure.second_by_id,
        }


class Withdrawal(Measured):
    """Asked for with a reason, approved by the office."""

    name, kind = "withdrawal", Measure.Kind.WITHDRAW

    def prove_withdrawal(self, entry, reason_kind, successor_page_id):
        measure = self._prove_measure(entry.pk)
        if (measure.reason_kind, measure.detail.get("successor")) != (
            reason_kind,
            successor_page_id,
        ):
            raise PublicationRefused(_("撤下的原因与批准的不同。"))


class EmergencyWithdrawal(Withdrawal):
    """One officer of office or information centre at once; to be countersigned afterwards."""

    name, kind = "emergency-withdrawal", Measure.Kind.EMERGENCY

    def _prove_people(self, measure):
        if not held(measure.asked_by, [Post.OFFICE, Post.CENTRE], measure.asked_at):
            raise PublicationRefused(_("只有办公室、信息中心可以紧急撤下。"))
        if measure.countersign_due is None:
            raise PublicationRefused(_("紧急撤下须注明会签期限。"))


class Former(Measured):
    """The base of authorities over a text that was public before: unaltered, files included."""

    def _prove_text(self, text, event):
        """That `event` made exactly this text of the page public, with the files of today."""
        if digest_of(text) != text.digest:
            raise PublicationRefused(_("存档的文本与其摘要不符，不能公开，请系统管理员核对台账。"))
        if event is None or event.text_id != text.digest or event.what not in PUBLICATIONS:
            raise PublicationRefused(_("这不是此页公开过的文本。"))
        if [list(key) for key in event.detail.get("files", [])] != [
            list(file.key) for file in files_of(text)
        ]:
            raise PublicationRefused(_("当时的附件或图片已经变动，不能直接恢复，请改稿后送审。"))


class Reinstatement(Former):
    """The last public text of a withdrawn page."""

    name, kind, what = "reinstatement", Measure.Kind.REINSTATE, Event.What.REINSTATED

    def prove(self, text, entry):
        self._prove_measure(text.page_id)
        if entry is not None or not withdrawals_of(text.page_id):
            raise PublicationRefused(_("页面没有撤下，无须恢复公开。"))
        last = Event.objects.filter(subject=page_subject(text.page_id), what__in=PUBLICATIONS)
        self._prove_text(text, last.order_by("number").last())


class EarlierText(Former):
    """A text of the page that was public before the present one."""

    name, kind, what = "earlier-text", Measure.Kind.EARLIER, Event.What.RESTORED

    def prove(self, text, entry):
        measure = self._prove_measure(text.page_id)
        if entry is not None and entry.text_id == text.digest:
            raise PublicationRefused(_("这就是现在公开的文本。"))
        past = Event.objects.filter(subject=page_subject(text.page_id))
        self._prove_text(text, past.filter(pk=measure.detail.get("event")).first())


class Move(Measured):
    """To another column: address and listings change, never the text."""

    name, kind = "move", Measure.Kind.MOVE

    def prove_move(self, entry, column):
        if self._prove_measure(entry.pk).detail.get("column") != column.pk:
            raise PublicationRefused(_("要移到的栏目与批准的不同。"))


class Blanking(Measured):
    """Removing the words of a text that was hidden because of personal data."""

    name, kind = "blanking", Measure.Kind.BLANK

    def prove_blanking(self, page_id):
        self._prove_measure(page_id)


class BreakGlass(Measured):
    """A text in review goes public without all its seals: administrator and office together.

    For the day on which a chain cannot be completed. The office must not have written the text; the
    event says which steps are missing.
    """

    name, kind = "break-glass", Measure.Kind.BREAK_GLASS

    def prove(self, text, entry):
        measure = self._prove_measure(text.page_id)
        if measure.detail.get("seen") != seen_of(text):
            raise PublicationRefused(_("稿件或附件在申请之后又有改动，请重新申请。"))
        if measure.second_by_id in _writers(text.page_id):
            raise PublicationRefused(_("决定人编辑过这份稿件，须由他人决定。"))

    def _prove_people(self, measure):
        super()._prove_people(measure)
        asker = measure.asked_by
        if not (
            (asker.is_superuser and asker.is_active)
            or held(asker, [Post.ADMINISTRATOR], measure.asked_at)
        ):
            raise PublicationRefused(_("应急发布只能由系统管理员提出。"))

    def detail(self):
        more = {name: self.measure.detail.get(name) for name in ("review", "missing")}
        seals = Seal.objects.filter(chain__review_id=more["review"], state=Seal.State.VALID)
        return {
            **super().detail(),
            **more,
            "seals": [[seal.step, seal.by_id, seal.at.isoformat()] for seal in seals],
        }


def _writers(page_id):
    """Who wrote the page since a chain last published it."""
    sealed = Event.objects.filter(subject=page_subject(page_id), authority=Sealed.name)
    last = sealed.order_by("number").last()
    revisions = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id=str(page_id)
    )
    if last:
        revisions = revisions.filter(created_at__gt=last.settled_at)
    return set(revisions.values_list("user_id", flat=True))
