"""`search_eval`: how good the search is on this database's engine, type by type of query.

With `--folder` it fills the index with the folder's documents first: only for a database that is
thrown away (`make search-eval` makes one).
"""

import json
from pathlib import Path
from time import perf_counter

from django.core.management.base import BaseCommand, CommandError

from search import sources, title_words
from search.backends import engine
from search.documents import SearchDocument
from search.evaluation import data
from search.evaluation.measures import TOP, Measured
from search.searching import search

#: Types whose whole set of results is looked at, and how much of it.
WHOLE, FULL = {"phrase", "docno"}, 200
BATCH = 500
#: What we aim at beyond the bars: type -> figure -> goal.
GOALS = {
    "keyword": {"recall@10": 1.0, "mrr@10": 0.99}, "partial": {"recall@10": 1.0, "mrr@10": 0.99},
    "traditional": {"recall@10": 1.0, "mrr@10": 0.99}, "width": {"recall@10": 1.0, "mrr@10": 0.99},
    "phrase": {"full_recall": 0.995, "full_precision": 0.995},
    "docno": {"full_recall": 0.995, "full_precision": 0.995},
    "short2": {"recall@10": 0.98}, "short1": {"recall@10": 0.96}, "typo": {"recall@10": 0.97},
    "question": {"recall@10": 0.64, "mrr@10": 0.53}, "hostile": {"no_error": 1.0},
}  # fmt: skip


class Command(BaseCommand):
    help = (
        "用已知答案的查询检验检索质量，未达标时退出码为 1。\n"
        "Put queries with known answers to the search; exit code 1 if a bar is missed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, help="评测数据文件夹 / the data")
        parser.add_argument("--half", choices=["tuned", "held"], help="只用一半 / one half")
        parser.add_argument("--json", type=Path, help="另存结果 / also write the figures here")

    def handle(self, *args, folder, half, **options):
        questions, bars = self._prepare(folder)
        if half:
            questions = data.halves(questions)[half == "held"]
        measured = {}
        for question in questions:
            self._put(question, measured.setdefault(question.type, Measured()))
        missed = self._tell(measured, bars)
        if path := options["json"]:
            path.write_text(_as_json(measured), encoding="utf-8")
        if missed:
            raise CommandError(f"未达标 / missed: {'; '.join(missed)}", returncode=1)

    def _prepare(self, folder):
        if folder is None:
            self.stdout.write("自带小规模评测（演示内容）/ the project's own smaller set")
            return list(data.own_questions()), {}
        if not (folder / "queries.jsonl").exists():
            raise CommandError(f"没有评测数据 / no evaluation data: {folder}")
        if SearchDocument.objects.exclude(source=data.SOURCE).exists():
            raise CommandError(
                "此数据库有真实内容；请用 make search-eval / this database holds real content"
            )
        if sources.get(data.SOURCE) is None:
            sources.register(sources.Source(data.SOURCE, "评测"))
        SearchDocument.objects.all().delete()
        SearchDocument.objects.bulk_create(data.documents_of(folder), batch_size=BATCH)
        self._build()
        return list(data.questions_of(folder)), data.bars_of(folder)

    def _build(self):
        began, asked = perf_counter(), engine()
        asked.drop_rebuild()
        rebuild = asked.begin_rebuild()
        every = list(SearchDocument.objects.order_by("pk"))
        for start in range(0, len(every), BATCH):
            asked.write_rebuild(rebuild, every[start : start + BATCH])
        asked.finish_rebuild(rebuild)
        title_words.read_by_clock(anew=True)
        title_words.forget()
        speed = len(every) / (perf_counter() - began)
        self.stdout.write(f"{asked.name}: {len(every)} 篇 / documents, {speed:.0f}/s")

    def _put(self, question, measured):
        wanted = FULL if question.type in WHOLE else TOP
        began = perf_counter()
        answer = search(question.text, per_page=wanted, counts=False)
        # As a visitor who clicks on what the page proposes.
        if answer.did_you_mean:
            measured.corrected += 1
            if question.correct:
                answer = search(answer.did_you_mean, per_page=wanted, counts=False)
        seconds = perf_counter() - began
        own = "object_id" if sources.get(data.SOURCE) else "pk"
        measured.add(question, [str(getattr(h.document, own)) for h in answer.hits], seconds)

    def _tell(self, measured, bars):
        """Print the table; the bars that were missed."""
        missed = []
        for name, each in measured.items():
            shown = {**GOALS.get(name, {}), **bars.get(name, {})} or {"recall@10": 0, "mrr@10": 0}
            cells = []
            for figure in sorted(shown, reverse=True):
                reached = each.figure(figure)
                cell = f"{figure} {reached:.3f}"
                bar, goal = bars.get(name, {}).get(figure), GOALS.get(name, {}).get(figure)
                if bar is not None and reached < bar - 1e-9:
                    missed.append(f"{name} {figure} {reached:.3f} < {bar}")
                    cell += f" <<{bar}"
                elif goal and reached < goal - 5e-4:
                    cell += f" (目标 / goal {goal}: {reached - goal:+.3f})"
                cells.append(cell)
            times = f"p50 {each.milliseconds(0.5):.1f} p95 {each.milliseconds(0.95):.1f} ms"
            fired = f" 您是不是要找 ×{each.corrected}" if each.corrected else ""
            self.stdout.write(f"{name:12} n={each.number:<4} {'  '.join(cells)}  {times}{fired}")
        return missed


def _as_json(measured):
    figures = {
        name: {"n": each.number, **{figure: each.figure(figure) for figure in each.sums}}
        for name, each in measured.items()
    }
    return json.dumps(figures, ensure_ascii=False, indent=1)
