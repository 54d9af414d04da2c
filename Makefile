# Every command of the course. `make` alone lists them.
# Each runs in a virtual environment of its own, .venv, made on the first need.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
# What is printed before each stage.
STAGE = @printf '\n== %s\n' "$@"

.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help book preview site execute

help: ## list these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | \
		awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --upgrade pip
	$(PY) -m pip install --quiet -r requirements.txt
	touch $@

book: execute site ## run every chapter, build the site, say where it is

execute: $(READY) ## run the notebooks that changed since they were last run
	$(STAGE)
	$(PY) -m tools.execute

site: $(READY) ## build the site from nothing; a warning is an error
	$(STAGE)
	$(PY) -m tools.build

preview: $(READY) ## build the site in less than a minute, running nothing
	$(PY) -m tools.build --preview
