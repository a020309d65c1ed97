"""What the desk puts on people's homes."""

from django.urls import reverse
from django.utils.translation import gettext as _

from page_types.organisation.models import Post
from page_types.review.today import Sentence
from search.desk import figures

#: Days that are looked at, and from how many empty searches, making which share, it is told.
DAYS, FEWEST, SHARE = 7, 20, 20
#: Administrators keep the desk too, but what people cannot find is a matter of content.
TOLD = {Post.OFFICE, Post.CENTRE}


def of_empty_searches(desk):
    """To office and centre: that many searches of the last days found nothing."""
    if not desk.duties.posts & TOLD:
        return
    totals = figures.asked_in(DAYS)
    if totals.empty >= FEWEST and totals.empty_share >= SHARE:
        yield Sentence(
            _("近 %(days)d 天有 %(count)d 次检索没有结果（%(share)d%%），请补充同义词或内容")
            % {"days": DAYS, "count": totals.empty, "share": totals.empty_share},
            f"{reverse('search_desk:index')}?list=empty&days={DAYS}",
            pressing=False,
        )
