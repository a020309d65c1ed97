# Facets as one generated text, and an index that counting alone reads.

import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal_search', '0005_first_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='searchdocument',
            name='facets',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Concat(django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast('kind', models.CharField(max_length=40)), models.Value('')), models.Value('|'), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast('column_id', models.CharField(max_length=40)), models.Value('')), models.Value('|'), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast('department_id', models.CharField(max_length=40)), models.Value('')), models.Value('|'), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast('year', models.CharField(max_length=40)), models.Value('')), models.Value('|'), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast('validity', models.CharField(max_length=40)), models.Value('')), models.Value('|'), django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.Cast('format', models.CharField(max_length=40)), models.Value('')), output_field=models.CharField(max_length=160)), output_field=models.CharField(max_length=160)),
        ),
        migrations.AddIndex(
            model_name='searchdocument',
            index=models.Index(fields=['id', 'hidden', 'audience', 'facets', 'source', 'date'], name='search_document_counting'),
        ),
    ]
