#!/bin/sh
# What a container of the application does: prepare | web | worker QUEUE | any manage.py command.
set -eu
cd "$(dirname "$0")/.."
case "${1:-web}" in
prepare)
    python manage.py check --deploy --fail-level WARNING
    python manage.py migrate --noinput
    python manage.py setup_site
    # The static files were collected when the image was made; nginx gets them through the application.
    mkdir -p "$CATVANG_VAR/static"
    cp -R built/static/. "$CATVANG_VAR/static/"
    ;;
web)
    exec python -m granian --interface wsgi --host 0.0.0.0 --port 8000 --workers "${WEB_WORKERS:-2}" \
        --blocking-threads 8 --backlog 512 --no-ws config.wsgi:application
    ;;
worker)
    exec python manage.py worker --queue "$2"
    ;;
*)
    exec python manage.py "$@"
    ;;
esac
