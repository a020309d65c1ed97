"""Wagtail's upload forms: every screen and chooser that takes a file uses one of these two."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from page_types.files.intake import take_in
from page_types.files.reading import read
from page_types.publication.errors import PublicationRefused
from page_types.publication.files import refuse_if_held


class _TakesIn:
    """Cleans the file while the form is checked: what is refused is told at its field.

    Core's document form deletes the old file before it saves the row; a refusal at saving would
    come too late for a file that a public page shows.
    """

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        try:
            refuse_if_held(self.instance)
        except PublicationRefused as refused:
            raise ValidationError(refused.reason) from refused
        return take_in(file, file.name, self.instance.most_bytes())


class DocumentForm(_TakesIn, BaseDocumentForm):
    """Documents are read at once, too: the publish checks look for personal data in their words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self["title"].help_text = self.instance.told()

    def save(self, commit=True):
        if "file" in self.changed_data:
            file = self.cleaned_data["file"]
            self.instance.note_clean(file)
            self.instance.note_reading(read(file.cleaned.content))
        return super().save(commit)


class ImageForm(_TakesIn, BaseImageForm):
    """Core's field asks a picture for its size unguarded: a torn one would be an error 500."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:  # not in the form of a picture that was uploaded before
            look = self.fields["file"].to_python
            self.fields["file"].to_python = lambda data: _looked_at(look, data)


def _looked_at(look, data):
    try:
        return look(data)
    except ValidationError:
        raise
    except Exception as error:
        raise ValidationError(_("图片已损坏，打不开。请重新导出后再上传。")) from error
