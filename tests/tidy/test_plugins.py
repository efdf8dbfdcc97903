"""Plug-in folders: one file, one value."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.foreign_fixtures import FIXERS, fixtures, load, problem_of
from tests.tidy.tree import PACKAGE, ROOT
from tests.unit.fixers.problems import proposals
from understudy.checkers import Checker, all_checkers
from understudy.cli import Command
from understudy.config.model_options import ProviderOptions
from understudy.core.plugins import load_folder
from understudy.edit_formats import EditFormat
from understudy.editors import Editor
from understudy.engine import models_reached
from understudy.failures import providers as error_tables
from understudy.failures.line_rules import Tools
from understudy.failures.rules import Errors
from understudy.fixers import Fixer, all_fixers
from understudy.languages import Language, all_languages
from understudy.lsp.commands import ServerCommand
from understudy.lsp.handlers import Handler
from understudy.providers import Provider, all_providers
from understudy.strategies import Strategy
from understudy.tasks import Task
from understudy.wire.families import Family, all_families

if TYPE_CHECKING:
    from types import ModuleType

    from understudy.fixers import Problem

KINDS: dict[str, tuple[str, type[Any]]] = {
    "checkers": ("CHECKER", Checker),
    "cli.commands": ("COMMAND", Command),
    "edit_formats": ("EDIT_FORMAT", EditFormat),
    "editors.known": ("EDITOR", Editor),
    "failures.providers": ("ERRORS", Errors),
    "failures.tools": ("TOOLS", Tools),
    "fixers": ("FIXER", Fixer),
    "languages": ("LANGUAGE", Language),
    "lsp.commands": ("COMMAND", ServerCommand),
    "lsp.handlers": ("HANDLER", Handler),
    "providers": ("PROVIDER", Provider),
    "strategies": ("STRATEGY", Strategy),
    "tasks": ("TASK", Task),
    "wire.families": ("FAMILY", Family),
}
NAMED_BY_THE_PROTOCOL = {"lsp.commands", "lsp.handlers"}
NAMED_OTHERWISE = {"openai_chat": "openai"}
"""Files that say more than their id: settings mean this API when they say `openai`."""


def modules_of(folder: str) -> list[ModuleType]:
    package = importlib.import_module(f"understudy.{folder}")
    return [
        importlib.import_module(f"{package.__name__}.{info.name}")
        for info in pkgutil.iter_modules(package.__path__)
    ]


@pytest.mark.parametrize("folder", KINDS)
def test_every_file_of_a_plugin_folder_loads(folder: str) -> None:
    name, kind = KINDS[folder]
    package = importlib.import_module(f"understudy.{folder}")
    assert len(load_folder(package, name, kind)) == len(modules_of(folder)) > 0


@pytest.mark.parametrize("folder", KINDS)
def test_a_file_of_a_plugin_folder_holds_exactly_one_value(folder: str) -> None:
    name, kind = KINDS[folder]
    for module in modules_of(folder):
        values = [key for key, value in vars(module).items() if isinstance(value, kind)]
        assert values == [name], module.__name__


@pytest.mark.parametrize("folder", sorted(KINDS.keys() - NAMED_BY_THE_PROTOCOL))
def test_a_plugin_is_named_as_its_file(folder: str) -> None:
    name, _ = KINDS[folder]
    for module in modules_of(folder):
        # `fix_file.py` holds the task `fixFile`, since its id is part of a command's name.
        plugin_id, file_name = getattr(module, name).id, module.__name__.rpartition(".")[2]
        snake = re.sub(r"([A-Z])", r"_\1", plugin_id).lower().replace("-", "_")
        assert snake == NAMED_OTHERWISE.get(file_name, file_name)


def fixers_with_a_fixture() -> set[str]:
    """Those that propose something for a real tool's message.

    `tests/unit/fixers/test_foreign_suggestions.py` compares what `FIXERS` make of the fixtures.
    """
    problems = [problem_of(load(name)) for name in fixtures()]
    return {name for name in FIXERS if any(proposes(all_fixers()[name], one) for one in problems)}


def proposes(fixer: Fixer, problem: Problem) -> bool:
    spoken = fixer.languages is None or problem.view.language in fixer.languages
    return spoken and bool(proposals(fixer, problem))


def test_every_fixer_has_a_test_file() -> None:
    tested = {path.stem for path in (ROOT / "tests" / "unit" / "fixers").glob("test_*.py")}
    with_cases = {path.parent.name for path in (ROOT / "tests" / "actions").rglob("*.txt")}
    untested = all_fixers().keys() - {name.removeprefix("test_") for name in tested} - with_cases
    assert untested <= fixers_with_a_fixture()


def test_every_checker_has_a_test_file() -> None:
    tested = {path.stem for path in (ROOT / "tests" / "unit" / "checkers").glob("test_*.py")}
    assert not [name for name in all_checkers() if f"test_{name}" not in tested]


def test_every_provider_speaks_an_api_that_is_known() -> None:
    for provider in all_providers().values():
        spoken = {provider.family, *(kind for _, kind in provider.families)}
        assert spoken <= all_families().keys(), provider.id


def test_settings_and_doctor_know_every_api() -> None:
    kinds = ProviderOptions.model_json_schema()["properties"]["kind"]["enum"]
    assert set(kinds) - {""} == set(models_reached._LISTS) == set(all_families())


def test_every_provider_has_a_table_of_its_errors() -> None:
    tables = load_folder(error_tables, "ERRORS", Errors)
    assert tables.keys() == all_providers().keys()


def test_no_two_languages_claim_one_file_ending() -> None:
    claimed = [suffix for language in all_languages().values() for suffix in language.suffixes]
    assert len(claimed) == len(set(claimed))


def test_every_folder_of_the_package_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert all((folder / "__init__.py").is_file() for folder in folders)
