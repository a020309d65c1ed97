"""The first index in the portal's own database; further ones are made when it is built anew."""

from django.db import migrations

from search.backends import ENGINES, engine_of


def make(apps, schema_editor):
    if (vendor := schema_editor.connection.vendor) in ENGINES:
        engine = engine_of(vendor)
        engine.make(engine.table_of("a"))


def drop(apps, schema_editor):
    if (vendor := schema_editor.connection.vendor) in ENGINES:
        engine = engine_of(vendor)
        for generation in ("a", "b"):
            engine.drop(engine.table_of(generation))


class Migration(migrations.Migration):
    dependencies = [("portal_search", "0004_vocabulary_and_log")]
    operations = [migrations.RunPython(make, drop)]
