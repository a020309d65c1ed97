"""`/search/clicked/`: where browsers tell that a result was followed (`search/log.py`)."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from page_types.publication.sql_guard import reading_side_only
from search.log import note_click


# A ping carries no token of a form; what it tells is signed instead.
@csrf_exempt
@never_cache
@require_POST
def clicked(request):
    """Count it, and answer nothing, whether it counted or not."""
    with reading_side_only():
        note_click(request, request.GET.get("t", ""))
    return HttpResponse(status=204)
