"""发布检查: decisions, words to confirm, declarations, reasons, signatures of public texts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

#: word, suggestion, note: a beginning, which the office makes its own in the admin.
WORDS = [
    ("中国台北", "中华台北", "国际体育赛事中该代表团的中文名称，请核对"),
    ("台湾国家队", "中华台北队", "请核对代表团名称"),
    ("台湾总统", "台湾当局领导人", ""),
    ("中华民国", "", "历史叙述以外请勿使用"),
    ("残废人", "残疾人", ""),
    ("聋哑人", "听力残疾人或言语残疾人", ""),
    ("弱智", "智力残疾", ""),
    ("香港国家队", "中国香港队", ""),
    ("澳门国家队", "中国澳门队", ""),
    ("港澳台等国家", "港澳台等地区", ""),
]


def add_words(apps, schema_editor):
    """Words that a sports bureau's texts are most often corrected for."""
    model = apps.get_model("review", "ConfirmWord")
    model.objects.bulk_create(
        model(word=word, suggestion=better, note=note) for word, better, note in WORDS
    )


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0003_calendar"),
        ("review", "0007_follow_up"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConfirmWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60, unique=True, verbose_name="词语")),
                (
                    "suggestion",
                    models.CharField(
                        blank=True,
                        help_text="有规范写法的，写在这里",
                        max_length=100,
                        verbose_name="建议写法",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="提醒信息员核对什么",
                        max_length=200,
                        verbose_name="核对要点",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="启用")),
            ],
            options={
                "verbose_name": "需核对的词语",
                "verbose_name_plural": "需核对的词语",
                "ordering": ["word"],
            },
        ),
        migrations.CreateModel(
            name="TextSignature",
            fields=[
                ("page_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event", models.BigIntegerField(db_index=True)),
                ("document_number", models.CharField(blank=True, db_index=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="CheckSeverity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("check_name", models.CharField(max_length=60)),
                ("kind", models.CharField(blank=True, max_length=40)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("must", "必须改正"),
                            ("should", "应当改正"),
                            ("advice", "提示"),
                            ("off", "不检查"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "verbose_name": "发布检查的轻重",
                "verbose_name_plural": "发布检查的轻重",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("check_name", "kind"), name="check_severity_once_a_kind"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignatureBand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.BigIntegerField(db_index=True)),
                (
                    "signature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bands",
                        to="review.textsignature",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OverriddenCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page_id", models.BigIntegerField()),
                ("seen", models.CharField(max_length=64)),
                ("check_name", models.CharField(max_length=60)),
                ("label", models.CharField(max_length=100)),
                ("messages", models.JSONField(default=list)),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page_id", "seen", "check_name"), name="overridden_once_a_text"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecrecyReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page_id", models.BigIntegerField(db_index=True)),
                ("seen", models.CharField(max_length=64)),
                ("reviewer", models.CharField(max_length=40, verbose_name="保密审查人")),
                ("reviewed_on", models.DateField(verbose_name="审查日期")),
                (
                    "conclusion",
                    models.CharField(
                        choices=[
                            ("open", "不涉及国家秘密、工作秘密和其他不宜公开的内容，可以公开"),
                            ("treated", "不宜公开的内容已经删去或隐去，可以公开"),
                            ("closed", "含有不得公开的内容，不能公开"),
                        ],
                        max_length=10,
                        verbose_name="审查结论",
                    ),
                ),
                (
                    "disclosure",
                    models.CharField(
                        choices=[
                            ("active", "主动公开"),
                            ("on_request", "依申请公开"),
                            ("closed", "不予公开"),
                        ],
                        default="active",
                        max_length=12,
                        verbose_name="公开属性",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.department",
                    ),
                ),
            ],
            options={
                "verbose_name": "保密审查",
                "verbose_name_plural": "保密审查",
                "indexes": [
                    models.Index(fields=["page_id", "seen", "-id"], name="secrecy_of_text"),
                    models.Index(fields=["department", "-id"], name="secrecy_of_department"),
                ],
            },
        ),
        migrations.RunPython(add_words, migrations.RunPython.noop),
    ]
