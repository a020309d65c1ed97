"""Approved texts: one canonical form for sealing, hashing, storing and rendering.

`text_of(revision)` is the only way in. What it leaves out (housekeeping, the plan's fields) can
neither be sealed nor rendered, so that nothing unsealed reaches a visitor.
"""

import json
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.dateparse import parse_datetime
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page
from wagtail.models.reference_index import ReferenceIndex

from page_types.publication.columns import column_of
from page_types.publication.errors import PublicationRefused
from page_types.publication.schemas import check_known, upgrade

#: Fields of Wagtail's page that are text; all its others are housekeeping.
TEXT_FIELDS_OF_PAGE = {"title", "slug", "seo_title", "search_description"}


@dataclass(frozen=True)
class PageText:
    """A text in canonical form, and where it stands. `content` is JSON, `digest` its SHA-256."""

    page_id: int
    type: str
    schema: int
    content: str
    digest: str
    column_id: int
    department_id: int
    revision_id: int | None = None
    #: No text, but approved with it: when it goes public (at once if None), when it comes down.
    go_live_at: datetime | None = None
    expire_at: datetime | None = None

    @property
    def data(self):
        """The content as Python values."""
        return json.loads(self.content)

    @property
    def title(self):
        """The title as approved."""
        return self.data["title"]

    @property
    def slug(self):
        """The last part of the address; empty for home and column pages."""
        return self.data.get("slug", "")


def _housekeeping(model):
    """Names of fields that are no text: Wagtail's own, parent links, the plan's fields."""
    own = {f.name for f in Page._meta.get_fields()} - TEXT_FIELDS_OF_PAGE
    links = {link.name for link in model._meta.parents.values() if link}
    return own | links | {"pk", "wagtail_admin_comments"} | set(model.plan_fields)


def _clean_child(row, parent_links):
    """A child row without its number (given anew at each save) and without its parent's."""
    return {name: value for name, value in row.items() if name != "pk" and name not in parent_links}


def content_of(model, data):
    """The text of a page's serialised data, as a dict."""
    skipped = _housekeeping(model)
    children = {r.get_accessor_name(): r.field.name for r in get_all_child_relations(model)}
    content = {}
    for name, value in data.items():
        if name in skipped:
            continue
        if name in children:
            value = [_clean_child(row, {children[name]}) for row in value]
        elif isinstance(value, str) and name in _stream_fields(model):
            value = json.loads(value or "[]")
        content[name] = value
    if model.is_column_text:
        content.pop("slug", None)  # a column's address is the plan's, never its text's
    return content


def _stream_fields(model):
    from wagtail.fields import StreamField

    return {field.name for field in model._meta.get_fields() if isinstance(field, StreamField)}


def canonical(content):
    """One spelling: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder
    )


def text_of(revision):
    """The PageText of a revision, at its page's present place."""
    return text_of_data(revision.content_object, revision.content, revision.pk)


def text_of_data(page, data, revision_id=None):
    """The PageText of serialised data of the page `page` (a specific page row)."""
    model = type(page)
    column = column_of(page)
    if column is None or page.department_id is None:
        raise PublicationRefused(f"页面不在任何栏目中，或没有责任处室：{page}")
    content = canonical(content_of(model, data))
    return PageText(
        page_id=page.pk,
        type=model._meta.label_lower,
        schema=model.text_schema,
        content=content,
        digest=sha256(
            f"{model._meta.label_lower}\n{model.text_schema}\n{content}".encode()
        ).hexdigest(),
        column_id=column.pk,
        department_id=page.department_id,
        revision_id=revision_id,
        **({} if model.is_column_text else _dates(data)),
    )


def _dates(data):
    """Wagtail's schedule fields, as a revision (words) or a page (moments) has them.

    In whole seconds: a revision that has just been saved has finer ones than when it is read again.
    """
    found = {}
    for name in ("go_live_at", "expire_at"):
        moment = data.get(name)
        moment = parse_datetime(moment) if isinstance(moment, str) else moment
        found[name] = moment and moment.replace(microsecond=0)
    return found


def _refuse(*args, **kwargs):
    raise PublicationRefused("公开文本是只读的 / a published text is read-only")


_TREE_AND_WRITING = (
    "save", "delete", "save_revision", "move", "copy", "publish", "unpublish", "add_child",
    "add_sibling", "get_parent", "get_children", "get_ancestors", "get_descendants",
    "get_siblings", "create_alias",
)  # fmt: skip


def rebuild(text):
    """The read-only page object of a stored `Text` (or a PageText), for templates.

    Every child relation is set, absent ones empty: an absent one would read the writing side's
    live table (measured leak). `save`, `delete` and the tree's methods raise.
    """
    model = apps.get_model(text.type)
    data = upgrade(model, text.schema, json.loads(text.content))
    if settings.PORTAL_STRICT_TEXTS:
        check_known(model, data)
    for relation in get_all_child_relations(model):
        data.setdefault(relation.get_accessor_name(), [])
        data[relation.get_accessor_name()] = [
            {"pk": None, relation.field.name: None, **row}
            for row in data[relation.get_accessor_name()]
        ]
    for field in get_all_child_m2m_relations(model):
        data.setdefault(field.name, [])
    for name in _stream_fields(model):
        data[name] = json.dumps(data.get(name) or [])
    data["pk"] = getattr(text, "page_id", None)
    page = model.from_serializable_data(data, check_fks=False, strict_fks=False)
    for name in _TREE_AND_WRITING:
        setattr(page, name, _refuse)
    return page


#: digest -> what the text points at, while `references_remembered` lasts.
_remembered = ContextVar("publication_references", default=None)


@contextmanager
def references_remembered():
    """Within one command that takes texts through all their steps, each is taken apart once."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def references_of(text):
    """(model, primary key, role) of everything the text points at; role is the path of the field.

    Wagtail's reference index knows every way of pointing (foreign keys, rich text, blocks, child
    rows); its extractor is used on the rebuilt object, its table is not.
    """
    known = _remembered.get()
    if known is None:
        return list(_references_of(text))
    if text.digest not in known:
        known[text.digest] = list(_references_of(text))
    return known[text.digest]


def _references_of(text):
    from django.contrib.contenttypes.models import ContentType

    page = rebuild(text)
    seen = set()
    for type_id, object_id, model_path, _path in ReferenceIndex._extract_references_from_object(
        page
    ):
        if not str(object_id).isdigit():  # hand-made html: points at nothing
            continue
        model = ContentType.objects.get_for_id(type_id).model_class()
        found = (model, int(object_id), model_path)
        if found not in seen:
            seen.add(found)
            yield found
