from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('portal_search', '0002_index_state'),
    ]

    operations = [
        migrations.RenameField('searchdocument', 'text_id', 'event_id'),
    ]
