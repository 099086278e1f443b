# `make check` is the one gate; CI runs the same.
PYTHON ?= python

.PHONY: check format lint types test wheel-check bench screenshots schema docs

check: lint types test

format:
	ruff format .
	ruff check --fix .

lint:
	ruff format --check .
	ruff check .

types:
	mypy

test:
	$(PYTHON) -m pytest -n auto

wheel-check:
	$(PYTHON) scripts/check_wheel.py

bench:
	$(PYTHON) -m bench

screenshots:
	$(PYTHON) scripts/screenshots.py

docs:
	$(PYTHON) scripts/reference.py

schema:
	$(PYTHON) scripts/prune_schema.py
