# On PostgreSQL an index keeps tokens without places, and texts beside them: what was made before is
# made anew from the documents (50,000 take about a minute), if it is what the portal searches with.

from django.conf import settings
from django.db import migrations

from search.backends import engine_of

NAME = "postgresql"
#: Documents at a time; one may have a million characters.
BATCH = 200
READ = (
    "pk", "title_folded", "body_folded", "document_number", "index_number", "fingerprint",
)  # fmt: skip


def make_anew(apps, schema_editor):
    if schema_editor.connection.vendor != NAME:
        return
    engine, states = engine_of(NAME), apps.get_model("portal_search", "IndexState").objects
    states.filter(engine=NAME).update(building="", done=0, written=0)
    generation = states.filter(engine=NAME).values_list("live", flat=True).first() or "a"
    for table in map(engine.table_of, "ab"):
        engine.drop(table)
    table = engine.table_of(generation)
    engine.make(table)
    if (settings.PORTAL_SEARCH_ENGINE or NAME) != NAME:
        return
    documents = apps.get_model("portal_search", "SearchDocument").objects.order_by("pk")
    engine.hurry(table)
    last = 0
    while batch := list(documents.filter(pk__gt=last).values_list(*READ, named=True)[:BATCH]):
        engine.put(table, batch)
        last = batch[-1].pk
    engine.settle(table)


class Migration(migrations.Migration):
    dependencies = [("portal_search", "0008_titles_and_counts")]
    # The way back finds an index that it does not know: `search_index --rebuild` makes its own.
    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
