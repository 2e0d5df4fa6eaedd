# Everything people, hooks and CI run. `make demo` and `make test` need nothing prepared but
# Python 3.11, git and make.
SHELL := /bin/bash
PYTHON ?= python3.11
PORT ?= 8000
DATA ?= var/demo
BIN := .venv/bin
PY := PYTHONPATH=src $(BIN)/python
export PYTHONDONTWRITEBYTECODE = 1

.PHONY: help demo test check bench lock env format messages clean

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

demo: .venv/run src/tonghu/static messages ## Serve a made-up agency on PORT with its data in DATA
	@exec env PYTHONPATH=src $(BIN)/python -m tonghu.config.cli demo --port $(PORT) --data $(DATA)

test: .venv/dev src/tonghu/static messages ## All that CI runs
	@$(BIN)/python tools/everything.py

check: .venv/dev src/tonghu/static messages ## What a commit needs: no browser, SQLite only
	@$(BIN)/python tools/everything.py --quick

bench: .venv/dev src/tonghu/static messages ## Measure against a plain Django, write bench/RESULTS.md
	$(PY) -m bench

format: .venv/dev ## Put sources and templates in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/dev ## Renew the hashed locks from requirements/*.in
	$(BIN)/python -m pip --quiet install uv
	cd requirements && for name in run build dev; do ../$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --python-version 3.11 --custom-compile-command "make lock" $$name.in -o $$name.txt; done

env: .venv/dev ## Make the environment and nothing else

messages: .venv/run
	@$(BIN)/python tools/messages.py compile

src/tonghu/static: .venv/run tools/pack.py $(shell find src/tonghu/*/static -type f 2>/dev/null)
	@DJANGO_SETTINGS_MODULE= $(BIN)/python tools/pack.py src/tonghu/static >/dev/null
	@touch $@

.venv/run: requirements/run.txt requirements/build.txt
	@PYTHON=$(PYTHON) tools/environment.sh requirements/run.txt requirements/build.txt
	@touch $@

.venv/dev: .venv/run requirements/dev.txt
	@PYTHON=$(PYTHON) tools/environment.sh requirements/run.txt requirements/dev.txt
	@touch $@

clean: ## Throw away what was built; data folders stay
	rm -rf .venv dist src/tonghu/static $$(find src -name '*.mo')
