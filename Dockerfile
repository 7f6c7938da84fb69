# syntax=docker/dockerfile:1
# Front-end files: from package-lock.json, without running any package's scripts.
FROM node:24.11.1-bookworm-slim AS packages
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.13.9-slim-bookworm AS build
ENV PYTHONDONTWRITEBYTECODE=1 PKG_CONFIG_LIBDIR=/nonexistent
RUN python -m venv /opt/catvang
COPY requirements/demo.lock /requirements/
RUN /opt/catvang/bin/pip install --no-cache-dir --require-hashes -r /requirements/demo.lock
WORKDIR /app
COPY . .
COPY --from=packages /build/node_modules node_modules
# The key is for collectstatic alone and isn't kept.
RUN /opt/catvang/bin/python -m config.frontend.build \
    && /opt/catvang/bin/python -m media.basemap.build static/vendor/basemap && rm -rf node_modules \
    && /opt/catvang/bin/python -m config.launch.catalogues \
    && CATVANG_VAR=/app/built DJANGO_SETTINGS_MODULE=config.settings.demo /opt/catvang/bin/python manage.py collectstatic --noinput \
    && rm -f built/secret-key && /opt/catvang/bin/python -m compileall -q /app /opt/catvang/lib

FROM python:3.13.9-slim-bookworm
# Pango for PDFs; the fonts that a PDF sets text in; tesseract, which reads text on scans (optional).
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-core fonts-noto-cjk \
       tesseract-ocr tesseract-ocr-vie tesseract-ocr-eng tesseract-ocr-fra tesseract-ocr-chi-tra \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --home-dir /var/lib/catvang --shell /usr/sbin/nologin catvang
COPY --from=build /opt/catvang /opt/catvang
COPY --from=build /app /app
ENV PATH=/opt/catvang/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1 \
    DJANGO_SETTINGS_MODULE=config.settings.site CATVANG_VAR=/var/lib/catvang
WORKDIR /app
USER catvang
VOLUME /var/lib/catvang
EXPOSE 8000
ENTRYPOINT ["sh", "/app/deploy/entrypoint.sh"]
CMD ["web"]
