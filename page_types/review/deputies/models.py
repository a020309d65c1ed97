"""Steps of running reviews for which nobody is left: found by `stuck.look`, shown to the office."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from page_types.publication.models import Chain


class StuckStep(models.Model):
    """An open step of a chain that nobody may take: a vacant post, or all have a hand in it."""

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="stuck")
    task_id = models.BigIntegerField()
    title = models.CharField(_("环节"), max_length=100)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "task_id"], name="stuck_step_once")]

    def __str__(self):
        return f"{self.chain_id} {self.title}"
