# On PostgreSQL an index keeps tokens without places, and texts beside them: what was made before is
# made anew from the documents (50,000 take about a minute).

from django.db import migrations

from search.backends import engine_of
from search.rebuilding import READ

BATCH = 2000


def make_anew(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    engine, state = engine_of("postgresql"), apps.get_model("portal_search", "IndexState")
    documents = apps.get_model("portal_search", "SearchDocument").objects.order_by("pk")
    live = engine.live()
    state.objects.filter(engine="postgresql").update(building="", done=0, written=0)
    for table in map(engine.table_of, "ab"):
        engine.drop(table)
    engine.make(live)
    engine.hurry(live)
    last = 0
    while batch := list(documents.filter(pk__gt=last).values_list(*READ, named=True)[:BATCH]):
        engine.put(live, batch)
        last = batch[-1].pk
    engine.settle(live)


class Migration(migrations.Migration):
    dependencies = [("portal_search", "0008_titles_and_counts")]
    # The way back finds an index that it does not know: `search_index --rebuild` makes its own.
    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
