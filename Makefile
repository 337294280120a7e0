# Each command sets up what it needs on a bare Linux machine with Python 3.11 or newer, in this folder.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The environment brings Node for the CDK too, whatever the machine has.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

PYTHON := .venv/bin/python
READY := .venv/.ready-$(shell cat requirements/dev.txt pyproject.toml scripts/venv.sh | sha256sum | cut -c1-16)
CDK := node_modules/.package-lock.json
PARALLEL := --numprocesses auto --dist loadgroup
WHOLE_STACK := e2e or browser
# A stack, or a browser, keeps up to two processors busy, and waits as much.
STACKS := --numprocesses $(shell expr '(' $$(getconf _NPROCESSORS_ONLN) + 1 ')' / 2) \
	--dist loadgroup --no-loadscope-reorder

.PHONY: help demo up test check bench simulate mutate synth deploy venv lock format audit clean

help: ## This list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 16

demo: $(READY) ## The main job on the local stack, start to finish, with no question asked
	@.venv/bin/sayso demo

up: $(READY) ## The local stack in the foreground, with the phone simulator in the browser
	@.venv/bin/sayso up

# Tests of the whole stack, which wait much, have the machine first; those of single layers share
# what they leave, and report when both are done.
test: $(READY) ## Every test, the end-to-end and browser ones included
	@report=$$(mktemp); failed=0; \
	nice $(PYTHON) -m pytest $(PARALLEL) -m 'not ($(WHOLE_STACK))' >$$report 2>&1 & \
	layers=$$!; trap "kill $$layers 2>/dev/null || true; rm -f $$report" EXIT; \
	$(PYTHON) -m pytest $(STACKS) -m '$(WHOLE_STACK)' || failed=1; \
	wait $$layers || failed=1; \
	cat $$report; \
	exit $$failed

check: $(READY) ## Formatter, linter, strict types, architecture rules, dependency audit
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	@$(MAKE) audit

bench: $(READY) ## The benchmarks; one line a figure: name, value, unit
	@$(PYTHON) -m benchmarks

simulate: $(READY) ## A month in virtual time (make simulate SUBSCRIBERS=1000000 DAYS=30 SEED=1)
	@$(PYTHON) -m simulation $(if $(SUBSCRIBERS),--subscribers $(SUBSCRIBERS)) \
		$(if $(DAYS),--days $(DAYS)) $(if $(SEED),--seed $(SEED))

mutate: $(READY) ## Take each guard of tests/cases/guards.toml away once, and see that a test notices
	@$(PYTHON) scripts/mutate_guards.py

synth: $(READY) ## CDK synthesis into cdk.out (make synth STAGE=name: another stage of cdk.json)
	@$(PYTHON) -m infra.app --output cdk.out $(if $(STAGE),--stage $(STAGE))

deploy: synth $(CDK) ## Deployment to the AWS account of the environment
	node_modules/.bin/cdk deploy --all --app cdk.out $(CDK_ARGS)

venv: $(READY) ## The virtual environment that everything runs in

lock: $(READY) ## Pin the dependency groups of pyproject.toml again (make lock UPGRADE=1 moves every pin)
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)
	@$(MAKE) venv

format: $(READY) ## Format the code and mend what the linter can
	$(PYTHON) -m ruff check --fix --exit-zero --quiet .
	$(PYTHON) -m ruff format .

audit: $(READY) ## Known vulnerabilities of the locked packages (make audit STRICT=1: no answer is a failure)
	@$(PYTHON) scripts/audit.py $(if $(STRICT),--strict)

clean: ## Remove caches and what was built; the environment and the local stack's state stay
	rm -rf cdk.out build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.venv/*' -not -path './node_modules/*' -prune -exec rm -rf {} +

$(READY):
	@scripts/venv.sh $@

$(CDK): package-lock.json | $(READY)
	npm ci --no-audit --no-fund
	@touch $@
