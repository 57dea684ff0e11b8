# Two commands: `make run` and `make test`. Everything else is for those who work on the code.
PYTHON ?= python3.11
PORT ?= 8000
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
FAST := -n auto --dist worksteal -p no:schemathesis -p no:anyio -m "not browser and not faults and not thorough" \
  --ignore tests/journeys --ignore tests/faults --ignore tests/api/test_schema_fuzz.py
THOROUGH := -n auto --dist worksteal -m thorough --timeout 300
PLAIN := --ignore tests/engine --ignore tests/intake  # they ask no database: once is enough
FUZZ := -n auto --dist worksteal -rP --timeout 3600 tests/api/test_schema_fuzz.py
FAULTS := tests/faults tests/ledger

# Each process reads what the first has compiled, tests too.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run serve test test-all test-long check env lock messages screenshots

run: .venv/.runtime
	@exec $(BIN)/python manage.py run --port $(PORT)

serve: .venv/.runtime
	@exec $(BIN)/python manage.py serve --port $(PORT)

env: .venv/.dev

test: .venv/.dev
	@echo "== fast suite on SQLite"
	$(PYTEST) $(FAST)
	@echo "== on PostgreSQL, what of it asks a database"
	@$(BIN)/python tests/with_postgres.py $(PYTEST) $(FAST) --asking-the-database
	@echo "== jobs with Redis"
	@$(BIN)/python tests/with_redis.py $(PYTEST) -n 0 -m "not faults and not thorough" tests/jobs tests/ledger
	@echo "== browser smoke"
	@$(BIN)/python tests/with_chromium.py $(PYTEST) -m "browser" -k smoke

test-all: export FACTCHECK_NO_OMISSIONS = 1
test-all: .venv/.dev
	@echo "== journeys and accessibility in a real browser"
	$(BIN)/python tests/with_chromium.py $(PYTEST) -n 2 --dist worksteal -m browser tests/journeys
	@echo "== every role on every address, on SQLite and on PostgreSQL"
	$(PYTEST) $(THOROUGH)
	@$(BIN)/python tests/with_postgres.py $(PYTEST) $(THOROUGH) $(PLAIN)
	@echo "== hostile requests as every role, on SQLite and on PostgreSQL"
	$(PYTEST) $(FUZZ)
	@$(BIN)/python tests/with_postgres.py $(PYTEST) $(FUZZ)
	@echo "== faults in small"
	$(PYTEST) -n 2 --dist worksteal -rP -m "faults and not long" $(FAULTS) --timeout 900

test-long: export FACTCHECK_FAULTS = long
test-long: .venv/.dev
	$(PYTEST) $(FUZZ)
	@$(BIN)/python tests/with_postgres.py $(PYTEST) $(FUZZ)
	$(PYTEST) -m faults $(FAULTS) --timeout 3600 -s

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING

screenshots: .venv/.dev
	$(BIN)/python tests/with_chromium.py $(BIN)/python docs/screenshots.py

messages: .venv/.dev
	@$(BIN)/python tests/catalogue.py

lock:
	uv pip compile pyproject.toml --generate-hashes --no-header --python-version 3.11 --universal -q -o requirements.lock
	uv pip compile pyproject.toml --group dev -c requirements.lock --generate-hashes --no-header --python-version 3.11 --universal -q -o requirements-dev.lock

# uv where it is found, else the venv and pip of Python itself; both read the same lock.
define install
	@echo "Building the environment from $(1); once per change of it."
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv -q --allow-existing --python $(PYTHON) .venv && uv pip install -q --python $(BIN)/python --require-hashes -r $(1); \
	else \
	  $(PYTHON) -m venv .venv && $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1); \
	fi
	@touch $(2)
endef

.venv/.runtime: requirements.lock
	$(call install,requirements.lock,.venv/.runtime)

.venv/.dev: requirements-dev.lock
	$(call install,requirements-dev.lock,.venv/.dev)
	@touch .venv/.runtime
