"""What comes first for a query: pinning, taking away, changing the order; each is logged."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from search.desk.rights import may_enter
from search.documents import SearchDocument
from search.visibility import visible
from search.vocabulary_models import PinnedResult, folded

PINNED, UNPINNED, MOVED = "search.pin", "search.unpin", "search.pin_moved"
#: More than a handful of recommended results hide what was found.
MOST = 5
LONGEST = PinnedResult._meta.get_field("query").max_length


def pins_of(query):
    """The pins of a query, in order; each with `document`, None where it is not public now."""
    pins = list(PinnedResult.objects.filter(query=folded(query)))
    found = SearchDocument.objects.filter(object_id__in=[pin.object_id for pin in pins])
    public = visible(found.defer("title_folded", "body_folded", "body"))
    documents = {(each.source, each.object_id): each for each in public}
    for pin in pins:
        pin.document = documents.get((pin.source, pin.object_id))
    return pins


@transaction.atomic
def pin(user, query, source, object_id):
    """Put a public result first for this query, below what is pinned already.

    Raises ValidationError for a query too long or empty, too many pins, what nobody may see.
    """
    query = _asked(user, query)
    document = SearchDocument.objects.filter(source=source, object_id=object_id).first()
    if document is None or not visible([document]):
        raise ValidationError(_("这一条现在没有公开，不能推荐。"))
    pins = list(PinnedResult.objects.filter(query=query))
    if any((each.source, each.object_id) == (source, object_id) for each in pins):
        return
    if len(pins) >= MOST:
        raise ValidationError(
            _("一个检索词最多推荐 %(count)d 条，请先取消一条。") % {"count": MOST}
        )
    made = PinnedResult.objects.create(
        query=query,
        source=source,
        object_id=object_id,
        title=document.title,
        position=max((each.position for each in pins), default=0) + 1,
    )
    log(made, PINNED, user=user, data={"query": query, "title": document.title})


@transaction.atomic
def unpin(user, query, source, object_id):
    """No longer first for this query."""
    query = _asked(user, query)
    found = PinnedResult.objects.filter(query=query, source=source, object_id=object_id).first()
    if found is not None:
        log(found, UNPINNED, user=user, data={"query": query, "title": found.title}, deleted=True)
        found.delete()


@transaction.atomic
def raise_pin(user, query, source, object_id):
    """One place up among the pins of this query."""
    query = _asked(user, query)
    pins = list(PinnedResult.objects.filter(query=query))
    place = next(
        (n for n, each in enumerate(pins) if (each.source, each.object_id) == (source, object_id)),
        0,
    )
    if place:
        pins[place - 1], pins[place] = pins[place], pins[place - 1]
        for position, each in enumerate(pins, 1):
            each.position = position
            each.save(update_fields=["position"])
        moved = pins[place - 1]
        log(moved, MOVED, user=user, data={"query": query, "title": moved.title})


def _asked(user, query):
    """The query as it is compared; only for people of the desk."""
    if not may_enter(user):
        raise PermissionDenied
    query = folded(query)
    if not query or len(query) > LONGEST:
        raise ValidationError(_("请填写检索词，不超过 %(count)d 个字。") % {"count": LONGEST})
    return query
