# motcua: `make run` starts an office, `make test` checks everything; both do all their own set-up.
SHELL := /bin/bash
PY := .venv/bin/python
# Compiled once and kept: without it every start of a program would compile all it imports.
export PYTHONDONTWRITEBYTECODE :=
DIR ?= var/office
ARGS ?= --demo
ROUNDS ?= 50
MYPY ?=
# The rooms with the longest stories begin, so that no worker is left alone with one at the end.
LONGEST := $(addprefix tests/,ui torture integration/forms integration/dossiers acceptance integration/web integration/link)

.PHONY: run test lint unit slow bench torture screenshots sounds deb sbom clean

run: .venv/run-ready
	@$(PY) -m queue_server.cli up --dir $(DIR) $(ARGS)

# Two cores, and more workers than cores: tests wait for programs, answers and time-outs half of their time.
test: .venv/test-ready
	@$(MAKE) --no-print-directory -j2 lint unit
	@$(MAKE) --no-print-directory slow

lint: .venv/test-ready
	@$(PY) -m ruff check --no-cache .
	@$(PY) -m ruff format --no-cache --check .
	@$(PY) -m mypy $(MYPY)
	@.venv/bin/lint-imports --no-cache

# A worker that has nothing left takes over from the others.
unit: .venv/test-ready
	@.ci/in-memory $(PY) -m pytest -n 3 --dist worksteal -m "not slow"

slow: .venv/test-ready
	@.ci/in-memory $(PY) -m pytest -n 4 --dist loadfile --no-loadscope-reorder -m slow $(LONGEST) \
		$$(grep -rl "mark\.slow" tests --include="*.py" | grep -v $(LONGEST:%=-e ^%/) | xargs -n 1 dirname | sort -u)

bench: .venv/test-ready
	@$(PY) -m tests.benchmarks

# Goes on where it stopped; SEED=… begins anew, and replays.
torture: .venv/test-ready
	@$(PY) -m tests.torture --rounds $(ROUNDS) $(if $(SEED),--seed $(SEED))

screenshots: .venv/test-ready
	@$(PY) -m tests.screenshots

sounds: .venv/test-ready
	@$(PY) -m assets.build_sounds --only-missing

deb: .venv/test-ready
	@packaging/build-deb

sbom: .venv/test-ready
	@mkdir -p dist && $(PY) packaging/sbom.py > dist/sbom.json
	@$(PY) packaging/audit.py dist/sbom.json

clean:
	rm -rf .venv .npm-tools var

.venv/run-ready: requirements.lock pyproject.toml .ci/setup
	@bash .ci/setup run && touch $@

.venv/test-ready: requirements.lock pyproject.toml .ci/setup $(wildcard tests/tools/*/package-lock.json)
	@bash .ci/setup test && touch $@ .venv/run-ready
