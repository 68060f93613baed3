# Vaiti in a container. `docker compose build` makes it (docs/compose.md); what it holds is tested without an engine.
#   target vaiti   the service, workers, scheduler and command line
#   target gpu     the same with CUDA's matrix library, for speech workers on an NVIDIA card

FROM python:3.13.14-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
RUN ["python", "-m", "venv", "/opt/vaiti"]
WORKDIR /src
COPY requirements.txt ./
RUN ["/opt/vaiti/bin/pip", "install", "--require-hashes", "--only-binary", ":all:", "-r", "requirements.txt"]
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY redaction redaction
COPY storage storage
COPY recordings recordings
COPY workers workers
RUN ["/opt/vaiti/bin/pip", "install", "--no-deps", "--no-build-isolation", "--no-index", "."]
# The dictionaries, made once here: no container makes them at its start.
ENV XDG_CACHE_HOME=/opt/vaiti/cache
RUN ["/opt/vaiti/bin/python", "-c", "from redaction import dictionary; [dictionary.word_forms(each) for each in ('fi', 'sv', 'en')]"]

FROM build AS build-gpu
COPY requirements-gpu.txt ./
RUN ["/opt/vaiti/bin/pip", "install", "--require-hashes", "--only-binary", ":all:", "-r", "requirements-gpu.txt"]

FROM python:3.13.14-slim-trixie AS base
LABEL org.opencontainers.image.title="Vaiti" \
      org.opencontainers.image.description="Call recordings that keep quiet: transcribe, mask, search, answer, delete" \
      org.opencontainers.image.licenses="Apache-2.0"
# `vaiti backup` and `vaiti restore` call pg_dump and pg_restore, of the server's version: 17 in docker-compose.yml.
# Debian keeps one 17.x at a time, with its security fixes, so no smaller version can be named.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-client-17 \
 && rm -rf /var/lib/apt/lists/*
ENV PATH=/opt/vaiti/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/opt/vaiti/cache HOME=/tmp VAITI_DATA=/vaiti/data
# The number is for who runs the image by itself; compose gives the operator's own.
USER 10001:10001
WORKDIR /vaiti
STOPSIGNAL SIGTERM
ENTRYPOINT ["vaiti"]
CMD ["serve"]
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s CMD ["vaiti", "alive", "serve"]

FROM base AS gpu
COPY --from=build-gpu /opt/vaiti /opt/vaiti
ENV LD_LIBRARY_PATH=/opt/vaiti/lib/python3.13/site-packages/nvidia/cublas/lib \
    VAITI_SPEECH_DEVICE=cuda

FROM base AS vaiti
COPY --from=build /opt/vaiti /opt/vaiti
