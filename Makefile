# `make check` is the one gate; CI runs the same.
PYTHON ?= python

.PHONY: check format lint types test faults crash junk wheel-check bench screenshots schema docs examples

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

# Every fault at every request of every scene, not only once for each kind of request.
faults:
	VEP_TUI_ALL_FAULTS=1 $(PYTHON) -m pytest -n auto tests/faults

# Hundreds of kills, at all commit points, and a long walk through the model.
crash:
	VEP_TUI_KILLS=400 VEP_TUI_KILL_EVERY=1 $(PYTHON) -m pytest tests/crash
	VEP_TUI_EXAMPLES=300 $(PYTHON) -m pytest tests/sync/test_three_reviewers.py

# Hundreds of made-up texts and worlds for each rule that is tried with them.
junk:
	VEP_TUI_EXAMPLES=500 $(PYTHON) -m pytest -n auto tests/core tests/store

wheel-check:
	$(PYTHON) scripts/check_wheel.py

bench:
	$(PYTHON) -m bench

screenshots:
	$(PYTHON) scripts/screenshots.py

docs:
	$(PYTHON) scripts/reference.py

# After a new step in store/schema.py: an example of what it makes, for the tests of later ones.
examples:
	$(PYTHON) scripts/store_examples.py

schema:
	$(PYTHON) scripts/prune_schema.py
