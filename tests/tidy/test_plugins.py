"""Plug-in folders: one file, one value."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.foreign_fixtures import fixtures, load, problem_of
from tests.tidy.tree import PACKAGE, ROOT
from understudy.checkers import Checker, all_checkers
from understudy.cli import Command
from understudy.core.plugins import load_folder
from understudy.fixers import Fixer, Problem, all_fixers
from understudy.languages import Language, all_languages
from understudy.lsp.commands import ServerCommand
from understudy.lsp.handlers import Handler
from understudy.tasks import Task

if TYPE_CHECKING:
    from types import ModuleType

KINDS: dict[str, tuple[str, type[Any]]] = {
    "checkers": ("CHECKER", Checker),
    "cli.commands": ("COMMAND", Command),
    "fixers": ("FIXER", Fixer),
    "languages": ("LANGUAGE", Language),
    "lsp.commands": ("COMMAND", ServerCommand),
    "lsp.handlers": ("HANDLER", Handler),
    "tasks": ("TASK", Task),
}
NAMED_BY_THE_PROTOCOL = {"lsp.commands", "lsp.handlers"}


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
        assert snake == file_name


def proposes(fixer: Fixer, problem: Problem) -> bool:
    spoken = fixer.languages is None or problem.view.language in fixer.languages
    return (
        spoken and fixer.matches(problem.diagnostic) and any(True for _ in fixer.propose(problem))
    )


def test_every_fixer_has_a_test_file() -> None:
    tested = {path.stem for path in (ROOT / "tests" / "unit" / "fixers").glob("test_*.py")}
    with_cases = {path.parent.name for path in (ROOT / "tests" / "actions").rglob("*.txt")}
    # The texts that fixtures lead to are compared in `tests/unit/fixers/test_foreign_suggestions.py`.
    with_fixtures = [problem_of(load(name)) for name in fixtures()]
    assert not [
        name
        for name, fixer in all_fixers().items()
        if f"test_{name}" not in tested and name not in with_cases
        if not any(proposes(fixer, problem) for problem in with_fixtures)
    ]


def test_every_checker_has_a_test_file() -> None:
    tested = {path.stem for path in (ROOT / "tests" / "unit" / "checkers").glob("test_*.py")}
    assert not [name for name in all_checkers() if f"test_{name}" not in tested]


def test_no_two_languages_claim_one_file_ending() -> None:
    claimed = [suffix for language in all_languages().values() for suffix in language.suffixes]
    assert len(claimed) == len(set(claimed))


def test_every_folder_of_the_package_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert all((folder / "__init__.py").is_file() for folder in folders)
