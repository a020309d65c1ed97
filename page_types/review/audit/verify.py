"""Finding what was done to the trail: changed, cut, reordered, forged, left out.

One pass over the entries in batches, so that memory does not grow with them; the heads (one a day)
are walked along. Then the sources are asked the other way round.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from page_types.review.audit import chain, counter, heads
from page_types.review.audit.adoption import has_begun, without_entry
from page_types.review.audit.models import AuditAddress, AuditEntry, AuditOutbox
from page_types.review.audit.retention import LEAST_DAYS
from page_types.review.audit.sources import FOLLOWED

BATCH = 1000
#: The clock numbers every minute; what is older waits for nobody.
LEFT_OVER = timedelta(minutes=15)
#: A head is written every day; a trail without a younger one than this has an open tail.
HEAD_DUE = timedelta(days=2)


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be: `where` names the entry, row or head."""

    where: str
    what: str


def findings(progress=lambda done, total: None):
    """Yield every Finding; none means that the trail is whole."""
    walk = _Walk()
    total, after = AuditEntry.objects.count(), -(2**62)
    while batch := list(AuditEntry.objects.filter(number__gt=after).order_by("number")[:BATCH]):
        yield from walk.batch(batch)
        after = batch[-1].number
        progress(walk.count, total)
    yield from walk.end()
    yield from _twice()
    yield from _left_out()
    yield from _left_over()


def _entry(entry):
    return _("第 %(number)d 条（%(action)s %(label)s）") % {
        "number": entry.number,
        "action": entry.action,
        "label": entry.label[:40],
    }


class _Walk:
    """What is carried from one batch to the next."""

    def __init__(self):
        self.keys = chain.keys()
        self.count, self.last_number, self.last_mac = 0, 0, ""
        self.heads, self.problems = [], []
        self._read_heads()

    # ---- the heads -------------------------------------------------------------------------------
    def _read_heads(self):
        previous = ""
        try:
            for head in heads.read():
                key = self.keys.get(head.key_id)
                if key is None or not chain.same(head.seal, head.seal_with(key)):
                    self._head(head, _("账头的校验码不符：被改动，或密钥不对"))
                elif head.previous != previous:
                    self._head(head, _("与上一账头不相接：中间的账头被删去或改动"))
                previous = head.seal
                self.heads.append(head)
        except heads.HeadsUnreadable as error:
            self.problems.append(Finding(str(error), _("账头文件的这一行不能读取")))
        self.heads.sort(key=lambda head: head.number)
        self.next_head = 0

    def _head(self, head, what):
        self.problems.append(Finding(_("%(day)s 的账头") % {"day": head.day}, what))

    def _heads_up_to(self, number):
        """Heads whose entry should have come before or with this number, one by one."""
        while self.next_head < len(self.heads) and self.heads[self.next_head].number <= number:
            yield self.heads[self.next_head]
            self.next_head += 1

    # ---- the entries -----------------------------------------------------------------------------
    def batch(self, entries):
        """Findings about a batch of entries that follow each other."""
        yield from self.problems
        self.problems = []
        sources = {each.name.value: _Sources(each, entries) for each in FOLLOWED}
        addresses = AuditAddress.objects.in_bulk([entry.number for entry in entries])
        for entry in entries:
            yield from self._one(entry)
            yield from self._address(entry, addresses.get(entry.number))
            if entry.source in sources:
                yield from sources[entry.source].compare(entry)

    def _one(self, entry):
        if entry.number > self.last_number + 1:
            yield from self._gap(self.last_number + 1, entry.number - 1)
        for head in self._heads_up_to(entry.number - 1):
            self._head(head, _("账头所记的第 %(number)d 条已不存在") % {"number": head.number})
        self.count += 1
        key = self.keys.get(entry.key_id)
        if key is None:
            yield Finding(_entry(entry), _("签名所用的密钥不在配置中：伪造，或缺少旧密钥"))
        elif not chain.same(entry.mac, chain.mac_of(entry, key)):
            yield Finding(_entry(entry), _("内容与校验码不符：字段或编号被改动，或整条是伪造的"))
        elif entry.previous != self.last_mac:
            yield Finding(_entry(entry), _("与前一条不相接：前面有记录被删去、插入、调换或改动"))
        for head in self._heads_up_to(entry.number):
            if head.mac != entry.mac:
                self._head(head, _("第 %(number)d 条已不是当日的那一条") % {"number": head.number})
            elif head.count != self.count:
                self._head(
                    head,
                    _("当日共 %(then)d 条，现在只有 %(now)d 条")
                    % {"then": head.count, "now": self.count},
                )
        self.last_number, self.last_mac = entry.number, entry.mac
        yield from self.problems
        self.problems = []

    def _gap(self, first, last):
        numbers = str(first) if first == last else f"{first}–{last}"
        yield Finding(_("第 %(numbers)s 条") % {"numbers": numbers}, _("缺失：编号不连续"))

    def _address(self, entry, kept):
        if not entry.address_mac:
            if kept is not None:
                yield Finding(_entry(entry), _("网络地址是后加的"))
        elif kept is None:
            if timezone.now() - entry.at < timedelta(days=LEAST_DAYS):
                yield Finding(_entry(entry), _("网络地址在保存期内被删除"))
        elif key := self.keys.get(entry.key_id):
            if entry.address_mac != chain.address_mac(kept.address, entry.number, key):
                yield Finding(_entry(entry), _("网络地址被改动"))

    # ---- the end ---------------------------------------------------------------------------------
    def end(self):
        """Findings about the tail: cut before the last head, or since."""
        for head in self._heads_up_to(float("inf")):
            self._head(
                head, _("账头所记的第 %(number)d 条已不存在：末尾被截去") % {"number": head.number}
            )
        given = counter.value()
        if given > self.last_number:
            yield from self._gap(self.last_number + 1, given)
        elif given < self.last_number:
            yield Finding(_("计数"), _("计数小于末条的编号：计数被改动"))
        yield from self.problems
        yield from self._heads_in_time()

    def _heads_in_time(self):
        """Heads from the beginning on, and a young one: else somebody could do without them."""
        begun = AuditEntry.objects.order_by("number").values_list("entered_at", flat=True).first()
        if begun is None or timezone.now() - begun < HEAD_DUE:
            return
        written = [datetime.fromisoformat(head.at) for head in self.heads]
        if not written or max(written) < timezone.now() - HEAD_DUE:
            what = _("两天以上没有新的账头：请检查 run_scheduler，或账头文件被删去")
            yield Finding(str(heads.path()), what)
        elif min(written) > begun + HEAD_DUE:
            yield Finding(str(heads.path()), _("审计启用之初的账头不存在：账头文件被删去后重建"))


class _Sources:
    """The rows of one source that a batch of entries tells of."""

    def __init__(self, followed, entries):
        self.followed = followed
        numbers = [entry.source_id for entry in entries if entry.source == followed.name]
        self.rows = followed.model._base_manager.in_bulk(numbers)

    def compare(self, entry):
        """Whether the row is there and says what it said."""
        row = self.rows.get(entry.source_id)
        name = f"{self.followed.model._meta.db_table} #{entry.source_id}"
        if row is None:
            yield Finding(_entry(entry), _("来源 %(row)s 已不存在") % {"row": name})
        elif self.followed.digest(row) != entry.source_digest:
            yield Finding(_entry(entry), _("来源 %(row)s 被改动") % {"row": name})


def _twice():
    """The same source in two entries: one of them is forged."""
    found = (
        AuditEntry.objects.filter(source_id__isnull=False)
        .values("source", "source_id")
        .annotate(times=Count("number"))
        .filter(times__gt=1)
        .order_by("source", "source_id")
    )
    for row in found.iterator(chunk_size=BATCH):
        where = f"{row['source']} #{row['source_id']}"
        yield Finding(where, _("同一来源有 %(times)d 条审计记录") % {"times": row["times"]})


def _left_out():
    """Source rows of which no entry tells. Before the trail has begun there are such rows."""
    if not has_begun():
        yield Finding(_("审计"), _("尚未启用：请运行 sequence_audit 或 run_scheduler"))
        return
    for followed in FOLLOWED:
        for row in without_entry(followed).order_by("pk").iterator(chunk_size=BATCH):
            where = f"{followed.model._meta.db_table} #{row.pk}"
            yield Finding(where, _("没有相应的审计记录：绕过门户写入，或审计记录被删去"))


def _left_over():
    """What should have been numbered long ago."""
    limit = timezone.now() - LEFT_OVER
    old = AuditOutbox.objects.filter(noted_at__lt=limit).order_by("pk")
    for row in old.iterator(chunk_size=BATCH):
        where = _("待编号 #%(pk)d（%(action)s）") % {"pk": row.pk, "action": row.action}
        yield Finding(where, _("久未编号：请检查 run_scheduler 是否在运行"))
