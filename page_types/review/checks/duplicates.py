"""A second page of what is public already: the same 文号, or nearly the same text.

Nothing is compared with 100,000 texts. Each public text has a signature: the smallest hash in each
of 32 bins of its shingles (MinHash by one permutation), cut into 8 keys of 4. Texts that share nine
tenths of their shingles share a key almost surely (0.99); those that share few seldom do. So a
check asks the index for 8 keys, reads the 5 pages that share most of them, and compares those
exactly. Signatures follow the ledger from the last event they know, at most `AT_ONCE` a check; the
clock (`run_scheduler`) does the rest. Six queries (five more when there are new texts), whatever
the number of pages; measured with 100,000 signatures on SQLite: 17 ms.
"""

import hashlib
import json
import re
import unicodedata

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from page_types.publication.models import Counter, Entry
from page_types.review.checks.models import SignatureBand, TextSignature
from page_types.review.checks.registry import Problem, Severity, register
from page_types.review.checks.words import own_pieces_of

SHINGLE, BINS, ROWS = 5, 32, 4
#: Characters below which texts are alike by chance, and above which the rest is not looked at.
SHORTEST, LONGEST = 200, 20_000
#: Share of common shingles from which two texts are nearly the same.
ALIKE = 0.8
#: Public texts whose signatures one check makes at most; pages compared exactly; pages named.
AT_ONCE, COMPARED, NAMED = 50, 5, 3
#: Public texts whose signatures one round of the clock makes.
A_ROUND = 1000
_NO_WORD = re.compile(r"[\W_]+")
_BRACKETS = str.maketrans("[【(<《〈﹝]】)>》〉﹞", "〔" * 7 + "〕" * 7)


def number_of(data):
    """The 文号 of a text's data as it is compared: narrow, without spaces, one sort of brackets."""
    number = unicodedata.normalize("NFKC", str(data.get("document_number") or ""))
    return "".join(number.split()).translate(_BRACKETS)[:80]


def shingles_of(text):
    """The set of hashes of all runs of five characters of a text; empty for a short one."""
    body = "".join(piece.words for piece in own_pieces_of(text) if piece.field != "title")
    words = _NO_WORD.sub("", unicodedata.normalize("NFKC", body)).casefold()[:LONGEST]
    if len(words) < SHORTEST:
        return frozenset()
    return frozenset(
        int.from_bytes(
            hashlib.blake2b(words[at : at + SHINGLE].encode(), digest_size=8).digest(), "big"
        )
        for at in range(len(words) - SHINGLE + 1)
    )


def keys_of(shingles):
    """The eight keys of a signature (63 bits each)."""
    if not shingles:
        return []
    least = [None] * BINS
    for value in shingles:
        place, value = value % BINS, value // BINS
        if least[place] is None or value < least[place]:
            least[place] = value
    for place in range(BINS):  # an empty bin borrows from the next full one
        step = 0
        while least[place] is None:
            step += 1
            least[place] = least[(place + step) % BINS]
    keys = []
    for band in range(0, BINS, ROWS):
        row = ",".join(map(str, (band, *least[band : band + ROWS])))
        digest = hashlib.blake2b(row.encode(), digest_size=8).digest()
        keys.append(int.from_bytes(digest, "big") >> 1)
    return keys


@transaction.atomic
def follow(limit=A_ROUND):
    """Make the signatures of texts that became public since the last one; returns how many."""
    if not _news().exists():
        return 0
    Counter.lock("signatures")  # of two at once, the second finds it done
    entries = list(_news().select_related("text").order_by("event")[:limit])
    rows, bands = [], []
    for entry in entries:
        number = number_of(json.loads(entry.text.content))
        rows.append(TextSignature(page_id=entry.pk, event=entry.event_id, document_number=number))
        bands += [
            SignatureBand(signature_id=entry.pk, key=key)
            for key in keys_of(shingles_of(entry.text))
        ]
    pages = [row.page_id for row in rows]
    SignatureBand.objects.filter(signature__in=pages).delete()
    TextSignature.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["page_id"],
        update_fields=["event", "document_number"],
        batch_size=500,
    )
    SignatureBand.objects.bulk_create(bands, batch_size=500)
    return len(rows)


def _news():
    """Public texts newer than the newest signature."""
    known = TextSignature.objects.aggregate(last=Max("event"))["last"] or 0
    return Entry.objects.filter(event__gt=known)


def follow_by_the_clock():
    """Called by `run_scheduler`: a sentence for its log, or nothing."""
    made = follow()
    return f"{made} 件公开文本的特征 / signatures" if made else None


def alike(text):
    """(Entry, share of common shingles) of public pages that say nearly the same, closest first."""
    shingles = shingles_of(text)
    keys = keys_of(shingles)
    if not keys:
        return []
    sharing = (
        SignatureBand.objects.filter(key__in=keys)
        .exclude(signature=text.page_id)
        .values("signature")
        .annotate(shared=Count("pk"))
        .order_by("-shared", "-signature")
        .values_list("signature", flat=True)[:COMPARED]
    )
    found = []
    for entry in Entry.objects.filter(pk__in=list(sharing)).select_related("text"):
        other = shingles_of(entry.text)
        share = len(shingles & other) / len(shingles | other) if other else 0
        if share >= ALIKE:
            found.append((entry, share))
    return sorted(found, key=lambda each: -each[1])


@register(
    name="duplicates", label=gettext_lazy("重复发布"), severity=Severity.SHOULD,
    help=gettext_lazy("与已公开的页面文号相同或内容几乎相同"),
)  # fmt: skip
def not_public_already(text, page):
    """The same document or the same words stand on another public page."""
    if page.is_column_text:
        return
    follow(AT_ONCE)
    named = set()
    if number := number_of(text.data):
        same = TextSignature.objects.filter(document_number=number).exclude(pk=page.pk)
        for entry in Entry.objects.filter(pk__in=same.values("pk"))[:NAMED]:
            named.add(entry.pk)
            yield Problem(
                "document_number",
                _("文号与已公开的“%(title)s”相同") % {"title": entry.title},
                mend=_("请核对文号；确为同一文件的，请改为链接到已公开的页面。"),
            )
    for entry, share in alike(text)[:NAMED]:
        if entry.pk not in named:
            yield Problem(
                page.speaking_fields[0],
                _("与已公开的“%(title)s”有 %(share)d%% 相同")
                % {"title": entry.title, "share": share * 100},
                mend=_("确需再发的，送审时说明；同一内容请用“同时显示在”。"),
            )
