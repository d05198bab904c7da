# Dekat needs python3 (3.11 or newer) and make. Everything else prepares itself, once.
PYTHON ?= python3
READY := .venv/.ready
ONLY ?=
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check bench fuzz docs clean assets requirements wheel

help:  ## this list
	@$(PYTHON) tools/list_commands.py

demo: assets  ## prepare everything and start a sample regency (ARGS="--base 9000 --steady-lines")
	@.venv/bin/dekat demo $(ARGS)

test: assets  ## prepare everything and run every test, on SQLite and on PostgreSQL at the same time (ARGS="-k name")
	@$(PYTHON) tools/run_tests.py $(ARGS)

check: assets  ## the fast part: format, types, layers, house rules
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/pytest -q tests/house

bench: assets  ## measure the promised ratios (ONLY=name for one; ARGS=--full with a million residents)
	@.venv/bin/python -m bench $(ONLY) $(ARGS)

fuzz: assets  ## look for bytes that crash, hang or bloat a parser (ONLY=wire for one; ARGS="--seconds 60")
	@.venv/bin/python -m fuzz $(ARGS) $(ONLY)

docs: assets  ## write again the reference pages that come from the code
	@.venv/bin/python tools/write_reference.py

wheel: assets  ## a wheel in dist/ with the built assets inside: all that a station installs
	@.venv/bin/python -m build --wheel --no-isolation --outdir dist .

assets: $(READY)  ## the style sheet, icons, fonts and models that pages, documents and the judge of pictures use
	@$(PYTHON) tools/build_assets.py
	@.venv/bin/python tools/build_fonts.py
	@.venv/bin/python tools/build_models.py

requirements: $(READY)  ## resolve the pinned Python and npm packages again after a change of *.in or package.json
	@$(PYTHON) tools/lock_python.py
	@$(PYTHON) tools/lock_npm.py

clean:  ## remove everything built and the sample regency (var/demo); other data in var/ stays
	@$(PYTHON) tools/clean.py

$(READY): requirements/dev.txt requirements/bootstrap.txt pyproject.toml tools/prepare_python.py
	@$(PYTHON) tools/prepare_python.py
