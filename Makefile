# `make` lists what there is. Everything it installs goes into .venv; nothing is taken for granted but Python and make.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# The environment may name another Python: make demo PYTHON=/usr/bin/python3.12
PYTHON ?= $(shell tools/setup/find-python)

.PHONY: help
help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(VENV)/.runtime ## one call the whole way: push, mask, search, answer, delete and prove it (about 3 minutes)
	$(BIN)/vaiti demo </dev/null

.PHONY: serve
serve: $(VENV)/.runtime ## the service and its page: on your data where VAITI_CONTROLLERS is set, else on the sample calls
	@if [ -n "$${VAITI_CONTROLLERS:-}" ]; then exec $(BIN)/vaiti serve; fi; \
	test -f vaiti-demo-kept/.vaiti-demo || $(BIN)/vaiti demo --keep --folder vaiti-demo-kept </dev/null; \
	exec $(BIN)/vaiti serve --data vaiti-demo-kept

.PHONY: up-local
up-local: $(VENV)/.runtime ## the distributed form without containers: Redis, the service, two workers, the clock
	@tools/up-local $(BIN)

.PHONY: test
test: $(VENV)/.dev system-packages tests/oidc/node_modules check ## everything CI runs: checks, then all tests but the long ones
	OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist loadfile  # each process has one core here, as `vaiti` takes one

.PHONY: check
check: $(VENV)/.dev ## format, lint, types, import contracts, size budgets
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -q tests/architecture

.PHONY: format
format: $(VENV)/.dev ## put the code into its one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: bench
bench: $(VENV)/.dev ## speed as ratios, side by side in one run, into docs/benchmarks (FULL=1: with hours of sound)
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks $(if $(FULL),full)

.PHONY: bench-archive
bench-archive: $(VENV)/.dev ## how search and purge grow with the archive, into docs/benchmarks (FULL=1: to a million calls, hours, 40 GB)
	$(BIN)/python -m benchmarks.archive 10000 100000 $(if $(FULL),1000000) --folder $(or $(FOLDER),/var/tmp)

.PHONY: bench-check
bench-check: $(VENV)/.dev ## fail where a ratio got more than 15 % worse than in docs/benchmarks
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks check

.PHONY: evaluate
evaluate: $(VENV)/.dev ## the open benchmark: 3,000 generated calls at four error rates, into docs/evaluation (10 minutes)
	nice -n 5 $(BIN)/python -m tools.generated_calls.evaluate

.PHONY: soak
soak: $(VENV)/.train voices ## the long tests: random transcripts, training in small (needs torch; make demo-model says what)
	OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -m soak --timeout 0 tests

.PHONY: demo-model
demo-model: $(VENV)/.train voices ## train the demo speech model again from nothing (hours; QUICK=1: try it in ten minutes)
	$(BIN)/python -m tools.demo_model $(if $(QUICK),--quick --work build/demo-model-quick)

.PHONY: sample-calls
sample-calls: $(VENV)/.train voices ## make the demo's sample calls again (needs espeak-ng)
	$(BIN)/python -m tools.sample_calls

.PHONY: lock
lock: ## write the hashed requirements files again (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes -q requirements.in -o requirements.txt --custom-compile-command "make lock"
	uv pip compile --universal --python-version 3.11 --generate-hashes -q requirements-dev.in -o requirements-dev.txt --custom-compile-command "make lock"
	uv pip compile --universal --python-version 3.11 --generate-hashes -q requirements-gpu.in -o requirements-gpu.txt --custom-compile-command "make lock"

.PHONY: clean
clean: ## remove what make has made (not your data)
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

.PHONY: system-packages
system-packages:
	@tools/setup/system-packages

.PHONY: voices
voices:
	@tools/setup/system-packages train

$(VENV)/bin/python:
	@tools/setup/make-venv "$(PYTHON)" "$(VENV)"

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install -q --require-hashes -r requirements.txt
	$(PIP) install -q --no-deps --no-build-isolation -e .
	@echo "Making the dictionaries ready (once, about 20 s)"; $(BIN)/python -c "from redaction import dictionary; [dictionary.word_forms(each) for each in ('fi', 'sv', 'en')]"
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(PIP) install -q --require-hashes -r requirements-dev.txt
	@touch $@

# only the tests of the company's sign-in need it; without npm, or where it reaches no registry, they skip and say so
tests/oidc/node_modules: tests/oidc/package-lock.json | system-packages
	@if command -v npm >/dev/null && npm ci --silent --ignore-scripts --no-audit --no-fund --prefix tests/oidc; then touch $@; \
	else echo "The tests of the company's sign-in are skipped: npm did not install tests/oidc"; fi

$(VENV)/.train: requirements-train.in $(VENV)/.dev
	$(PIP) install -q -r requirements-train.in
	@touch $@
