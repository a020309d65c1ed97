"""`manage.py search_index`: bring the index up to date, build it anew, or compare it."""

import time

from django.core.management.base import BaseCommand, CommandError

from search import indexing, rebuilding, title_words
from search.backends import engine
from search.backends.base import EngineDown

#: Differences that are listed; the rest is counted.
LISTED = 50
#: Seconds between two lines of progress.
BETWEEN = 2


class Command(BaseCommand):
    help = (
        "更新检索索引；--rebuild 在旁边重建后切换，中断后再次运行即续建；--verify 与公开内容核对，"
        "有出入时退出码为 1。 / Brings the search index up to date; --rebuild builds it beside the "
        "live one and swaps, a second run resumes one cut short; --verify compares it with what is "
        "public and exits with 1 when they differ."
    )

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--rebuild", action="store_true", help="重建 / build anew, then swap")
        which.add_argument("--verify", action="store_true", help="核对 / compare, change nothing")
        parser.add_argument(
            "--anew",
            action="store_true",
            help="重建时文档也全部重新生成 / with --rebuild: every document is made again, too",
        )
        parser.add_argument(
            "--restart",
            action="store_true",
            help="放弃未完成的重建，从头开始 / with --rebuild: give up one cut short",
        )

    def handle(self, *, rebuild, verify, anew, restart, **options):
        try:
            if verify:
                self._verify()
            elif rebuild:
                self._rebuild(anew, restart)
            else:
                self.stdout.write(
                    indexing.catch_up() or "检索索引已是最新 / the search index is up to date"
                )
        except EngineDown as down:
            raise CommandError(
                f"检索引擎没有应答，请检查其地址和运行状态 / search engine does not answer: {down}"
            ) from down

    def _rebuild(self, anew, restart):
        engine().check()
        if restart:
            engine().drop_rebuild()
        began = time.monotonic()
        made = rebuilding.bring_documents_in_line(anew, self._progress("文档 / documents"))
        count = rebuilding.rebuild(self._progress("索引 / index"))
        title_words.read_by_clock(anew=True)
        seconds = time.monotonic() - began
        self.stdout.write(
            f"检索索引已重建并启用：{count} 个文档，其中新制 {made} 个，{seconds:.1f} 秒 / "
            f"rebuilt and live: {count} documents, {made} of them made anew"
        )

    def _verify(self):
        count = 0
        for count, drift in enumerate(rebuilding.verify(self._progress("核对 / compared")), 1):
            if count <= LISTED:
                self.stdout.write(f"  {drift.pk or '-'} {drift.what}")
        if count:
            raise CommandError(
                f"检索索引有 {count} 处出入，运行 search_index --rebuild 可以消除 / "
                f"{count} differences: search_index --rebuild mends them"
            )
        self.stdout.write("检索索引与公开内容一致 / the search index is what is public")

    def _progress(self, what):
        told = time.monotonic()

        def tell(done, total):
            nonlocal told
            if time.monotonic() - told >= BETWEEN:
                told = time.monotonic()
                self.stdout.write(f"  {what}: {done}/{total}")
                self.stdout.flush()

        return tell
