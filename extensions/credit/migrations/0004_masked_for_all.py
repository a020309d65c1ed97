"""Nobody reads the numbers of persons in full: the permission to do so goes. A label besides."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OPTIONS = {"ordering": ["-decided_on", "-pk"]}
_BY = {
    "editable": False,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
    "verbose_name": "录入人",
}
_OF_A_VERSION = {
    "blank": True,
    "db_constraint": False,
    "null": True,
    "on_delete": django.db.models.deletion.DO_NOTHING,
}


class Migration(migrations.Migration):
    dependencies = [
        ("ext_credit", "0003_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.AlterModelOptions(
                name=name, options={**OPTIONS, "verbose_name": label, "verbose_name_plural": label}
            )
            for name, label in (("licence", "行政许可"), ("penalty", "行政处罚"))
        ),
        *(
            migrations.AlterField(
                model_name=name,
                name="created_by",
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, **_BY),
            )
            for name in ("licence", "penalty")
        ),
        *(
            migrations.AlterField(
                model_name=name,
                name="created_by",
                field=models.ForeignKey(**_OF_A_VERSION, **_BY),
            )
            for name in ("historicallicence", "historicalpenalty")
        ),
    ]
