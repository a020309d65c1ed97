"""Documents by the thousand for measuring the search, and what is asked of it.

`PYTHONPATH=.:site .venv/bin/python -m tests.benchmarks.search 10000 50000` measures, size by size,
the engine in force in a throw-away database (PORTAL_DATABASE_URL, PORTAL_SEARCH_ENGINE as
everywhere; `scripts/postgres.py` before it lends a PostgreSQL). Times are those of
this process's and, on SQLite, therefore the engine's processor; on other engines of the clock. The
named baseline of each line is the database reading every text (`LIKE`), in the same run.
"""

import os
import platform
import random
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

#: The subject's own words, the most frequent first; further ones are made of common characters.
WORDS = (
    "体育 场馆 健身 全民 竞技 比赛 运动员 教练 裁判 协会 培训 资金 彩票 公益金 公开 政策 文件 "
    "通知 公告 办理 审批 许可 监督 检查 处罚 广东 深圳 珠海 东莞 佛山 足球 篮球 排球 游泳 田径 "
    "武术 马拉松 乒乓球 羽毛球"
).split()
FURTHER, CHARACTERS = 8000, 1000
SEED = 20160823
#: How often each question is asked; the first time only warms up.
QUESTIONS = 60


def words():
    """(words, cumulated weights): the n-th word stands 1/n as often as the first (Zipf)."""
    chance = random.Random(SEED)
    made = [
        "".join(chr(0x4E00 + int(chance.paretovariate(0.7) * 40) % 6000) for _ in range(length))
        for length in chance.choices((2, 2, 2, 3, 4), k=FURTHER)
    ]
    every = [*WORDS, *made]
    return every, list(accumulate(1 / (place + 5) for place in range(len(every))))


def texts(count):
    """(title, body) of `count` documents of CHARACTERS characters."""
    chance, (every, weights) = random.Random(SEED), words()
    for number in range(count):
        body = ""
        while len(body) < CHARACTERS:
            body += "".join(chance.choices(every, cum_weights=weights, k=9)) + "，"
        title = "".join(chance.choices(every, cum_weights=weights, k=4))
        yield f"关于{title}第{number}号的通知", body


def fill(count, batch=1000):
    """Write the documents' rows up to `count`; the index is left to the rebuild."""
    from search.documents import SearchDocument
    from search.making import document

    there, rows = SearchDocument.objects.count(), []
    for number, (title, body) in enumerate(texts(count)):
        if number < there:
            continue
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


def rebuild():
    """(documents a second of the clock, MB of memory at most) of a rebuild, to the old one's end.

    What the kernel keeps of the database file, mapped into the process, is none of its memory.
    """
    from search import rebuilding

    began, most = time.perf_counter(), 0

    def watch(done, total):
        nonlocal most
        most = max(most, memory())

    count = rebuilding.rebuild(watch)
    return count / (time.perf_counter() - began), max(most, memory())


def memory():
    """MB of the process's own memory."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("RssAnon"))


def taken(clock, ask, questions):
    """(p50, p95) milliseconds of `ask` over questions, each asked twice, the second time timed."""
    found = []
    for question in questions:
        ask(question)
        began = clock()
        ask(question)
        found.append(1000 * (clock() - began))
    return statistics.median(found), sorted(found)[int(len(found) * 0.95) - 1]


def asked():
    """Kind of question -> texts, drawn from the documents as people draw them from memory."""
    from search.documents import SearchDocument

    chance, (every, weights) = random.Random(SEED + 1), words()
    total = SearchDocument.objects.count()
    numbers = [str(chance.randrange(total)) for _ in range(QUESTIONS)]
    rows = list(SearchDocument.objects.filter(object_id__in=numbers))
    drawn = lambda k: " ".join(chance.choices(every, cum_weights=weights, k=k))  # noqa: E731
    return {
        "two words": [drawn(2) for _ in range(QUESTIONS)],
        "the most frequent word": WORDS[:10],
        "phrase of ten characters": [f"“{row.body[40:50]}”" for row in rows],
        "question": [
            f"怎么{drawn(2)}可以{drawn(2)}吗？".replace(" ", "") for _ in range(QUESTIONS)
        ],
        "beginning of a word": [word[:2] for word in WORDS],
    }, rows


def measure(motor, clock):
    """Print one line for each thing measured."""
    from search.documents import SearchDocument
    from search.pages import Asked, page_context
    from search.searching import search
    from search.suggesting import suggest

    def page(text):
        page_context(Asked(text, {}, "relevance", 1), search(text))

    def scan(text):
        word = text.split(" ")[0].strip("“”")
        list(SearchDocument.objects.filter(body_folded__contains=word).values("pk")[:40])

    questions, rows = asked()
    beginnings = questions.pop("beginning of a word")
    baseline = taken(clock, scan, questions["phrase of ten characters"][:10])[0]
    print(f"  {'baseline: LIKE over every text':<36} p50 {baseline:8.1f} ms", flush=True)

    def line(name, ask, texts):
        middle, high = taken(clock, ask, texts)
        print(
            f"  {name:<36} p50 {middle:8.1f} ms   p95 {high:8.1f} ms   × baseline"
            f" {middle / baseline:6.3f}",
            flush=True,
        )

    for name, texts_asked in questions.items():
        line(f"{name}, results", lambda text: search(text, counts=False), texts_asked)
        line(f"{name}, page with facets", page, texts_asked)
    line("suggestions", suggest, beginnings)
    line("one document written", lambda row: motor.write([row]), rows)


def main():
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        os.environ["PORTAL_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection

        from search import sources, title_words
        from search.backends import engine
        from search.documents import SearchDocument

        settings.DEBUG = False
        call_command("migrate", verbosity=0)
        sources.register(sources.Source("bench", "bench"))
        motor = engine()
        clock = time.process_time if motor.name == "sqlite" else time.perf_counter
        print(f"{platform.platform()} · {os.cpu_count()} cores · Python {sys.version.split()[0]}")
        SearchDocument.objects.all().delete()
        for count in map(int, sys.argv[1:] or ["10000"]):
            fill(count)
            speed, most = rebuild()
            title_words.read_by_clock(anew=True)
            title_words.forget()
            size = (
                os.path.getsize(f"{folder}/portal.sqlite3") / 2**20 if motor.name == "sqlite" else 0
            )
            print(
                f"{motor.name}, {count} documents: rebuilt {speed:.0f}/s by the clock, {most} MB,"
                f" database {size:.0f} MB",
                flush=True,
            )
            measure(motor, clock)
        connection.close()


if __name__ == "__main__":
    main()
