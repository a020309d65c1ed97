# Indexes made before have no index of their titles, and keep no numbers of frequent tokens.

from django.db import migrations

from search.backends import ENGINES, engine_of


def add(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "sqlite":
        return  # on PostgreSQL 0009 makes all of it anew
    engine = engine_of(connection.vendor)
    for table in tables(connection, engine):
        engine.make(table)  # what is there stays
        schema_editor.execute(
            f"INSERT OR REPLACE INTO {table}_titles (rowid, title) SELECT rowid, title FROM {table}"
        )


def take_away(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor not in ENGINES:
        return
    for table in tables(connection, engine_of(connection.vendor)):
        schema_editor.execute(f"DROP TABLE IF EXISTS {table}_counts")
        schema_editor.execute(f"DROP TABLE IF EXISTS {table}_titles")


def tables(connection, engine):
    there = connection.introspection.table_names()
    return [table for table in map(engine.table_of, "ab") if table in there]


class Migration(migrations.Migration):
    dependencies = [("portal_search", "0007_title_starts_and_words")]
    operations = [migrations.RunPython(add, take_away)]
