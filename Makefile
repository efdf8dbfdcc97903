# Everything runs inside .venv, which is made by the first target that needs it.
# Another interpreter: make PYTHON=python3.13 test

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
PACKER := $(VENV)/.packer-installed
PACKER_NAMES := build|hatchling|packaging|pathspec|pluggy|pyproject-hooks|tomlkit|trove-classifiers
NODE_MODULES := vscode-client/node_modules/.installed
LUA_STYLE := nvim-client/dev/node_modules/.installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header

.DEFAULT_GOAL := help
.PHONY: help venv demo test lint bench generate picture lock package vsix clean

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

venv: $(DEV) ## Install everything that work on Understudy needs into .venv

demo: $(RUNTIME) ## Let Understudy repair a small broken project, in a temporary copy
	@set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	cp -R tests/demo "$$folder/demo"; \
	program="$$PWD/$(BIN)/understudy"; cd "$$folder/demo"; \
	UNDERSTUDY_HOME="$$folder/home" "$$program" fix .

test: $(DEV) ## Run all tests
	$(BIN)/pytest $(ARGS)

lint: $(DEV) ## Check style, types, architecture, dependencies, dead code and spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry server
	$(BIN)/vulture
	$(BIN)/codespell
	@if command -v npm >/dev/null; \
	then $(MAKE) --no-print-directory $(NODE_MODULES) && cd vscode-client && npm run --silent check; \
	else echo "npm is not installed, so vscode-client is left out."; fi
	@if command -v npm >/dev/null; \
	then $(MAKE) --no-print-directory $(LUA_STYLE) && cd nvim-client/dev && npm run --silent check; \
	else echo "npm is not installed, so the style of nvim-client is left out."; fi
	@if command -v luacheck >/dev/null; \
	then luacheck -q --config nvim-client/.luacheckrc nvim-client tests/editors; \
	else echo "luacheck is not installed, so nvim-client is left out."; fi

bench: $(DEV) ## Measure speed and the share of problems that are fixed
	@set -e; for file in tests/benchmarks/bench_*.py; do $(BIN)/python -m tests.benchmarks.$$(basename $$file .py); done

generate: $(DEV) ## Write generated files again: lists, reference pages
	@set -e; for file in tests/tidy/make_*.py; do $(BIN)/python -m tests.tidy.$$(basename $$file .py); done

picture: $(DEV) ## Draw the README's picture again
	$(BIN)/python docs/images/make_demo.py

lock: $(DEV) ## Pin the newest allowed version of every dependency
	$(COMPILE) --upgrade --build-deps-for editable --output-file requirements.lock pyproject.toml
	$(COMPILE) --upgrade --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml

package: $(DEV) ## Build the wheel and the source archive into dist/
	$(BIN)/python -m build --no-isolation --outdir dist

vsix: needs-node $(PACKER) $(NODE_MODULES) ## Build the VS Code extension with the server inside
	@rm -rf vscode-client/bundled vscode-client/understudy-*.vsix
	@$(BIN)/python -m build --wheel --no-isolation --outdir vscode-client/bundled >/dev/null
	@cp LICENSE vscode-client/LICENSE
	@cd vscode-client && npm run --silent build
	@cd vscode-client && npm run --silent package >dist/package.log 2>&1; cat dist/package.log; \
		grep -q DONE dist/package.log && ! grep -q WARNING dist/package.log

.PHONY: needs-node
needs-node:
	@node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' >/dev/null 2>&1 && npm --version >/dev/null 2>&1 || { \
		echo "The VS Code extension is built with Node 20 or newer and its npm (https://nodejs.org);" \
			"they are not there, or older."; exit 1; }

clean: ## Remove what was made: .venv, caches, builds
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf nvim-client/dev/node_modules
	rm -rf vscode-client/node_modules vscode-client/dist vscode-client/bundled vscode-client/*.vsix
	find server tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Understudy needs Python 3.11 or newer, and '$(PYTHON)' is not." \
			"Name another one: make PYTHON=python3.13 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): $(BIN)/python requirements.lock pyproject.toml
	@test -e $(DEV) || $(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(BIN)/python requirements-dev.lock pyproject.toml
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ $(RUNTIME)

# What builds a wheel, and nothing else of the development environment.
$(PACKER): $(BIN)/python requirements-dev.lock
	@sed -nE '/^($(PACKER_NAMES))==/,/[^\\]$$/p' requirements-dev.lock >$(VENV)/packer.lock
	@test -e $(DEV) || $(PIP) --require-hashes -r $(VENV)/packer.lock
	@touch $@

$(NODE_MODULES): vscode-client/package-lock.json
	@cd vscode-client && npm install --silent --no-save
	@touch $@

$(LUA_STYLE): nvim-client/dev/package-lock.json
	@cd nvim-client/dev && npm install --silent --no-save
	@touch $@
