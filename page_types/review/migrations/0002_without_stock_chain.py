"""Removes what Wagtail's migrations make for everybody and nobody here may use.

The groups Editors and Moderators hold rights on the whole tree (publishing among them), and a
workflow at the root would catch pages of columns that have no chain. What is in use is left alone.
"""

from django.db import migrations


def remove(apps, schema_editor):
    get = apps.get_model
    workflows = get("wagtailcore", "Workflow").objects.filter(
        name="Moderators approval", workflow_states__isnull=True
    )
    tasks = get("wagtailcore", "GroupApprovalTask").objects.filter(
        name="Moderators approval", task_states__isnull=True
    )
    if workflows.exists() and tasks.exists():
        workflows.delete()
        tasks.delete()
    get("auth", "Group").objects.filter(
        name__in=["Editors", "Moderators"], user__isnull=True
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("organisation", "0001_initial"),
    ]

    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
