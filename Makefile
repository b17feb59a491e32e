# make demo   sets everything up; drafts, checks, signs, amends and registers samples
# make test   sets everything up, then lint, types, tests and coverage
# make lint   ruff and mypy alone      make bench   the benchmarks
# make soak   laws, killing and tampering with many more examples: an hour and more
# make clean  removes what the others made
#
# PYTHON names the interpreter (3.11 or later), JOBS the processes that tests use.

PYTHON ?= python3
JOBS ?= 2

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SLACONTRACTS := $(BIN)/slacontracts
CONSTRAINTS := .ci/constraints.txt
SET_UP := pyproject.toml $(CONSTRAINTS) $(VENV)/made
INSTALLED := $(VENV)/installed
INSTALLED_DEV := $(VENV)/installed-dev

# Coverage starts in every Python process that finds these two: the tests and the
# processes that pytest-xdist starts. Tests hide them from most commands that they run.
COVERED := COVERAGE_PROCESS_START='$(CURDIR)/pyproject.toml' \
	COVERAGE_FILE='$(CURDIR)/.coverage'

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench soak clean

help:
	@sed -n 's/^# \{0,1\}//p;/^$$/q' Makefile

# What demo/ holds: its files with their sums, and what was saved in it.
DEMO_AS_MADE := $(VENV)/demo-as-made
DEMO_STATE := { find demo ! -type d ! -path 'demo/.git/*' -exec cksum {} + | sort; \
	git -C demo for-each-ref; }

# One sample is signed, amended twice and ended; the wording is that of
# docs/amending.md, what is registered is explained in docs/registering.md.
IN_DEMO := $(SLACONTRACTS) -C demo
AMENDED := SLA-2026-0001
TO := demo/amendments/
FILED := demo/register/
RECEIPTS := $(FILED)receipts.txt
ASSIGNMENT = $(IN_DEMO) use $(AMENDED) assignment --text docs/amending/assignment-
APPROVED = $(IN_DEMO) set $(AMENDED) "/approvals/+={on: 2026-11-20,
REGISTER = $(IN_DEMO) register $(AMENDED) --signed
BY = --signed-on $(1)="$$(date +%F)"
LAST_RECEIPT = $$(sed -n 's/^receipt: //p' $(RECEIPTS) | tail -n 1)

# What the parties read and sign of an open amendment; then it is registered.
define papers_of
$(IN_DEMO) render $(AMENDED) --as amendment --execution -o $(TO)
	$(IN_DEMO) render $(AMENDED) --as amendment --execution --format html -o $(TO)
	$(IN_DEMO) render $(AMENDED) --as redline -o $(TO)
	$(IN_DEMO) compare $(AMENDED) -o $(TO)$(AMENDED)-amendment-$(1)-changes.html
	$(REGISTER) $(TO)$(AMENDED)-amendment-$(1).docx $(call BY,provider) $(call BY,customer) >>$(RECEIPTS)
	@tail -n 2 $(RECEIPTS)
endef

demo: $(INSTALLED)
	@if [ -e demo ] && ! $(DEMO_STATE) 2>&1 | cmp -s - $(DEMO_AS_MADE); then \
	  n=1; while [ -e demo.old-$$n ]; do n=$$((n + 1)); done; \
	  mv demo demo.old-$$n && \
	  echo "demo/ was changed since it was made; it is kept as demo.old-$$n/"; fi
	rm -rf demo
	$(SLACONTRACTS) init demo --sample
	$(SLACONTRACTS) -C demo list
	$(SLACONTRACTS) -C demo check
	$(SLACONTRACTS) -C demo render --all -o demo/drafts
	$(SLACONTRACTS) -C demo render --all -o demo/drafts --format html
	$(SLACONTRACTS) -C demo render --all -o demo/drafts --format text
	@if command -v soffice >/dev/null; then set -x; \
	  $(SLACONTRACTS) -C demo render --all -o demo/drafts --format pdf; \
	else echo 'LibreOffice is not installed, so there is no PDF.'; fi
	@mkdir -p $(FILED)
	$(IN_DEMO) render $(AMENDED) --execution -o $(FILED)
	@if command -v soffice >/dev/null; then set -ex; \
	  $(IN_DEMO) render $(AMENDED) --execution --format pdf -o $(FILED); \
	  $(REGISTER) $(FILED)$(AMENDED).docx $(call BY,provider) >>$(RECEIPTS); \
	  $(IN_DEMO) registry list; \
	  $(REGISTER) $(FILED)$(AMENDED).pdf $(call BY,customer) >>$(RECEIPTS); \
	else set -ex; \
	  $(REGISTER) $(FILED)$(AMENDED).docx $(call BY,provider) $(call BY,customer) >>$(RECEIPTS); \
	fi
	@cat $(RECEIPTS)
	$(IN_DEMO) amend $(AMENDED) --effective 2027-03-01 --reason 'The Customer sells at night, too'
	$(ASSIGNMENT)1.txt
	$(IN_DEMO) set $(AMENDED) /services/web-hosting/targets/response-p2/target=PT30M
	$(APPROVED) item: assignment, role: legal, by: Ciara Nolan, value: 9f3b48da2862}"
	$(IN_DEMO) save $(AMENDED) -m 'Faster response, notice of an assignment'
	$(call papers_of,1)
	$(IN_DEMO) amend $(AMENDED) --effective 2027-07-01 --reason 'The yearly review'
	$(ASSIGNMENT)2.txt
	$(IN_DEMO) use $(AMENDED) publicity --omit
	$(IN_DEMO) set $(AMENDED) /services/web-hosting/price/amount=4900.00
	$(APPROVED) item: assignment, role: legal, by: Ciara Nolan, value: 7ce64c1512ed}"
	$(APPROVED) item: publicity, role: sales, by: Declan Byrne, value: omit}"
	$(IN_DEMO) save $(AMENDED) -m 'New price, competitors, no publicity'
	$(call papers_of,2)
	$(IN_DEMO) versions $(AMENDED)
	@set -ex; for day in 2027-01-01 2027-04-01 2027-08-01; do for format in docx html; do \
	  $(IN_DEMO) render $(AMENDED) --as conformed --at $$day --format $$format -o $(TO); \
	done; done
	$(IN_DEMO) registry list
	$(IN_DEMO) registry search '"service credits"' --limit 3
	$(IN_DEMO) registry due --within 1200d
	$(IN_DEMO) registry calendar -o $(FILED)deadlines.ics
	@echo 'We do not renew the agreement.' >$(FILED)notice.txt
	$(IN_DEMO) terminate $(AMENDED) --on 2029-11-30 --ground non-renewal --to provider \
	  --reference T-17 --notice $(FILED)notice.txt --received "$$(date +%F)" >>$(RECEIPTS)
	@tail -n 7 $(RECEIPTS)
	$(IN_DEMO) registry show $(AMENDED)
	$(IN_DEMO) verify --receipt "$(LAST_RECEIPT)"
	@$(DEMO_STATE) >$(DEMO_AS_MADE)
	@echo; echo 'Open these files:'; \
	find '$(CURDIR)/demo/drafts' '$(CURDIR)/$(TO)' '$(CURDIR)/$(FILED)' -type f | sort | sed 's/^/  /'

test: lint
	$(BIN)/coverage erase
	$(COVERED) $(BIN)/python -m pytest -n $(JOBS) --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --fail-under=90

lint: $(INSTALLED_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

soak: $(INSTALLED_DEV)
	SLACONTRACTS_EXAMPLES=5000 SLACONTRACTS_MUTANTS=5000 \
	  $(BIN)/python -m pytest -n $(JOBS) tests/laws tests/word/test_mutated_files.py
	SLACONTRACTS_KILLS=2000 SLACONTRACTS_FILINGS=100 SLACONTRACTS_TAMPERINGS=1000 \
	  $(BIN)/python -m pytest -rP tests/store/test_register_harm.py \
	  tests/store/test_chain_tampering.py

bench: $(INSTALLED_DEV)
	$(BIN)/python -m benchmarks $(BENCH)

clean:
	rm -rf $(VENV) demo dist htmlcov .coverage .coverage.* .hypothesis
	rm -rf .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): $(SET_UP)
	$(PIP) install --constraint $(CONSTRAINTS) --editable .
	@touch $@

$(INSTALLED_DEV): $(SET_UP)
	$(PIP) install --constraint $(CONSTRAINTS) --editable '.[dev,fast]'
	@touch $@ $(INSTALLED)

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'slacontracts needs Python 3.11 or later; say where it is: make PYTHON=python3.12'; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo 'Python has no venv here; on Debian and Ubuntu: apt-get install python3-venv'; \
	  exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@
