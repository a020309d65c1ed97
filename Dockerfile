# syntax=docker/dockerfile:1
# 门户的容器映像；怎样使用见 docs/operations.md。The portal's image; how to use it stands there.
# Python 3.11 on Debian 12: what the tests run on.

# ---- libraries: the committed list, every file checked by its hash, wheels only (as `make run`) --
FROM python:3.11-slim-bookworm AS libraries
# A mirror inside the house: docker compose build --build-arg PIP_INDEX_URL=https://…
ARG PIP_INDEX_URL=https://pypi.org/simple
WORKDIR /portal
COPY requirements.txt ./
RUN python -m venv --without-pip .venv \
    && python -m pip --python .venv/bin/python install --no-cache-dir --disable-pip-version-check \
        --require-hashes --only-binary :all: -r requirements.txt

# ---- what runs: no compiler, no pip, no root -----------------------------------------------------
FROM python:3.11-slim-bookworm
# Pango, HarfBuzz and a Chinese font set PDF documents; Noto CJK, because names of people and places
# need rare characters that smaller fonts lack.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fontconfig fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && python -m pip --no-cache-dir uninstall -y pip setuptools wheel
# The numbers are those of compose.yaml: nginx reads styles and pictures as this group.
RUN groupadd --gid 10001 portal \
    && useradd --uid 10001 --gid portal --home-dir /portal --no-create-home \
        --shell /usr/sbin/nologin portal

WORKDIR /portal
COPY --from=libraries /portal/.venv .venv
COPY page_types page_types
COPY search search
COPY exports exports
COPY extensions extensions
COPY locale locale
COPY site site
COPY deploy/entrypoint.sh deploy/healthcheck.py deploy/scheduler.py deploy/
# The code belongs to root: what runs cannot change it, so it is compiled now.
RUN python -m compileall -q page_types search exports extensions site deploy \
    && install -d -o portal -g portal -m 0750 var \
    && install -d -o portal -g portal -m 0755 var/static var/media

ENV PORTAL_VAR=/portal/var \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
VOLUME /portal/var
USER portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["/portal/.venv/bin/python", "/portal/deploy/healthcheck.py"]
ENTRYPOINT ["/portal/deploy/entrypoint.sh"]
CMD ["web"]
