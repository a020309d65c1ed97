# What suggestions look for: beginnings of titles, and the words in them.

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal_search', '0006_facets_counted_at_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='TitleWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('words', models.JSONField()),
            ],
            options={
                'verbose_name': '标题用词',
                'verbose_name_plural': '标题用词',
            },
        ),
        migrations.AddField(
            model_name='searchdocument',
            name='title_start',
            field=models.GeneratedField(db_index=True, db_persist=True, expression=django.db.models.functions.text.Substr('title_folded', 1, 40), output_field=models.CharField(max_length=40)),
        ),
    ]
