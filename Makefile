# Every command sets up what it needs on a bare Linux machine with Python 3.11 or newer.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.PHONY: venv

venv: .venv/.installed

.venv/.installed: requirements/dev.txt pyproject.toml
	[ -x .venv/bin/python ] || python3 -m venv .venv
	.venv/bin/pip install --quiet --require-hashes -r requirements/dev.txt
	.venv/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
