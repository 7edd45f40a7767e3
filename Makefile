# make site   builds the website into site/ (the default)
# make serve  shows it at http://127.0.0.1:8000/ and rebuilds after every edit
# make test   runs every check: style, types, tests
# make nightly runs every test with nothing left to samples, and the scripts in an old browser, which
#             tests/nightly_chromium80.py says how to get
# make bench  measures what reading, checking, building, searching and printing cost; see tests/benchmarks/README.md
# make generated  rewrites the pages and schemas that the program writes about itself, in seconds
# make golden rewrites the expected files under tests/golden/; read the difference before keeping it
# make pins   writes .ci/pins/ after pyproject.toml changed; UPGRADE=1 takes the newest releases
# make wheel  builds dist/evalpress-<version>-py3-none-any.whl, the same bytes every time
# make bundle builds an archive that installs the program without a network
# make compare BASE=HEAD  builds that revision and this tree, and lists every file that differs;
#             ONLY=pages leaves the PDFs out
# make setup  only prepares .venv, fonts and libraries (the others do it by themselves)
# make clean  removes what was built; .venv stays
# make help   prints these lines
#
# Another interpreter: make site PYTHON=python3.12

PYTHON ?= python3
# Material's announcement would hide the lines of the build itself.
export NO_MKDOCS_2_WARNING = 1
# Dozens of processes load the same modules: they are compiled once.
export PYTHONDONTWRITEBYTECODE =
BIN = .venv/bin
SETUP = $(PYTHON) -I hooks/evalpress/setup

.DEFAULT_GOAL = site
.NOTPARALLEL:
.PHONY: site serve test nightly bench generated golden pins wheel bundle compare setup clean help

site: setup
	$(BIN)/mkdocs build --strict

serve: setup
	$(BIN)/mkdocs serve --livereload

test:
	@$(SETUP) --tests
	$(BIN)/ruff check hooks tests
	$(BIN)/ruff format --check hooks tests
	$(BIN)/pytest

bench:
	@$(SETUP) --tests
	$(BIN)/python -m tests.benchmarks.bench_reading
	$(BIN)/python -m tests.benchmarks.bench_site
	$(BIN)/python -m tests.benchmarks.bench_search
	$(BIN)/python -m tests.benchmarks.bench_pdf
	$(BIN)/python -m tests.benchmarks.bench_books

generated: setup
	$(BIN)/python -m evalpress.authoring.generated

nightly:
	@$(SETUP) --tests
	EVALPRESS_SAMPLE=all $(BIN)/pytest
	$(BIN)/pytest -n0 tests/nightly_chromium80.py

golden:
	@$(SETUP) --tests
	EVALPRESS_REFRESH_GOLDEN=1 $(BIN)/pytest -n0 -m golden

# The pins of today go in, so that a version moves only where it must or UPGRADE says so.
PIN = $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-annotate \
	--group build --custom-compile-command "make pins" $(if $(UPGRADE),--upgrade)

pins: $(BIN)/uv
	$(PIN) --extra test --output-file .ci/pins/test.txt
	$(PIN) --constraint .ci/pins/test.txt --output-file .ci/pins/site.txt
	$(PIN) --constraint .ci/pins/test.txt --extra pdf-import --output-file .ci/pins/pdf-import.txt
	$(PIN) --constraint .ci/pins/test.txt --extra cluster --output-file .ci/pins/cluster.txt

$(BIN)/uv:
	@$(SETUP) --tests

wheel: setup
	$(BIN)/python -m evalpress.setup.wheel

bundle: setup
	$(BIN)/python -m evalpress.setup.bundle

compare: setup
	$(BIN)/python -m tests.compare_builds $(or $(BASE),HEAD) $(if $(ONLY),--only $(ONLY))

setup:
	@$(SETUP)

clean:
	rm -rf site .site-* .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find hooks tests -name __pycache__ -prune -exec rm -rf {} +

help:
	@sed -n '/^# \{0,1\}/!q; s/^# \{0,1\}//p' Makefile
