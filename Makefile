# Each target does its own set-up; Python 3.11 or later and GNU make are all that must be there.
VENV ?= .venv
PORT ?= 8501
WORKERS ?= 2
SHELL := bash
.SHELLFLAGS := -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check format evals evals-test evals-dev speed model index indexed lock clean

PY := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed
INDEX := $(or $(WEGWIJZER_INDEX),index)
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
export CHROMIUM
export PYTHONUNBUFFERED := 1
# Its threads wait by spinning: with two, to train takes 1.7 times the processor time, for other commands to use.
export OPENBLAS_NUM_THREADS ?= 1

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: indexed ## start the chat on http://localhost:8501 (PORT=... for another port)
	@echo "== Starting the chat on http://localhost:$(PORT), stop it with Ctrl+C"
	@exec $(PY) -m streamlit run app.py --server.port $(PORT)

test: export WEGWIJZER_TEST_INDEX ?= $(abspath $(INDEX))
test: $(INSTALLED) ## run every test
	@left_out=""; failed=0; \
	if [ ! -x "$(CHROMIUM)" ] && [ "$$CI" = true ]; then \
	  echo "No Chromium found: install it, or set CHROMIUM to its path. Nothing was tested." >&2; exit 1; \
	elif [ ! -x "$(CHROMIUM)" ]; then \
	  echo "== No Chromium found, so the browser tests are left out: install it, or set CHROMIUM to its path"; \
	  left_out=" and not browser"; \
	fi; \
	echo "== Running every test that leaves room for another, $(WORKERS) at a time"; \
	$(PY) -m pytest -n $(WORKERS) --dist worksteal -m "not alone$$left_out" || failed=1; \
	echo "== Running the tests that need the machine for themselves, one by one"; \
	$(PY) -m pytest -m "alone$$left_out" || failed=1; \
	exit $$failed

check: $(INSTALLED) ## check style and types
	@echo "== Checking style (ruff) and types (mypy)"
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy .

format: $(INSTALLED) ## put the code in the project's layout
	@$(PY) -m ruff check --select I --fix . && $(PY) -m ruff format .

evals: evals-test evals-dev ## measure the answers; fails when a bar is missed (--jobs 2: both splits at once)

evals-test: indexed
	@echo "== Measuring the answers"
	@$(PY) -m evals --check

evals-dev: indexed
	@echo "== Measuring the answers to the questions that choices were made on, and the advice"
	@$(PY) -m evals --check --split dev --out build/evals/dev

speed: indexed ## measure speed, memory and growth beside other tools (an hour or more)
	@echo "== Measuring speed and memory"
	@$(PY) -m evals speed

indexed: $(INSTALLED)
	@test -f "$(INDEX)/current" || { echo "== Building the index (once, some minutes)"; $(PY) -m ingest; }

index: $(INSTALLED) ## read corpus/ into the index again
	@$(PY) -m ingest

model: $(INSTALLED) ## train and build the embedded model in ingest/model again (ten minutes on a GPU, else many hours)
	@$(PY) -m scripts.build_model

lock: $(INSTALLED) ## write requirements.lock again, with the newest versions that pyproject.toml allows
	@echo "== Installing what pyproject.toml names in a new environment"
	@new="$$(mktemp -d)" && trap 'rm -rf "$$new"' EXIT && \
	  $(PY) -m venv "$$new" && \
	  "$$new/bin/python" -m pip install --quiet --disable-pip-version-check '.[dev]' && \
	  { echo "# Every package, with its version, that running, testing and measuring need. Made by: make lock"; \
	    "$$new/bin/python" -m pip freeze --all --exclude pip --exclude wegwijzer-lerende-praktijken \
	    | sed 's/+cpu$$//'; } > "$$new/requirements.lock" && \
	  mv "$$new/requirements.lock" requirements.lock

clean: ## remove the virtual environment, the index and all that was built
	rm -rf .venv index build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock
	@python=""; \
	for name in $(PYTHON) python3.11 python3 python3.12 python3.13 python; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python="$$name"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Python 3.11 or later is needed and was not found. Install it, or set PYTHON to its path." >&2; exit 1; \
	fi; \
	echo "== Making a virtual environment in $(VENV) with $$("$$python" --version)"; \
	"$$python" -m venv "$(VENV)" || { \
	  echo "The virtual environment could not be made. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "== Installing what requirements.lock names (once, some minutes)"
	@$(PY) -m pip install --disable-pip-version-check --requirement requirements.lock 2>&1 \
	| sed -nuE '/^ *(Downloading|Building|Installing|error|ERROR)/{s/^ */   /;s/^(.{110}).*/\1.../;p;}' || { \
	  echo "Installing failed; the lines above say why. Try again when the network is back." >&2; exit 1; }
	@touch "$(INSTALLED)"
