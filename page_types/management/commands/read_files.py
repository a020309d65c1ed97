"""`read_files`: what the door does with every upload, done for files that were stored before it."""

import sys

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from page_types.files.errors import FileRefused
from page_types.media import PortalDocument, PortalImage
from page_types.publication.errors import PublicationRefused


class Command(BaseCommand):
    help = (
        "读取附件文字供发布检查；清除旧文件的作者信息（正在公开或已批准的文件不动，逐一列出）。\n"
        "Read attachments for the publish checks; take author metadata out of older files. Files "
        "that a sealed or public page shows stay as they are and are listed (exit code 1)."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--again",
            action="store_true",
            help="已读过的也重读（如提高上限之后） / those read before, too",
        )

    def handle(self, *args, again, **options):
        left = [line for line in self._cleaned() if line]
        for line in left:
            self.stdout.write(line)
        count = self._read(again)
        self.stdout.write(f"已读取 / read: {count}；未清理 / left: {len(left)}")
        if left:
            raise CommandError("有文件需要重新上传 / files to be uploaded anew", returncode=1)

    def _cleaned(self):
        for model in (PortalImage, PortalDocument):
            for number in _numbers(model.objects.filter(cleaned_at=None)):
                yield _take_in(model.objects.get(pk=number))

    def _read(self, again):
        wanted = (
            PortalDocument.objects.all() if again else PortalDocument.objects.filter(read_at=None)
        )
        numbers = _numbers(wanted)
        for count, number in enumerate(numbers, 1):
            PortalDocument.objects.get(pk=number).words(again=again)
            if sys.stderr.isatty():
                self.stderr.write(f"\r{count}/{len(numbers)}", ending="")
        return len(numbers)


def _numbers(rows):
    """Their keys, all read before the first row is changed."""
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _take_in(file):
    """Clean the stored file of a row; returns why not, or ""."""
    before = file.file.name
    try:
        with file.file.storage.open(before) as stored:
            content = stored.read()
        with transaction.atomic():
            file.file = ContentFile(content, name=before.rpartition("/")[2])
            file.save()
            if isinstance(file, PortalImage):
                file.renditions.all().delete()
            transaction.on_commit(lambda: file.file.storage.delete(before))
    except (FileRefused, PublicationRefused, OSError) as refused:
        return f"{file.pk} {file.title}: {_why(refused)}"
    return ""


def _why(refused):
    if isinstance(refused, OSError):
        return "找不到文件 / file missing"
    return refused.reason if isinstance(refused, PublicationRefused) else "".join(refused.messages)
