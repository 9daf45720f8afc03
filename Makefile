# `make` alone lists the targets: the lines with two hashes.
PORT ?= 8501

# One more than there are processors: a test with a browser mostly waits.
TEST_PROCESSES ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

PYTHON := .venv/bin/python
PIP_INSTALL := $(PYTHON) -m pip --disable-pip-version-check -qq install \
	--require-hashes --no-deps --only-binary :all:
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --custom-compile-command 'make lock'

# A stamp is named by what the locks contain, so an unchanged lock installs nothing and a
# changed one always does, whatever the files' times are.
RUN_STAMP := .venv/.installed-$(firstword $(shell cksum <requirements.lock))
TEST_STAMP := .venv/.installed-tests-$(firstword $(shell cat requirements.lock tests/requirements.lock | cksum))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-tests run demo refresh test check fix bench lock clean

help:  ## list the targets
	@awk -F '  ## ' '/^[a-z-]+:.*  ## / { sub(/:.*/, "", $$1); printf "make %-10s%s\n", $$1, $$2 }' \
		$(firstword $(MAKEFILE_LIST))

setup: $(RUN_STAMP)  ## make .venv and install the locked packages
	@:

run: setup  ## serve the dashboard at http://localhost:8501 (PORT=... changes it)
	@$(PYTHON) -m queries refresh --if-missing
	@echo "Smarketing: http://localhost:$(PORT)"
	@$(PYTHON) -m streamlit run app.py --server.port $(PORT)

demo: setup  ## build the demo company anew
	@$(PYTHON) -m queries demo

refresh: setup  ## read the company's data into a new snapshot
	@$(PYTHON) -m queries refresh

test: check  ## lint, then all tests, with a browser and a PostgreSQL server
	@sh tests/install-servers.sh
	$(PYTHON) -m pytest --numprocesses $(TEST_PROCESSES) --dist loadfile $(TESTS)

check: setup-tests  ## lint only
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

fix: setup-tests  ## mend what lint can mend, and format
	$(PYTHON) -m ruff check --fix-only .
	$(PYTHON) -m ruff format .

bench: setup-tests  ## print the benchmark table
	@sh tests/install-servers.sh
	@$(PYTHON) -m tests.bench

lock: setup-tests  ## renew both locks from both requirements.txt
	$(LOCK) --output-file requirements.lock requirements.txt
	$(LOCK) --constraint requirements.lock --output-file tests/requirements.lock tests/requirements.txt

clean:  ## remove .venv and caches; the data in .data stays
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup-tests: $(TEST_STAMP)

# The first Python that is new enough and can make environments wins; where the only ones
# cannot, Debian has split that part off into a package.
$(PYTHON):
	@for python in python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		seen="$$python"; \
		"$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
		echo "Making .venv with $$("$$python" --version)"; \
		exec "$$python" -m venv --clear .venv; \
	done; \
	if [ -n "$$seen" ]; then \
		version=$$("$$seen" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
		echo "$$seen cannot make virtual environments: install the package python$$version-venv" \
			"(Debian and Ubuntu: apt-get install python$$version-venv)." >&2; \
	else \
		echo "Smarketing needs Python 3.11 or newer as python3 on PATH; found:" \
			"$$(python3 --version 2>/dev/null || echo none)." >&2; \
	fi; exit 1

$(RUN_STAMP): | $(PYTHON)
	@echo "Installing the packages of requirements.lock"
	@rm -f .venv/.installed-*
	@$(PIP_INSTALL) --requirement requirements.lock
	@touch $@

$(TEST_STAMP): | $(RUN_STAMP)
	@echo "Installing the packages of tests/requirements.lock"
	@rm -f .venv/.installed-tests-*
	@$(PIP_INSTALL) --requirement tests/requirements.lock
	@touch $@
