# The service as a container image: no root, nothing written outside /data and /tmp, every byte installed by its hash.
# `make container-check` replays the steps of this file without a container engine.

ARG PYTHON=3.11
ARG DEBIAN=bookworm

# Not the slim image: this one has the C compiler and the headers that the compiled build needs. It stays behind.
FROM python:${PYTHON}-${DEBIAN} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
# Dependencies first: this layer is made anew only when a lock changes.
COPY requirements.txt requirements-compile.txt ./
RUN python -m venv /opt/jmc-vc && /opt/jmc-vc/bin/python -m pip install --require-hashes -r requirements.txt
RUN python -m venv /opt/build && /opt/build/bin/python -m pip install --require-hashes -r requirements-compile.txt
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY schemas schemas
COPY src src
# Compiled, or not at all: docs/decisions/0011-compiled-build.md
RUN HATCH_BUILD_HOOK_ENABLE_CUSTOM=1 /opt/build/bin/python -m hatchling build -t wheel -d /build/dist
RUN /opt/jmc-vc/bin/python -m pip install --no-deps --no-index /build/dist/jmc_vc-*.whl

FROM python:${PYTHON}-slim-${DEBIAN}
# A number, so that an orchestrator can see that it is not root. /data and /anchor belong to it; a volume takes over its
# owner.
RUN install -d -o 10001 -g 10001 -m 0700 /data /anchor
COPY --from=build /opt/jmc-vc /opt/jmc-vc
ENV PATH=/opt/jmc-vc/bin:/usr/local/bin:/usr/bin:/bin PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
  JMC_VC_DATA_DIR=/data JMC_VC_HOST=0.0.0.0 JMC_VC_PORT=8000
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["jmc-vc"]
CMD ["serve"]
