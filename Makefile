# Every command of the project. Each line below a target also works typed by hand.
PYTHON ?= python3
WORKERS ?= 2
B := .venv/bin
RUN := .venv/run.stamp
DEV := .venv/dev.stamp
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test seed admin verify-audit roles code compact simulate hostile lint types e2e gallery crash bench diagrams translations migration lock

help:
	@awk '/^## /{print "\n" substr($$0, 4)} /^[a-z0-9-]+:.*# /{split($$0, part, /:.*# /); printf "  make %-13s %s\n", part[1], part[2]}' Makefile

## To use it
run: $(RUN) $(CATALOGUES) # start everything on this machine; Ctrl-C stops it
	@exec $(B)/python -m ops.run

code: $(RUN) # WHO=name: the current one-time code of a demonstration log-in
	@$(B)/python -m ops.code $(WHO)

admin: $(RUN) # make the first administrator of a real set-up
	@$(B)/python -m ops.admin

seed: $(RUN) # N=100000: make that many excerpts for measuring
	@$(B)/python -m ops.seed $(or $(N),100000)

verify-audit: $(RUN) # check the seals over the history: OK, or the first broken link
	@$(B)/python -m ops.verify_audit

compact: $(RUN) # what was erased leaves the database's own files; nightly
	@$(B)/python -m ops.compact

roles: $(RUN) # print the SQL with which an administrator makes the database log-ins
	@$(B)/python -m ops.roles

## To change it
test: $(DEV) $(CATALOGUES) # the whole suite on a real PostgreSQL
	$(B)/python -m pytest -n $(WORKERS) -m "not e2e and not crash and not redis"
	$(B)/python -m pytest -n $(WORKERS) --dist loadfile -m e2e
	$(B)/python -m pytest -m "(crash or redis) and not e2e"

e2e: $(DEV) $(CATALOGUES) # only the journeys in a real browser
	$(B)/python -m pytest -n $(WORKERS) --dist loadfile -m e2e

gallery: $(DEV) $(CATALOGUES) # every component of the pages, on http://127.0.0.1:8199
	$(B)/python -m tests.web_kit.gallery

crash: $(DEV) $(CATALOGUES) # only the tests that kill processes
	$(B)/python -m pytest -m crash

simulate: $(DEV) $(CATALOGUES) # 400 days of the clock beside its specification; SEED=2 for others; minutes
	DAYS=400 $(B)/python -m pytest -q tests/simulator

hostile: $(DEV) $(CATALOGUES) # 2,000 photos, 10,000 mutated files, an upload cut at every byte; SEED=2 for others; minutes
	CUTS=1000000 $(B)/python -m pytest -q tests/http/portal/test_files.py -k cut_at_any_byte
	PHOTOS=2000 MUTATIONS=10000 $(B)/python -m pytest -q -s tests/sandbox/test_campaign.py

lint: $(DEV) # style, templates, and who may import whom
	$(B)/ruff check .
	$(B)/ruff format --check .
	$(B)/djlint --lint --quiet .
	$(B)/lint-imports

types: $(DEV) # mypy, strict
	$(B)/mypy

bench: $(DEV) $(CATALOGUES) # TEXTS=1000000: the measurements of benchmarks/, among so many texts
	$(B)/python -m benchmarks $(TEXTS)

diagrams: $(DEV) # write docs/lifecycles/ anew from the declarations
	$(B)/python -m ops.diagrams

translations: $(DEV) # bring the catalogues up to date with the sources
	$(B)/pybabel extract -k _l --no-location --sort-output -F translations/babel.cfg -o translations/messages.pot .
	$(B)/pybabel update --width 120 --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -i translations/messages.pot -d translations

migration: $(DEV) # m="what changes": draft a migration from the models
	$(B)/python -m ops.migration "$(m)"

lock: $(DEV) # pin every dependency anew, with hashes
	$(B)/pip install --quiet uv
	$(B)/uv pip compile --universal --python-version 3.11 --generate-hashes requirements.txt -o requirements.lock
	$(B)/uv pip compile --universal --python-version 3.11 --generate-hashes requirements-dev.txt -o requirements-dev.lock

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Terrain needs Python 3.11 or later; name one with PYTHON=...")'
	$(PYTHON) -m venv .venv

$(RUN): requirements.lock | .venv/bin/python
	$(B)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $(RUN)

$(DEV): requirements-dev.lock requirements.lock | .venv/bin/python
	$(B)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $(RUN) $(DEV)

%.mo: %.po | $(RUN)
	$(B)/pybabel compile -i $< -o $@
