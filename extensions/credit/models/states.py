"""The life of a record, the sorts of its party, and what visitors may see of it when."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: What 行政相对人类别 may be.
ORGANISATION, PERSON, HOUSEHOLD = "法人及非法人组织", "自然人", "个体工商户"


class RecordQuerySet(models.QuerySet):
    """Records by who may see them."""

    def public(self, day=None):
        """Those that visitors may see in full on the day (today): hidden at midnight, clock or no
        clock.
        """
        return self.filter(_is_shown(day), state=State.PUBLIC)

    def told(self, day=None):
        """What visitors may know of: the public ones, and withdrawn ones by their note alone."""
        return self.filter(
            models.Q(state=State.WITHDRAWN) | _is_shown(day),
            state__in=(State.PUBLIC, State.WITHDRAWN),
        )


def _is_shown(day):
    return models.Q(shown_until=None) | models.Q(shown_until__gte=day or timezone.localdate())


class State(models.TextChoices):
    """The life of a record."""

    DRAFT = "draft", _("起草中")
    IN_REVIEW = "in_review", _("审核中")
    REVIEWED = "reviewed", _("已审核，未公示")
    PUBLIC = "public", _("公示中")
    WITHDRAWN = "withdrawn", _("已撤下")
    REPAIRED = "repaired", _("已修复，停止公示")
    OVER = "over", _("公示期满")
