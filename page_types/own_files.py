"""Pictures and documents that a form names: only those which its user may choose.

A block's form knows no user. A hand-made request could put another department's file into one's own
text by its number, and the answer would show the file's title. What the stored text shows already
stays: it was chosen by whoever might.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.blocks.struct_block import StructValue
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage


class OwnFiles:
    """Keeps foreign files out of one form: `guard()` its fields, then `refuse()` in its clean."""

    def __init__(self, user, page):
        self.user, self.page, self.foreign, self._known = user, page, False, None

    def guard(self, form):
        """Widgets of the form give nothing for a file that is not the user's."""
        for field in form.fields.values():
            widget = field.widget
            if hasattr(widget, "block_def"):
                read = widget.value_from_datadict
                widget.value_from_datadict = lambda *args, read=read: self._stripped(read(*args))
            elif isinstance(widget, BaseChooser) and issubclass(
                widget.model_class, AbstractImage | AbstractDocument
            ):
                find = widget.get_instance
                widget.get_instance = lambda value, find=find: self._own(find(value))
                read = widget.value_from_datadict
                widget.value_from_datadict = lambda *args, read=read, find=find: self._own_id(
                    read(*args), find
                )

    def refuse(self):
        """Raise, once a foreign file was found."""
        if self.foreign:
            raise ValidationError(
                _("您选用了本处室以外的图片或文件，已去掉。请从您的图片、文件中重新选择。")
            )

    def _own(self, file):
        if file is None or self._may(file):
            return file
        self.foreign = True
        return None

    def _own_id(self, value, find):
        return value if not value or self._own(find(value)) else None

    def _may(self, file):
        # Core asks for our models when these are imported.
        from wagtail.documents.permissions import permission_policy as documents
        from wagtail.images.permissions import permission_policy as images

        policy = images if isinstance(file, AbstractImage) else documents
        if policy.user_has_permission_for_instance(self.user, "choose", file):
            return True
        return (type(file), file.pk) in self._shown_already()

    def _shown_already(self):
        """Files in the text as it is stored."""
        if self._known is None:
            self._known = set()
            stored = type(self.page).objects.filter(pk=self.page.pk).first()
            draft = stored and stored.get_latest_revision_as_object()
            for page in filter(None, (stored, draft)):
                for field in page._meta.get_fields():
                    value = getattr(page, field.name, None) if field.concrete else None
                    self._known |= {(type(file), file.pk) for file in _files(value)}
        return self._known

    def _stripped(self, value):
        """The value of a block's form with nothing where a foreign file was."""
        for holder, key, file in _places(value):
            if self._own(file) is None:
                _put(holder, key, None)
        return value


def _files(value):
    if isinstance(value, AbstractImage | AbstractDocument):
        return [value]
    return [file for _holder, _key, file in _places(value)]


def _places(value):
    """(what holds it, by which key, file) for every file in the value of a block."""
    if isinstance(value, StructValue):
        found = [(value, key, value[key]) for key in value]
    elif isinstance(value, StreamValue):
        found = [(child, "value", child.value) for child in value]
    elif isinstance(value, ListValue):
        found = [(child, "value", child.value) for child in value.bound_blocks]
    else:
        return
    for holder, key, inner in found:
        if isinstance(inner, AbstractImage | AbstractDocument):
            yield holder, key, inner
        else:
            yield from _places(inner)


def _put(holder, key, value):
    if isinstance(holder, StructValue):
        holder[key] = value
    else:
        setattr(holder, key, value)
