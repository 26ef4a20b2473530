# Needs python3 >= 3.11 with venv, and make; all else goes into .venv. `make help` lists what there is.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# As it was typed: a `$x` in a query is SPARQL's, not make's.
export QUERY = $(value Q)
VERSION ?= $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' kg/__init__.py)

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
.PHONY: help build test check check-exports query serve diff release pictures bench bench-page bench-server bench-hostile fuzz scores clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1 ## /p' $(MAKEFILE_LIST) | awk -F ' ## ' '{ printf "make %-14s %s\n", $$1, $$2 }'

build: .venv/.kg ## set up if need be, then read seeds/ and ontology/ and write exports/ (the default)
	$(BIN)/kg build

test: .venv/.test ## every test and doctest, with what they need, Chromium and rapper included (ARGS='-k dates' for some)
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.rapper
	$(BIN)/python -m pytest $(ARGS)

check: .venv/.check ## format, lint, types, import contracts, and whether exports/ is what a build gives
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy --strict kg tests
	$(BIN)/lint-imports --no-logo
	@$(MAKE) --no-print-directory check-exports

check-exports: .venv/.kg ## whether exports/ is what a build gives, byte by byte
	@fresh=$$(mktemp -d) || exit; trap 'rm -rf "$$fresh"' EXIT; trap 'exit 130' INT TERM; \
	$(BIN)/kg build --out "$$fresh/exports" >/dev/null || exit; \
	stale=; for name in graph.ttl statements.jsonl refused.jsonl disagreements.jsonl; do \
		cmp "$$fresh/exports/$$name" "exports/$$name" >&2 || stale="$$stale exports/$$name"; \
	done; \
	[ -z "$$stale" ] || { echo "Not what a build gives:$$stale. Run make and commit." >&2; exit 1; }; \
	echo "exports/ is what a build gives."

query: .venv/.kg ## ask the graph: make query Q='SELECT ...', or Q=FILE
	@[ -n "$$QUERY" ] || { echo "Say what to ask: make query Q='SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 10'" >&2; exit 2; }
	@$(BIN)/kg query "$$QUERY"

serve: build ## the graph in a browser, and SPARQL for programs (ARGS='--port 8080 --reload')
	@$(BIN)/kg serve $(ARGS)

diff: .venv/.kg ## the statements gained and lost since the last commit
	@$(BIN)/kg diff

release: .venv/.kg ## the graph in every form that others take, to dist/kg-0.1.0 (VERSION=0.2.0 SINCE=FOLDER DIR=FOLDER)
	$(BIN)/kg release $(or $(DIR),dist/kg-$(VERSION)) --version $(VERSION) $(if $(SINCE),--since $(SINCE))

pictures: .venv/.test build ## pictures of the page, light, dark and narrow; README shows them
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.pictures

bench: .venv/.bench ## how fast kg reads, beside spaCy, rdflib and its own plain loop: a table, in about 20 minutes (ARGS='--quick rules')
	@$(BIN)/python -m tests.bench $(ARGS)

bench-page: .venv/.test ## how fast the page draws and moves, beside stock pyvis: a table, in about ten minutes
	@$(BIN)/python -m tests.browser >&2
	@$(BIN)/python -m tests.bench_page

bench-server: .venv/.test ## the server under load and attack, and our queries beside rdflib's: tables, in two minutes
	@$(BIN)/python -m tests.bench_server $(ARGS)

bench-hostile: .venv/.test ## what hostile texts and patterns cost at sizes n to 8n, in a quarter of an hour (ARGS='--only quot')
	@$(BIN)/python -m tests.bench_hostile $(ARGS)

fuzz: .venv/.fuzz ## property tests with many more examples, then SECONDS=60 of fuzzing for documents and for rules
	$(BIN)/python -m pytest --hypothesis-profile=fuzz tests/properties
	@$(BIN)/python -m tests.fuzz $(or $(SECONDS),60)

scores: .venv/.test ## the table of scores in README, against facts read by hand: make scores GOLD=FOLDER
	@[ -d "$(GOLD)/gold" ] || { echo "Say where the facts are: make scores GOLD=FOLDER, a folder with gold/ and score/" >&2; exit 2; }
	$(BIN)/python -m tests.scores "$(GOLD)"

clean: ## remove what was made here; what is committed stays
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist exports/graph.html
	find kg tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps: one for kg itself, one for each extra of pyproject.toml.

.venv/.kg: pyproject.toml .ci/constraints.txt | $(BIN)/python
	$(PIP) install -c .ci/constraints.txt -e .
	@touch $@

.venv/.add .venv/.bench .venv/.cluster .venv/.corpora .venv/.test .venv/.check .venv/.fuzz: .venv/.%: .venv/.kg
	$(PIP) install -c .ci/constraints.txt -e '.[$*]'
	@touch $@

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "kg needs Python 3.11 or newer, and $(PYTHON) is not here: install it (Debian, Ubuntu: apt install python3 python3-venv)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "kg needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1): install a newer one, or name it: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "kg needs Python's venv, and $(PYTHON) comes without it: install it (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv || { rm -rf .venv; exit 1; }
