"""The chain of corrections is the plan's: its steps, and whether there is one, are data."""

import pytest

from page_types.organisation.models import Post
from page_types.publication.models import Chain, Entry
from page_types.review import services
from page_types.review.correction.models import CorrectionChain
from page_types.review.errors import ReviewRefused
from tests.structure.small_plan import edited

SHORT = "  self_publish: {title: 自行发布, steps: [department_review]}\n"


def corrected(planned, page, words):
    draft = page.get_latest_revision_as_object()
    draft.body = [("paragraph", f"<p>{words}</p>")]
    draft.save_revision(user=planned.person(Post.OFFICER, "mass"))
    services.submit(
        draft, planned.person(Post.OFFICER, "mass"), {"reviewer": "保密员"}, as_correction=True
    )


def test_another_bureau_chooses_its_own_steps(planned):
    page = planned.article("sport", "mass")
    with pytest.raises(ReviewRefused, match="没有更正流程"):
        corrected(planned, page, "正闻")
    told = planned.sync(
        edited((SHORT, SHORT + "  correction: {title: 更正, steps: [office_review], days: 1}\n"))
    )
    assert "更正流程" in told
    corrected(planned, page, "正闻")
    assert [s["step"] for s in Chain.objects.get(name="correction").steps] == ["office_review"]
    # The plan drops it again: what runs goes on, nothing new begins.
    planned.sync()
    assert not CorrectionChain.objects.exists()
    planned.approve(page, planned.person(Post.OFFICE))
    assert "正闻" in Entry.objects.get(pk=page.pk).text.content
