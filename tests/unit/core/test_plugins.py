from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from understudy.core.plugins import PluginError, load_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType


@dataclass(frozen=True)
class Thing:
    id: str


HEADER = f"from {__name__} import Thing\n"


@pytest.fixture
def folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Callable[..., ModuleType]:
    """Makes a plug-in folder of real files; each test gets a package name of its own."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(sys.modules, __name__, sys.modules[__name__])
    name = f"folder_{abs(hash(request.node.nodeid))}"

    def make(**files: str) -> ModuleType:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
        for module, text in files.items():
            (tmp_path / name / f"{module}.py").write_text(HEADER + text)
        importlib.invalidate_caches()
        return importlib.import_module(name)

    return make


def test_every_file_gives_its_value_under_its_id(folder: Callable[..., ModuleType]) -> None:
    package = folder(two="THING = Thing('b')\n", one="THING = Thing('a')\n")
    found = load_folder(package, "THING", Thing)
    assert found == {"a": Thing("a"), "b": Thing("b")}


def test_values_come_in_the_order_of_their_files(folder: Callable[..., ModuleType]) -> None:
    package = folder(zeta="THING = Thing('a')\n", alpha="THING = Thing('z')\n")
    assert list(load_folder(package, "THING", Thing)) == ["z", "a"]


def test_a_file_without_the_value_is_named(folder: Callable[..., ModuleType]) -> None:
    package = folder(bare="OTHER = Thing('a')\n")
    with pytest.raises(PluginError, match=r"bare` must define `THING` as a Thing"):
        load_folder(package, "THING", Thing)


def test_a_value_of_another_type_is_refused(folder: Callable[..., ModuleType]) -> None:
    package = folder(wrong="THING = 'a string'\n")
    with pytest.raises(PluginError, match="must define `THING`"):
        load_folder(package, "THING", Thing)


def test_two_files_with_one_id_are_refused(folder: Callable[..., ModuleType]) -> None:
    package = folder(one="THING = Thing('same')\n", two="THING = Thing('same')\n")
    with pytest.raises(PluginError, match=r"use the id `same`"):
        load_folder(package, "THING", Thing)


def test_a_file_that_breaks_when_imported_is_not_passed_over(
    folder: Callable[..., ModuleType],
) -> None:
    package = folder(broken="raise RuntimeError('no')\n")
    with pytest.raises(RuntimeError, match="no"):
        load_folder(package, "THING", Thing)


def test_changing_what_was_loaded_changes_nothing_for_the_next_caller(
    folder: Callable[..., ModuleType],
) -> None:
    package = folder(one="THING = Thing('a')\n")
    load_folder(package, "THING", Thing).clear()
    assert load_folder(package, "THING", Thing) == {"a": Thing("a")}
