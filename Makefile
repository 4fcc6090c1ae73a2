# The commands of the house. `make demo` serves a seeded school, `make test` checks everything.

# The first Python that is new enough and can make a virtual environment; else one that is at least new enough,
# so that set-up can say what it lacks.
IS_NEW = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON := $(shell for check in "import venv, ensurepip; $(IS_NEW)" "$(IS_NEW)"; do \
	for each in python3 python3.13 python3.12 python3.11; do \
	$$each -c "$$check" 2>/dev/null && echo $$each && exit; done; done)
VENV_PYTHON := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: python help demo test lint format bench chaos messages lock clean

help:
	@echo "make demo      set up and serve a seeded school (PORT=8000)"
	@echo "make test      set up and run every check and test"
	@echo "make lint      the checks without the tests"
	@echo "make format    put code and pages into shape"
	@echo "make bench     measurements, one JSON object a line"
	@echo "make chaos     the long fault suite"
	@echo "make messages  bring locale/ up to date with the strings in code and pages"
	@echo "make lock      pin newer versions of what pyproject.toml asks for"
	@echo "make clean     remove what was made, .venv and the demo's data included"

python:
	@test -n "$(PYTHON)" || { echo "Install Python 3.11, 3.12 or 3.13 with venv and pip: none was found." >&2; exit 1; }

demo: python
	@$(PYTHON) scripts/setup.py demo
	@exec $(VENV_PYTHON) manage.py serve_demo

test: python
	@$(PYTHON) scripts/setup.py test
	@exec $(VENV_PYTHON) scripts/check.py

lint: python
	@$(PYTHON) scripts/setup.py develop
	@exec $(VENV_PYTHON) scripts/check.py --lint

format: python
	@$(PYTHON) scripts/setup.py develop
	-@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

bench: python
	@$(PYTHON) scripts/setup.py develop 1>&2
	@exec $(VENV_PYTHON) -m tests.bench

chaos: python
	@$(PYTHON) scripts/setup.py test
	@exec $(VENV_PYTHON) -m tests.support.servers -- $(VENV_PYTHON) -m pytest tests/chaos -m "long or not long" -v

messages: python
	@$(PYTHON) scripts/setup.py develop
	@exec $(VENV_PYTHON) scripts/messages.py update

lock: python
	@$(PYTHON) scripts/setup.py develop
	@exec $(VENV_PYTHON) scripts/lock.py

clean:
	rm -rf .venv var test-results .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
	rm -f locale/*/LC_MESSAGES/*.mo
