# Everything a fresh Linux machine needs is Python 3.11 or newer; each target makes the
# virtual environment that it needs. `make` alone lists the targets.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
OUT ?= dist/neural-networks

# One thread a process: the machines that grade have few cores and many submissions.
export OMP_NUM_THREADS ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test quick whole torch bench lint format release book data pins clean

help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## Release the course, grade a small class, print where the results are
	@$(PY) -m exercises.sample_class.demo

test: $(READY) ## Run every test, one process a core: the quick ones first, then the slow ones
	@$(PY) -m pytest --durations=15 --quiet --numprocesses auto --maxprocesses 4 $(ARGS)

quick: $(READY) ## Run the quick tests, a few cases of each: an answer within 90 seconds
	@$(PY) -m pytest --quick --quiet --numprocesses auto --maxprocesses 4 $(ARGS)

whole: $(READY) ## Run the notebooks with their full trainings, and hold what they print
	@$(PY) -m pytest -m whole --durations=5 --quiet $(ARGS)

torch: $(READY) ## Install PyTorch, which notebook 6 needs
	@$(PY) -c 'import torch' 2>/dev/null || \
		$(PY) -m pip install --quiet --constraint constraints.txt --editable '.[dev,torch]'

bench: $(READY) ## Measure: accuracy of the networks, speed of the grader
	@$(PY) -m benchmarks $(ARGS)

lint: $(READY) ## Check style, formatting, and that imports run one way
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(VENV)/bin/lint-imports --no-cache

format: $(READY) ## Mend style and formatting where a tool can
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

release: $(READY) ## Write the students' folder to OUT (dist/neural-networks)
	@$(VENV)/bin/course release $(OUT)

book: $(READY) ## Make the book: dist/book, with all solutions, and the same as a PDF
	@$(VENV)/bin/course book $(if $(shell command -v chromium chromium-browser google-chrome),--pdf) $(ARGS)

data: $(READY) ## Rebuild the embedded data: fonts, icons and words are fetched
	@for set in letters pages words glyphs hand networks; do \
		test ! -f data/$$set/build.py || $(PY) -m data.$$set.build || exit 1; done
	@$(PY) -m book.play.build

pins: $(READY) ## Write constraints.txt anew from what is installed
	@{ echo "# What the pinned dependencies of pyproject.toml bring along: written by make pins, with the"; \
		echo "# oldest Python that the course supports, so that the versions exist for every Python."; \
		$(PY) -m pip list --format=freeze --exclude-editable --exclude pip --exclude setuptools --exclude torch; \
	} > constraints.txt

clean: ## Remove the virtual environment, caches and everything that the targets wrote
	rm -rf $(VENV) build dist demo .pytest_cache .ruff_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { \
		echo "make: no Python 3.11 or newer was found; install one, or name it: make PYTHON=/path/to/python3" >&2; \
		exit 1; }
	@test -x $(PY) || $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "make: $(PYTHON) cannot make virtual environments; on Debian and Ubuntu: apt-get install python3-venv" >&2; \
		exit 1; }
	@echo "Installing what the course needs into $(VENV) (once; a few minutes)"
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@PYTHONWARNINGS=ignore $(PY) -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@
