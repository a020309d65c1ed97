#!/bin/sh
# What a container of this image does: the same commands as `make run`, with production settings.
# 容器入口：与 `make run` 相同的步骤，生产配置。用法见 docs/operations.md“容器”。
#
#   prepare      migrate, the plan of columns (first time only), styles and scripts; then ends
#   web          the application server
#   scheduler    the periodic commands, in a loop (deploy/scheduler.py)
#   worker       background tasks; refuses while the portal has no queue
#   ANYTHING     a management command: `docker compose run --rm web verify_ledger`
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
: "${DJANGO_SETTINGS_MODULE:=portal.settings.production}"
PYTHONPATH="$root:$root/site"
export DJANGO_SETTINGS_MODULE PYTHONPATH
python="$root/.venv/bin/python"

manage() {
    "$python" "$root/site/manage.py" "$@"
}

has_columns() {
    manage shell --no-imports -c "import sys
from page_types.publication.models import Column
sys.exit(not Column.objects.exists())"
}

case "${1:-web}" in
prepare)
    manage migrate --noinput
    # As with `make run`, a changed plan is never applied by itself: look with sync_structure --plan.
    has_columns || manage sync_structure
    manage collectstatic --noinput
    ;;
web)
    cd "$root/site"
    # The options of scripts/run.py; here the address is the container's, and a log line a request
    # is nginx's business.
    exec "$python" -m gunicorn portal.wsgi:application \
        --bind 0.0.0.0:8000 \
        --worker-class gthread --workers 2 --threads 4 \
        --worker-tmp-dir /dev/shm \
        --log-level warning --no-control-socket
    ;;
scheduler)
    exec "$python" "$root/deploy/scheduler.py"
    ;;
worker)
    if manage help --commands | grep -qx db_worker; then
        exec "$python" "$root/site/manage.py" db_worker
    fi
    echo "本版本的后台任务随请求立即完成，没有队列，无须 worker。" >&2
    echo "Background tasks of this version run at once with the request: no queue, no worker." >&2
    exit 78
    ;;
*)
    exec "$python" "$root/site/manage.py" "$@"
    ;;
esac
