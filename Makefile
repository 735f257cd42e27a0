# make export: fill dist/ from input/.  make test: the whole test suite.  Both set up .venv first.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: export test check clean

export: .venv/ready
	@test -e dist/README.md || git checkout --quiet -- dist/README.md 2>/dev/null || true
	$(BIN)/align export

test: .venv/ready-to-test
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/ready-to-test
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	rm -rf build/types
	$(BIN)/python -m pip --disable-pip-version-check wheel --quiet --no-deps --wheel-dir build/types .
	$(BIN)/python -m zipfile -e build/types/*.whl build/types
	MYPYPATH=build/types:tests $(BIN)/python -m mypy --explicit-package-bases tests

clean:
	rm -rf .venv build

.venv/made:
	$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'align needs Python 3.11 or later; try: make PYTHON=python3.12')"
	$(PYTHON) -m venv .venv
	touch $@

.venv/ready: .venv/made pyproject.toml
	$(PIP) -e .
	touch $@

.venv/ready-to-test: .venv/made pyproject.toml
	$(PIP) -e ".[test]"
	# It brings the browser's accessibility checker as one file, axe-core 4.12 (MPL-2.0); what it requires is not needed.
	$(PIP) --no-deps "axe-playwright-python>=0.1.8"
	touch .venv/ready $@

.PHONY: wheel docs
wheel: .venv/ready-to-test
	$(BIN)/python -m build --wheel --outdir build/pkg

docs: export .venv/ready-to-test
	$(BIN)/python docs/paste.py
