"""Documents by the thousand for measuring the engines, and what is asked of them.

`python -m tests.benchmarks.search 10000 50000` measures the engine in force in a throw-away
database (PORTAL_DATABASE_URL and PORTAL_SEARCH_ENGINE as everywhere) and prints what it took.
"""

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta

WORDS = (
    "体育 场馆 健身 全民 竞技 比赛 运动员 教练 裁判 协会 培训 资金 彩票 公益金 公开 政策 文件 "
    "通知 公告 办理 审批 许可 监督 检查 处罚 广东 深圳 珠海 东莞 佛山 足球 篮球 排球 游泳 田径 "
    "武术 马拉松 乒乓球 羽毛球"
).split()
CHARACTERS = 1000
SEED = 20160823


def texts(count):
    """(title, body) of `count` documents; frequent words and characters of a long tail."""
    chance = random.Random(SEED)
    for number in range(count):
        body = []
        while sum(map(len, body)) < CHARACTERS:
            rare = "".join(chr(0x4E00 + int(chance.paretovariate(0.7)) % 6000) for _ in range(6))
            body += [*chance.choices(WORDS, k=6), rare, "，"]
        yield f"关于{''.join(chance.choices(WORDS, k=4))}第{number}号的通知", "".join(body)


def fill(count, batch=1000):
    """Write the documents' rows; the index is left to the rebuild."""
    from search.documents import SearchDocument
    from search.making import document

    rows = []
    for number, (title, body) in enumerate(texts(count)):
        day = date(2026, 1, 1) - timedelta(days=number % 4000)
        more = {"column_id": number % 40, "department_id": number % 15}
        rows.append(
            document(
                "bench", number, kind="article", title=title, url="/", body=body, date=day, **more
            )
        )
        if len(rows) == batch:
            SearchDocument.objects.bulk_create(rows)
            rows = []
    SearchDocument.objects.bulk_create(rows)


def tables():
    """The two tables the engines need, in an empty database."""
    from django.db import connection

    from search.backends.state import IndexState
    from search.documents import SearchDocument

    with connection.schema_editor() as editor:
        for model in (SearchDocument, IndexState):
            editor.create_model(model)


def rebuild(motor, batch=500):
    """Documents a second of a rebuild."""
    from search.documents import SearchDocument

    began, running = time.perf_counter(), motor.begin_rebuild()
    wanted = SearchDocument.objects.order_by("pk")
    while found := list(wanted.filter(pk__gt=running.done)[:batch]):
        motor.write_rebuild(running, found)
    motor.finish_rebuild(running)
    return running.written / (time.perf_counter() - began)


def spent(ask, questions):
    """(p50, p95) milliseconds of `ask` over questions, after one that warms up."""
    ask(questions[0])
    taken = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken), sorted(taken)[int(len(taken) * 0.95) - 1]


def questions(count=60):
    """(pairs of words, phrases, single documents' rows) that are asked for."""
    from search.analysis import fold, phrase_of
    from search.backends.base import All, Phrase
    from search.documents import SearchDocument

    def phrase(text):
        tokens, prefix = phrase_of(fold(text))
        return Phrase(tuple(tokens), prefix)

    chance = random.Random(SEED)
    total = SearchDocument.objects.count()
    rows = [SearchDocument.objects.get(object_id=chance.randrange(total)) for _ in range(count)]
    words = [All(tuple(map(phrase, chance.sample(WORDS, 2)))) for _ in range(count)]
    phrases = []
    for row in rows:
        start = chance.randrange(len(row.body) - 20)
        phrases.append(phrase(row.body[start : start + 10]))
    return words, phrases, rows


def measure(motor):
    """Print one line for each thing measured."""
    from search.backends.base import Scope

    words, phrases, rows = questions()
    asked = {
        "two frequent words, best 40": (lambda m: motor.find(m, Scope(), 40), words),
        "phrase of a text, best 40": (lambda m: motor.find(m, Scope(), 40), phrases),
        "facets of two words": (lambda m: motor.tally(m, Scope()), words),
        "by date, first page": (lambda m: motor.newest(m, Scope(), 0, 10), words),
        "one document written": (lambda row: motor.write([row]), rows),
    }
    for name, (ask, each) in asked.items():
        middle, high = spent(ask, each)
        print(f"  {name:<30} p50 {middle:8.1f} ms   p95 {high:8.1f} ms", flush=True)


def main():
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        os.environ["PORTAL_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")
        import django

        django.setup()
        from search.backends import engine

        tables()
        motor = engine()
        for count in map(int, sys.argv[1:] or ["10000"]):
            from search.documents import SearchDocument

            SearchDocument.objects.all().delete()
            fill(count)
            speed = rebuild(motor)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{motor.name}, {count} documents: {speed:.0f}/s, {memory:.0f} MB", flush=True)
            measure(motor)


if __name__ == "__main__":
    main()
