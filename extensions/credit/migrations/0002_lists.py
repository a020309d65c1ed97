"""The lists of codes and the rules of publicity, as the portal brings them."""

from django.db import migrations

from extensions.credit.seed import empty, fill


class Migration(migrations.Migration):
    dependencies = [("ext_credit", "0001_credit")]

    operations = [migrations.RunPython(fill, empty)]
