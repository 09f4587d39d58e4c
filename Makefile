# 议起来 Yiqilai: the commands. `make` alone lists them.
#
# Variables: PORT=8501 HOST=127.0.0.1 PYTHON=python3 ARGS="tests/rules -k quorum" JOBS=2

PYTHON ?= python3
HOST   ?= 127.0.0.1
PORT   ?= 8501
JOBS   ?= 2
ARGS   ?=

# Always `python -m tool`: the scripts in .venv/bin hold an absolute path and break when the folder is moved.
PY    := .venv/bin/python
STAMP := .venv/installed.stamp

.DEFAULT_GOAL := help
.PHONY: help setup install system demo demo-data run test check format pictures bench district papers lock licences

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

$(STAMP): requirements.lock
	@$(PYTHON) tools/make_venv.py

setup: $(STAMP)  ## create .venv with the pinned dependencies

# Where nobody tests: the packages of running alone. Later a `make setup` puts the others beside them.
RUN_STAMP := .venv/run.stamp
RUNS := $(if $(wildcard $(RUN_STAMP)),$(RUN_STAMP),$(STAMP))
$(RUN_STAMP): requirements.run.lock
	@$(PYTHON) tools/make_venv.py run

# The user that a unit runs as may not write beside the modules: what is not compiled here, each process compiles again.
install: $(RUN_STAMP)  ## create .venv for running alone: no tests, no checks, no browser
	@$(PY) -m compileall -q app.py components db pages

# The demonstration has a folder of its own, so that it can never be mixed up with real data. The mark is written last:
# a filling that was interrupted starts afresh.
DEMO := data/demo
demo demo-data: export YIQILAI_DATA_DIR := $(DEMO)
demo demo-data: export YIQILAI_DATABASE_URL := sqlite:///$(DEMO)/yiqilai.db
demo demo-data: export YIQILAI_REPLICA_URL :=
demo demo-data: export YIQILAI_SECRET_KEY :=

$(DEMO)/filled.mark:
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@$(PY) -m db migrate
	@$(PY) -m db demo
	@touch $@

demo-data: $(RUNS)
	@$(MAKE) -s $(DEMO)/filled.mark

demo: demo-data  ## the invented subdistrict, filled, ready to sign in
	@$(PY) -m db migrate
	@$(PY) -m db demo --sign-ins
	@echo
	@echo "议起来 Yiqilai → http://$(HOST):$(PORT)   (Ctrl-C ends it)"
	@exec $(PY) -m streamlit run app.py --server.address=$(HOST) --server.port=$(PORT)

# By itself uvicorn believes any program on this machine that says where a visitor comes from; only proxies named may.
demo run bench: export FORWARDED_ALLOW_IPS := $(YIQILAI_TRUSTED_PROXIES)

run: $(RUNS)  ## real use, on data/yiqilai.db or YIQILAI_DATABASE_URL
	@$(PY) -m db migrate
	@echo "议起来 Yiqilai → http://$(HOST):$(PORT)   (Ctrl-C ends it)"
	@exec $(PY) -m streamlit run app.py --server.address=$(HOST) --server.port=$(PORT)

system:
	@$(PYTHON) tools/install_system.py

# One file stays on one worker (loadfile): fixtures that are dear, such as a browser or a server, are made once a file.
# By itself xdist begins with the files of many tests: one test of three minutes would come last, and one worker wait for it.
# The processes that tests start read what the first of them compiled, whatever the shell says.
test: export PYTHONDONTWRITEBYTECODE :=
test: system $(STAMP)  ## everything, on SQLite and PostgreSQL, with a browser
	@$(PY) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(STAMP)  ## format, lint, types, architecture
	@$(PY) -m ruff format --check --output-format=concise .
	@$(PY) -m ruff check --output-format=concise .
	@$(PY) -m mypy
	@$(PY) -c "from importlinter.cli import lint_imports_command as lint; lint()" --no-logo

format: $(STAMP)  ## put the code into the agreed form, English messages into their catalogues
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .
	@$(PY) -m tools.sort_catalogues

pictures: system $(STAMP)  ## the pictures of the README anew, by walking the whole chain in a browser
	@mkdir -p docs/pictures
	@YIQILAI_PICTURES=$(CURDIR)/docs/pictures $(PY) -m pytest -q tests/journeys/test_whole_chain.py tests/journeys/test_meeting_of_sixteen.py \
		tests/journeys/test_front_door.py

bench: $(STAMP)  ## what each page costs, as ratios to a bare app with the same menu and theme
	@$(PY) -m tests.load.bench $(ARGS)

district: system $(STAMP)  ## PostgreSQL with two standbys, two processes, nginx; ARGS=--check walks it, --measure measures
	@$(PY) -m tests.load.district $(ARGS)

# No index option, host or path enters the file: it says what is installed, the machine's own pip settings say from where.
papers: system $(STAMP)  ## every paper with little and with much in it, as PDF and pictures in data/papers, and a table
	@$(PY) -m tests.support.make_papers data/papers

LOCKED := --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate --python-version 3.11 --universal
lock: $(STAMP)  ## write requirements.lock and requirements.run.lock anew from pyproject.toml
	@$(PY) -m uv pip compile $(LOCKED) --all-extras pyproject.toml -o requirements.lock
	@$(PY) -m uv pip compile $(LOCKED) --extra postgres -c requirements.lock pyproject.toml -o requirements.run.lock

licences: $(STAMP)  ## write docs/licences.md anew from what is installed
	@$(PY) -m tools.licences
