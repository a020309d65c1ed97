"""Which workflow is the plan's chain `correction`."""

from django.db import models
from wagtail.models import Workflow


class CorrectionChain(models.Model):
    """The workflow of corrections, kept by `sync_structure`; without a row none are offered."""

    workflow = models.OneToOneField(Workflow, models.PROTECT, related_name="+")

    def __str__(self):
        return str(self.workflow)
