"""`manage.py load_demo`: the demonstration, through the real review."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from page_types.publication import demo
from search.indexing import put_off
from structure.demo_content import DemoError, read_content
from structure.demo_content import small as sample
from structure.demo_review import Loader, in_bulk
from structure.people import PeopleError, read_people


class Command(BaseCommand):
    help = (
        "载入演示内容：由演示人员起草、逐环节审核、发布，另有待审和被退回的稿件；已载入的不再载入。"
        " / Loads the demonstration: drafted, reviewed and published by its people, with drafts "
        "waiting and one returned; what is loaded already is left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            default=None,
            metavar="YYYY-MM-DD",
            help="显示的发布日期以哪一天为准，默认今天 / the day that shown dates are counted from",
        )
        parser.add_argument(
            "--small",
            action="store_true",
            help="只载入一部分，每种页面至少一条 / only a part, with every type of page once",
        )
        parser.add_argument(
            "--progress",
            action="store_true",
            help="逐条显示进度；在终端中总是显示 / a line for each text; always so on a terminal",
        )

    def handle(self, *, as_of, small, progress, **options):
        try:
            items = sample(read_content()) if small else read_content()
            loader = Loader(read_people(), as_of or timezone.localdate())
        except (DemoError, PeopleError, OSError) as error:
            raise CommandError(str(error)) from error
        loaded = 0
        with in_bulk(), put_off():
            for number, item in enumerate(items, 1):
                if progress or self.stdout.isatty():
                    self.stdout.write(f"{number}/{len(items)} {item.title}")
                loaded += self._load(loader, item, loaded)
            loaded += sum(load(loader.as_of) for load in demo.loaders())
        self.stdout.write(
            f"载入演示内容 {loaded} 条 / {loaded} texts loaded"
            if loaded
            else "演示内容均已载入，没有变化 / everything is loaded already, no changes"
        )

    def _load(self, loader, item, loaded):
        try:
            return loader.load(item)
        except (DemoError, PermissionDenied, ValidationError, KeyError, TypeError) as error:
            raise CommandError(
                f"{item.key}: {error}\n已载入 {loaded} 条，其余未载入；处理后再次运行即可 / "
                f"{loaded} loaded, the rest not; mend it and run again"
            ) from error
