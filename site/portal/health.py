"""Questions of a machine: does the process answer, and can it serve?"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def alive(request):
    """The process answers. Asks nothing else, so that a slow database restarts nobody."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request):
    """The database answers and has every migration; 503 and the reason otherwise."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    if waiting:
        return JsonResponse({"status": "migrations waiting"}, status=503)
    return JsonResponse({"status": "ok"})
