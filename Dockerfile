# One image for the desk, the worker and the Prefect server; compose.yaml says which does what.
#
#   docker build -t formextract .

FROM python:3.11-slim-bookworm AS build
# The same uv as scripts/setup.sh; tests/test_house.py holds them together.
ARG UV_VERSION=0.13.9
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
RUN python -m venv /opt/tools && \
    /opt/tools/bin/pip install --no-cache-dir --disable-pip-version-check "uv==${UV_VERSION}" && \
    python -m venv --without-pip /opt/venv
WORKDIR /app
COPY requirements.lock ./
RUN /opt/tools/bin/uv pip sync --no-cache --python /opt/venv/bin/python --require-hashes requirements.lock
COPY pyproject.toml README.md ./
COPY src ./src
RUN /opt/tools/bin/uv pip install --no-cache --offline --python /opt/venv/bin/python \
    --no-deps --no-build-isolation --editable .

FROM python:3.11-slim-bookworm
# Debian keeps only the newest version of a package in a release, so a pinned one vanishes with
# the next security update.
# hadolint ignore=DL3008
RUN apt-get update && \
    apt-get install -y --no-install-recommends \
      tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd tesseract-ocr-script-thai tesseract-ocr-tha tini && \
    rm -rf /var/lib/apt/lists/* && \
    useradd --create-home --uid 10001 formextract && \
    install -d -o formextract -g formextract /data
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY --from=build /app/src ./src
COPY pyproject.toml README.md ./
COPY flows ./flows
COPY mappings ./mappings
COPY samples/registry ./samples/registry
ENV PATH=/opt/venv/bin:$PATH \
    LANG=C.UTF-8 \
    PYTHONUTF8=1 \
    PYTHONUNBUFFERED=1 \
    OMP_THREAD_LIMIT=1 \
    FORMEXTRACT_HOME=/data \
    FORMEXTRACT_MAPPINGS=/app/mappings \
    PREFECT_SERVER_ANALYTICS_ENABLED=false \
    DO_NOT_TRACK=1
USER 10001:10001
VOLUME /data
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s --retries=3 \
    CMD ["formextract", "doctor", "--quick"]
# tini passes signals on and reaps the readers' processes.
ENTRYPOINT ["tini", "--"]
CMD ["formextract", "--help"]
