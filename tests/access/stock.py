"""Wagtail as it comes: our defences taken away, to show that the probes are real requests."""

from wagtail.admin.api.actions.convert_alias import ConvertAliasPageAPIAction
from wagtail.admin.api.actions.copy import CopyPageAPIAction
from wagtail.admin.api.actions.copy_for_translation import CopyForTranslationAPIAction
from wagtail.admin.api.actions.create_alias import CreatePageAliasAPIAction
from wagtail.admin.api.actions.delete import DeletePageAPIAction
from wagtail.admin.api.actions.move import MovePageAPIAction
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.api.actions.revert_to_page_revision import RevertToPageRevisionAPIAction
from wagtail.admin.api.actions.unpublish import UnpublishPageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import AbstractGroupApprovalTask, Page

from page_types.base import PortalPage
from page_types.review.guard import DepartmentGuard
from page_types.review.tasks import PortalTask

API_ACTIONS = {
    "convert_alias": ConvertAliasPageAPIAction,
    "copy": CopyPageAPIAction,
    "copy_for_translation": CopyForTranslationAPIAction,
    "create_alias": CreatePageAliasAPIAction,
    "delete": DeletePageAPIAction,
    "move": MovePageAPIAction,
    "publish": PublishPageAPIAction,
    "revert_to_page_revision": RevertToPageRevisionAPIAction,
    "unpublish": UnpublishPageAPIAction,
}


def take_away_defences(monkeypatch):
    """Tester, copy form, privacy, admin API, locks and guard as Wagtail brings them."""
    for name in ("permissions_for_user", "copy_form_class"):
        monkeypatch.delattr(PortalPage, name)
    monkeypatch.setattr(PortalPage, "copy_form_class", CopyForm, raising=False)
    monkeypatch.setattr(PortalPage, "private_page_options", Page.private_page_options)
    monkeypatch.setattr(PagesAdminAPIViewSet, "actions", API_ACTIONS)
    monkeypatch.setattr(PortalTask, "locked_for_user", AbstractGroupApprovalTask.locked_for_user)
    monkeypatch.setattr(DepartmentGuard, "process_view", lambda *args: None)
