from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.fixers.name_problems import TEXTS
from understudy.config.policy import Policy
from understudy.context.names import Names
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path


def names(text: str = "", root: Path | None = None) -> Names:
    path = root / "here.py" if root is not None else None
    return Names(View("file:///here.py", text, Policy(), path=path, root=root))


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("Path", "from pathlib import Path"),
        ("dataclass", "from dataclasses import dataclass"),
        ("defaultdict", "from collections import defaultdict"),
        ("Counter", "from collections import Counter"),
        ("json", "import json"),
        ("Optional", "from typing import Optional"),
        ("Mapping", "from collections.abc import Mapping"),
        ("ET", "import xml.etree.ElementTree as ET"),
        ("partial", "from functools import partial"),
        ("ABC", "from abc import ABC"),
    ],
)
def test_well_known_names_have_their_home(name: str, statement: str) -> None:
    assert names().importables(name)[0].statement == statement


def test_the_workspace_comes_before_everything_else(tmp_path: Path) -> None:
    (tmp_path / "paths.py").write_text("class Path: ...\n")
    found = names(root=tmp_path).importables("Path")
    assert [each.module for each in found[:2]] == ["paths", "pathlib"]


def test_a_module_does_not_offer_what_it_only_imports(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("from b import Thing\n")
    (tmp_path / "b.py").write_text("class Thing: ...\n")
    found = names(root=tmp_path).importables("Thing")
    assert [each.module for each in found] == ["b"]


def test_the_file_itself_is_not_imported(tmp_path: Path) -> None:
    (tmp_path / "here.py").write_text("class Thing: ...\n")
    assert names(root=tmp_path).importables("Thing") == ()


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    module = tmp_path / "a.py"
    module.write_text("class Thing: ...\n")
    assert names(root=tmp_path).exports("a") == frozenset({"Thing"})
    module.write_text("class Thing: ...\nclass Other: ...\n")
    assert names(root=tmp_path).exports("a") == frozenset({"Thing", "Other"})


def test_exports_follow_all_and_stars(tmp_path: Path) -> None:
    package = tmp_path / "pkg"
    package.mkdir()
    (package / "__init__.py").write_text(
        "from pkg.inner import *\nfrom .inner import kept as held\n"
    )
    (package / "inner.py").write_text("__all__ = ['shown']\ndef shown(): ...\ndef kept(): ...\n")
    assert names(root=tmp_path).exports("pkg") == frozenset({"shown", "held", "inner"})
    assert names(root=tmp_path).exports("pkg.inner") == frozenset({"shown"})
    assert names(root=tmp_path).exports("nowhere") is None
    assert "kept" in (names(root=tmp_path).accepted("pkg.inner") or ())


def test_stdlib_modules_written_in_c_are_known() -> None:
    assert {"sqrt", "pi"} <= (names().exports("math") or frozenset())
    assert "chain" in (names().exports("itertools") or ())
    assert "path" in (names().exports("os") or ())


def test_installed_packages_are_read_and_not_run(tmp_path: Path) -> None:
    package = tmp_path / "venv" / "lib" / "python3.12" / "site-packages" / "lively"
    package.mkdir(parents=True)
    ran = tmp_path / "ran"
    (package / "__init__.py").write_text(f"open({str(ran)!r}, 'w')\nclass Lively: ...\n")
    found = names(root=tmp_path).importables("Lively")
    assert [each.origin for each in found] == ["installed package"]
    assert "lively" in names(root=tmp_path).modules()
    assert not ran.exists()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("'x'.HERE\n", "strip"),
        ("import re\nre.HERE\n", "compile"),
        ("import os.path as p\np.HERE\n", "join"),
        ("x = []\nx.HERE\n", "append"),
        ("def f(x: dict[str, int]): x.HERE\n", "items"),
        ("class A:\n    def f(self):\n        self.z = 1\n        self.HERE\n", "z"),
        ("class A:\n    y = 1\nA().HERE\n", "y"),
    ],
)
def test_obvious_objects_have_their_attributes(text: str, name: str) -> None:
    assert name in names(text).attributes(text.index("HERE"))


def test_other_objects_have_none() -> None:
    text = "def f(x): return x.HERE\n"
    assert names(text).attributes(text.index("HERE")) == ()


@given(text=TEXTS, offset=st.integers(-3, 400), word=st.one_of(st.text(), st.just("A")))
def test_no_lookup_raises_for_any_text(text: str, offset: int, word: str) -> None:
    asked = names(text)
    assert isinstance(asked.in_scope(offset), tuple)
    assert isinstance(asked.attributes(offset), tuple)
    assert isinstance(asked.members(word), frozenset)
    assert isinstance(asked.importables(word), tuple)
    assert isinstance(asked.signatures(word), tuple)
    assert asked.exports(word) is None or asked.exists(word)
    assert isinstance(asked.accepted(word), frozenset | None)
