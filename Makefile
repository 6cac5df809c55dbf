# Everything Exeunt needs, from a bare Debian 12 with python3, pip, git and make. Start with: make
# No root is needed, no Node, no venv module. Warm runs of a target install nothing.

PYTHON ?= python3
BIN := .venv/bin
UV := .tools/bin/uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate $(UPGRADE)
CODE := src tests tools benchmarks
# Half as many again as there are processors: many tests wait for another process.
WORKERS := $(shell echo $$(( ($$(nproc) * 3 + 1) / 2 )))

# A Python, environment or path chosen for other work must not reach into this one.
unexport UV_PYTHON VIRTUAL_ENV CONDA_PREFIX PYTHONPATH PYTHONHOME
export PIP_ROOT_USER_ACTION := ignore
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo serve test prove lint format docs messages blanks pictures lock bench clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: .venv/test.stamp ## make the environment for working on Exeunt (.venv)

demo: .venv/run.stamp ## build the demonstration archive in demo/
	$(BIN)/exeunt demo demo --published examples/published-accounts --replace

serve: .venv/run.stamp ## open the demonstration in the browser (builds it if it is missing)
	@test -f demo/archive.json || $(MAKE) demo
	$(BIN)/exeunt serve demo

test: lint ## the gate: style, types, architecture, then all tests on SQLite and on PostgreSQL
	EXEUNT_CHROMIUM="$$($(BIN)/python -m tools.chromium)" && export EXEUNT_CHROMIUM \
		&& $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
	$(BIN)/python -m tools.postgres $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "database and not browser"

prove: setup ## the full counts of the random walks, fuzzing and kills (long; can be resumed)
	@test -f tools/prove.py || { echo "There is nothing to prove yet: tools/prove.py is missing."; exit 1; }
	EXEUNT_PROVE=1 $(BIN)/python -m tools.prove

lint: setup ## style, types and architecture only
	$(BIN)/ruff format --check $(wildcard $(CODE))
	$(BIN)/ruff check $(wildcard $(CODE))
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup ## put the code into the house's form
	$(BIN)/ruff format $(wildcard $(CODE))
	$(BIN)/ruff check --fix $(wildcard $(CODE))

docs: setup ## render the parts of docs/ that are made from the code
	@test -f tools/docs.py || { echo "No part of docs/ is made from the code yet: tools/docs.py is missing."; exit 1; }
	$(BIN)/python -m tools.docs

messages: setup ## renew the translators' catalogues from the sources, and compile them
	$(BIN)/python -m tools.messages

blanks: setup ## write down what all migrations make of an empty database (after each new one)
	$(BIN)/python -m tools.blanks

pictures: setup ## take the pictures that the documentation shows, by the journeys in a real Chromium
	EXEUNT_CHROMIUM="$$($(BIN)/python -m tools.chromium)" EXEUNT_PICTURES=docs/images \
		$(BIN)/python -m pytest -q tests/browser/test_exploring.py \
		tests/browser/test_an_account_by_hand.py tests/browser/test_for_everyone.py \
		tests/browser/test_the_custodians_desk.py tests/browser/test_settling_spans.py \
		tests/browser/test_coding_texts.py tests/browser/test_finding_again.py \
		tests/browser/test_an_intake.py

lock: $(UV) ## renew requirements/*.txt (make lock UPGRADE=--upgrade takes newer versions)
	$(LOCK) requirements/uv.in -o requirements/uv.txt
	$(LOCK) --no-deps requirements/postgres.in -o requirements/postgres.txt
	$(LOCK) --no-deps requirements/node.in -o requirements/node.txt
	$(LOCK) pyproject.toml --group build -o requirements/run.txt
	$(LOCK) pyproject.toml --extra postgres --group test -c requirements/run.txt -o requirements/test.txt

bench: setup ## print how Exeunt's methods compare with their peers, side by side
	@for file in $(wildcard benchmarks/*.py); do echo "$$file"; $(BIN)/python "$$file" || exit 1; done

clean: ## remove all that make has made, the environment too
	rm -rf .venv .tools .cache build dist demo .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find $(wildcard $(CODE)) -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment -----------------------------------------------------------------------------

$(UV): requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Exeunt needs Python 3.11 or newer: make PYTHON=/path/to/python3")'
	rm -rf .tools/bin .tools/uv .tools/uv-*
	$(PYTHON) -m pip install --quiet --target .tools --require-hashes -r requirements/uv.txt
	touch $@

# Asked for its real path, a pyenv shim names the Python behind it, and the environment stays put.
.venv/pyvenv.cfg: | $(UV)
	$(UV) venv --quiet --clear --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv

.venv/run.stamp: requirements/run.txt pyproject.toml .venv/pyvenv.cfg
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements/run.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

.venv/test.stamp: requirements/test.txt .venv/run.stamp
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements/test.txt
	touch $@
