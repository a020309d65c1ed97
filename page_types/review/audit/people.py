"""Who may do what: users' flags and passwords, groups, grants and appointments.

By signals of the tables themselves, so that a change by command or by code counts as well. Of these
screens Wagtail's own log says that a group was edited, and not what of it.
"""

from functools import partial, wraps

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.models.media import GroupCollectionPermissionManager
from wagtail.models.pages import GroupPagePermissionManager
from wagtail.users.views.bulk_actions.set_active_state import SetActiveStateBulkAction

from page_types.organisation.models import Appointment, User
from page_types.review.audit import outbox
from page_types.review.audit.departments import department_of
from page_types.review.audit.models import Kind

#: What is compared, and told as [before, after].
WATCHED = {
    User: ("username", "last_name", "first_name", "email", "is_active", "is_staff",
           "is_superuser", "department_id", "must_change_password"),
    Group: ("name",),
    Appointment: ("user_id", "post", "department_id", "starts", "ends", "deputy_for_id"),
}  # fmt: skip
_NAMES = {User: "person", Group: "group", Appointment: "appointment"}
_GRANTS = (
    (GroupPagePermission, GroupPagePermissionManager),
    (GroupCollectionPermission, GroupCollectionPermissionManager),
)
_RELATIONS = {
    "person.groups": User.groups,
    "person.permissions": User.user_permissions,
    "group.permissions": Group.permissions,
}
_DONE = {"post_add": "added", "post_remove": "removed", "pre_clear": "removed"}
_BEFORE = "_audit_before"


def connect():
    """Called once, by `audit.connect()`."""
    for model in WATCHED:
        pre_save.connect(_remember, sender=model, dispatch_uid="audit_before")
        post_save.connect(_saved, sender=model, dispatch_uid="audit_saved")
        post_delete.connect(_deleted, sender=model, dispatch_uid="audit_deleted")
    for action, relation in _RELATIONS.items():
        m2m_changed.connect(
            partial(_members, action), sender=relation.through, weak=False, dispatch_uid=action
        )
    for model, manager in _GRANTS:
        post_save.connect(_granted, sender=model, dispatch_uid="audit_granted")
        post_delete.connect(_withdrawn, sender=model, dispatch_uid="audit_withdrawn")
        _follow_in_bulk(manager)
    _follow_activation()


def _note(action, about, data=None, **more):
    outbox.note(
        action,
        kind=Kind.PERMISSION,
        who=outbox.actor(),
        about=about,
        data=data,
        department_id=department_of(about),
        **more,
    )


# ---- rows whose fields are compared --------------------------------------------------------------
def _remember(sender, instance, raw, update_fields, **kwargs):
    names = WATCHED[sender]
    setattr(instance, _BEFORE, None)
    if instance.pk and not raw and (update_fields is None or set(update_fields) & _spelled(names)):
        setattr(instance, _BEFORE, sender.objects.filter(pk=instance.pk).values(*names).first())


def _spelled(names):
    """Field names as `update_fields` may spell them."""
    return {*names, *(name.removesuffix("_id") for name in names)}


def _saved(sender, instance, created, raw, **kwargs):
    if raw:
        return
    before = getattr(instance, _BEFORE, None) or {}
    if created:
        _note(f"{_NAMES[sender]}.created", instance, _told(sender, instance))
    elif changed := {
        name: [was, getattr(instance, name)]
        for name, was in before.items()
        if was != getattr(instance, name)
    }:
        _note(f"{_NAMES[sender]}.changed", instance, {"changed": changed})
    if sender is User and not created:
        _password(instance)


def _told(sender, instance):
    """What a new row says of rights; addresses and names are left to the row itself."""
    leave = ("email", "last_name", "first_name")
    return {name: getattr(instance, name) for name in WATCHED[sender] if name not in leave}


def _password(user):
    """A new password; a mere renewal of the hash at sign-in has forgotten the raw one already.

    Nobody is signed in where a command sets it, or the link of a mail: it is then not told as his.
    """
    if user._password is None:
        return
    who = outbox.actor()
    by_owner = who is not None and who.pk == user.pk
    _note("person.password_changed" if by_owner else "person.password_set", user)


def _deleted(sender, instance, **kwargs):
    _note(f"{_NAMES[sender]}.deleted", instance, _told(sender, instance))


# ---- memberships ---------------------------------------------------------------------------------
def _members(audited, sender, instance, action, reverse, model, pk_set, **kwargs):
    """One entry for each person (or group) whose set changes, from whichever side."""
    if action not in _DONE:
        return
    if pk_set is None:  # cleared: everything that is about to go
        pk_set = _all_of(sender, instance, model)
    owners, others = [instance], pk_set
    if reverse:
        owners, others = model.objects.filter(pk__in=pk_set), {instance.pk}
    if not pk_set:
        return
    names = sorted(map(str, _RELATIONS[audited].field.related_model.objects.filter(pk__in=others)))
    for owner in owners:
        _note(audited, owner, {_DONE[action]: names})


def _all_of(through, instance, model):
    """Numbers of all the rows of `model` that belong to the instance."""
    mine, theirs = (
        next(f for f in through._meta.fields if f.is_relation and f.related_model is wanted)
        for wanted in (type(instance), model)
    )
    rows = through.objects.filter(**{mine.attname: instance.pk})
    return set(rows.values_list(theirs.attname, flat=True))


# ---- grants on places ----------------------------------------------------------------------------
def _granted(sender, instance, created, raw, **kwargs):
    if created and not raw:
        _note_grants("group.granted", [instance])


def _withdrawn(sender, instance, **kwargs):
    _note_grants("group.withdrawn", [instance])


def _note_grants(action, rows):
    """One entry a group, naming each place (number) and permission."""
    by_group = {}
    for row in rows:
        place = getattr(row, "page_id", None) or row.collection_id
        where = "page" if hasattr(row, "page_id") else "collection"
        by_group.setdefault(row.group_id, []).append([where, place, row.permission_id])
    for group in Group.objects.filter(pk__in=by_group).select_related("post"):
        _note(action, group, {"grants": sorted(by_group[group.pk])})


def _follow_in_bulk(manager):
    """Wagtail's screen of a group, and the plan, insert grants in bulk, without signals."""
    original = manager.bulk_create

    @wraps(original)
    def following(self, objs, *args, **kwargs):
        rows = original(self, objs, *args, **kwargs)
        _note_grants("group.granted", rows)
        return rows

    manager.bulk_create = following


def _follow_activation():
    """Wagtail's bulk action switches accounts on and off by one UPDATE, and logs nothing."""
    original = SetActiveStateBulkAction.execute_action.__func__

    @wraps(original)
    def following(cls, objects, mark_as_active=False, **kwargs):
        numbers = [user.pk for user in objects]
        before = list(User.objects.filter(pk__in=numbers).exclude(is_active=mark_as_active))
        answer = original(cls, objects, mark_as_active=mark_as_active, **kwargs)
        for user in User.objects.filter(
            pk__in=[user.pk for user in before], is_active=mark_as_active
        ):
            changed = {"is_active": [not mark_as_active, mark_as_active]}
            _note("person.changed", user, {"changed": changed})
        return answer

    SetActiveStateBulkAction.execute_action = classmethod(following)
