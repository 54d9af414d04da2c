# Every command of the course; `make` alone lists them. Each makes what it needs:
# a virtual environment in .venv, and browsers and Emacs for the tests that want them.

PYTHON ?= python3
SLUG ?=
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
OFFLINE := $(PY) -m tools.offline
# A test whose program is missing is named with the reason; EVERY_TEST=1 fails it.
PYTEST := $(PY) -m pytest -q -rs --no-fold-skipped -p no:cacheprovider
PORT ?= 8000

# $(call stage,command): a heading, the command, and the time that it took.
define stage
@printf '\n== %s\n' '$@'; start=$$(date +%s); $(1) || exit 1; \
	printf -- '-- %s: %d s\n' '$@' $$(( $$(date +%s) - start ))
endef

.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help book preview serve chapter exercises notebooks test lint unit derived \
	execute site books nbval browser colab bench clean chromium programs decks \
	exports

help: ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | \
		awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

book: execute site ## run every chapter, build the site, say where it is

preview: $(READY) ## build the site in less than a minute, running nothing
	$(call stage,$(PY) -m tools.build --preview)

serve: $(READY) ## show the site at localhost and build it again as you edit
	@$(PY) -m tools.serve $(PORT)

chapter: $(READY) ## run and build one chapter: make chapter SLUG=convolution
	@test -n "$(SLUG)" || { echo "which one? make chapter SLUG=convolution"; exit 1; }
	$(call stage,$(OFFLINE) tools.execute --only $(SLUG) && $(PY) -m tools.build --preview)

exercises: $(READY) ## write the exercise pages from the solutions
	$(call stage,$(PY) -m tools.exercises)

decks: $(READY) ## write the cards for Anki, Emacs and paper; note which changed
	$(call stage,$(PY) -m tools.decks)

notebooks: $(READY) ## write the pages as notebooks, for Colab and Jupyter
	$(call stage,$(PY) -m tools.notebooks)

test: lint unit derived books exports execute site nbval browser colab ## run every test there is

lint: $(READY) ## check the style of code, lessons, cards and questions
	$(call stage,$(PY) -m ruff check . && $(PY) -m ruff format --check . \
		&& $(PY) -m tools.study && $(PY) -m tools.sources)

unit: $(READY) chromium programs ## test utils and the tools
	$(call stage,OMP_NUM_THREADS=1 $(PYTEST) -n 2 tests/unit)

derived: $(READY) ## check that derived files are those of their sources
	$(call stage,$(PY) -m tools.exercises --check && $(PY) -m tools.decks check)

books: $(READY) ## build small books from nothing, with and without faults
	$(call stage,$(PYTEST) -n 2 tests/book)

exports: $(READY) chromium programs ## import the decks with Anki and Emacs
	$(call stage,OMP_NUM_THREADS=1 $(PYTEST) -n 2 tests/decks)

execute: $(READY) ## run the notebooks that changed since they were last run
	$(call stage,$(OFFLINE) tools.execute)

site: $(READY) ## build the site from nothing; a warning is an error
	$(call stage,$(PY) -m tools.build)

nbval: $(READY) ## run every notebook again and compare it with its page
	$(call stage,$(OFFLINE) tools.compare)

browser: $(READY) chromium programs ## test the built site in real browsers
	$(call stage,$(PYTEST) -n 2 --dist loadgroup tests/site)

colab: $(READY) ## test the published notebooks in fresh environments
	$(call stage,$(PYTEST) tests/colab)

bench: $(READY) chromium ## measure what the course costs: a table and JSON
	$(call stage,$(PY) -m benchmarks)

clean: ## remove everything that was built, except the environment
	rm -rf _build build dist

chromium: $(READY)
	@$(PY) -m tools.browser

programs: $(READY)
	@$(PY) -m tools.programs

$(READY): requirements.txt pyproject.toml
	@.ci/environment $(PYTHON) $(VENV)
	@touch $@
