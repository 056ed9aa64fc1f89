# The commands of this project. `make` alone lists them.
#
#   PYTHON=…  the interpreter that the environment in .venv is made with (default python3)
#   PORT=…    where `make run` serves (default 8000)
#   DATA=…    where `make run` keeps its database and keys (default .data/localhost-$(PORT))
#   WORKERS=… how many processes run the tests (default: one more than there are processors, as some tests wait)
#   ARGS=…    further arguments of pytest, such as ARGS='-k revoke' or ARGS='-n0 tests/domain'

PYTHON ?= python3
PORT   ?= 8000
DATA   ?= .data/localhost-$(PORT)
WORKERS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1)))
ARGS   ?=

BIN := .venv/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore $(BIN)/python -m pip

# $(call install,NAME,FILES): install exactly what FILES lock, then this package itself, editable and without its
# dependencies. Done only when the locks, pyproject.toml, the interpreter or the place changed: the stamp says for what
# the last install was. The build tools come from a lock too, hence no build isolation, which would fetch unlocked ones.
define install
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "This needs Python 3.11 or newer with its venv module (Debian and Ubuntu: apt install python3 python3-venv); \
	'$(PYTHON)' is not that. Another interpreter: make PYTHON=/path/to/python3 …" >&2; exit 1; }
	@want=$$( { cat pyproject.toml $(2); $(PYTHON) -VV; pwd; } | $(PYTHON) -c \
	  'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'); \
	stamp=.venv/installed-$(1); \
	if [ -x $(BIN)/python ] && [ "$$(cat $$stamp 2>/dev/null)" = "$$want" ]; then exit 0; fi; \
	echo "Installing into .venv (once; needs the network) …"; \
	$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv && \
	rm -f $$stamp && \
	$(PIP) install --quiet --require-hashes $(foreach file,$(2),-r $(file)) && \
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable . && \
	echo "$$want" > $$stamp
endef

.DEFAULT_GOAL := help
.PHONY: help setup run test compiled test-compiled check fuzz corpus openapi docs bench interop lock container-check clean \
  _run_environment _dev_environment

help: ## print this list
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

_run_environment:
	$(call install,run,requirements.txt requirements-build.txt)

_dev_environment:
	$(call install,dev,requirements-dev.txt)

setup: _dev_environment ## make .venv with everything needed to run, test and check

run: _run_environment ## serve on http://localhost:8000 with SQLite and labelled demo data
	@JMC_VC_DATA_DIR='$(DATA)' JMC_VC_BASE_URL='http://localhost:$(PORT)' JMC_VC_PORT='$(PORT)' \
	  exec $(BIN)/jmc-vc serve --demo

test: _dev_environment ## run every test that needs no outside part (PostgreSQL too, where its programs are installed)
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

compiled: build/compiled/.made ## compile the modules that cost most, into build/compiled (needs a C compiler)

# Folders are in the list of what it is made from because their dates tell of files that are gone.
build/compiled/.made: $(shell find src schemas -name __pycache__ -prune -o -print) hatch_build.py pyproject.toml \
    requirements-dev.txt | _dev_environment
	@rm -rf build/compiled
	@HATCH_BUILD_HOOK_ENABLE_CUSTOM=1 $(BIN)/python -m hatchling build -t wheel -d build/compiled
	@$(BIN)/python -m zipfile -e build/compiled/*.whl build/compiled
	@touch $@

# Formats and verification: what is compiled, and what stands on it.
test-compiled: compiled ## run the tests of formats and of verification on build/compiled
	@TEST_ENGINE=compiled PYTHONPATH='$(CURDIR)/build/compiled' $(BIN)/pytest -n $(WORKERS) --dist worksteal \
	  -o pythonpath='build/compiled .' -m 'not postgres' tests/contracts/test_engine.py tests/formats tests/hostile \
	  tests/properties tests/verifying $(ARGS)

check: _dev_environment ## formatting, lint, types, layers, vendored files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/jmc-vc vendored check

fuzz: _dev_environment ## search for inputs that break what the tests claim, 100,000 edits among them (ARGS=--seconds=600)
	@$(BIN)/python -m tests.fuzz $(ARGS)

corpus: _dev_environment ## judge the published corpus: how many are judged wrongly, and how many by the peer
	@$(BIN)/python -m tests.corpus.figures

openapi: _dev_environment ## write openapi.yaml and the schema of a report from the code
	$(BIN)/jmc-vc openapi --out openapi.yaml
	$(BIN)/python -m jmc_vc.web.verify_api.report_schema schemas

docs: _dev_environment ## write the generated pages of docs/reference
	$(BIN)/python -m jmc_vc.cli.reference docs/reference

bench: _dev_environment ## measure against targets and peers; writes build/bench.json (eight minutes)
	@mkdir -p build; $(MAKE) -s --no-print-directory compiled || \
	  echo 'No compiled engine here: the plain source is measured alone.' >&2
	@$(BIN)/python -m bench $(ARGS)

interop: _dev_environment ## let other implementations check us and check theirs; writes build/interop.json (needs npm)
	npm ci --prefix tests/interop --no-audit --no-fund --loglevel=error
	@mkdir -p build; status=0; \
	TEST_REQUIRE=all $(BIN)/pytest -n0 -m interop --junitxml=build/interop.xml tests/interop $(ARGS) || status=$$?; \
	$(BIN)/python -m tests.interop.matrix build/interop.xml || status=$$?; exit $$status

container-check: _dev_environment ## replay the Dockerfile's steps without a container engine
	@TEST_REQUIRE=all $(BIN)/pytest -n0 -m slow tests/contracts/test_container.py $(ARGS)

# The lock files name no address, and their hashes are those of the public registry: the compiler must not see the mirrors
# and wheel folders of the machine it runs on.
LOCK := env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL -u PIP_INDEX_URL PIP_CONFIG_FILE=/dev/null \
  CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --allow-unsafe --generate-hashes --strip-extras \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --pip-args --isolated
BUILD_DEPS := --build-deps-for wheel --build-deps-for editable

lock: _dev_environment ## write the lock files anew from pyproject.toml (ARGS=--upgrade takes newer releases)
	$(LOCK) $(ARGS) --output-file requirements.txt pyproject.toml
	$(LOCK) $(ARGS) -c requirements.txt $(BUILD_DEPS) --only-build-deps --output-file requirements-build.txt pyproject.toml
	HATCH_BUILD_HOOK_ENABLE_CUSTOM=1 $(LOCK) $(ARGS) -c requirements.txt -c requirements-build.txt --build-deps-for wheel \
	  --only-build-deps --output-file requirements-compile.txt pyproject.toml
	$(LOCK) $(ARGS) -c requirements.txt -c requirements-build.txt -c requirements-compile.txt $(BUILD_DEPS) --extra dev \
	  --output-file requirements-dev.txt pyproject.toml

clean: ## remove what was made here, except .data
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
