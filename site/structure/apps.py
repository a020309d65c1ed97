"""The structure of this site: its plan, its people, its demonstration content."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StructureConfig(AppConfig):
    name = "structure"
    label = "structure"
    verbose_name = _("栏目规划")
