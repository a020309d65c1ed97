"""Who may have which data set in the admin."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404

from exports.datasets import all_datasets, get


def datasets_of(user):
    """The data sets that a user may have, in the order of registration."""
    return [each for each in all_datasets() if each.may_be_had_by(user)]


def for_holders(view):
    """A view that those who may have no data set at all are refused."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not datasets_of(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def dataset_for(user, name):
    """The data set of that name; 404 where there is none, PermissionDenied where not for him."""
    found = get(name)
    if found is None:
        raise Http404
    if not found.may_be_had_by(user):
        raise PermissionDenied
    return found
