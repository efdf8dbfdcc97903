from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.unit.fixers.name_problems import fixes, undefined
from understudy.fixers.did_you_mean import FIXER as DID_YOU_MEAN
from understudy.fixers.missing_import import FIXER
from understudy.fixers.missing_self import FIXER as MISSING_SELF

if TYPE_CHECKING:
    from pathlib import Path


def test_a_module_is_imported_when_it_has_the_attribute() -> None:
    assert fixes(FIXER, undefined("x = <|json|>.dumps(1)\n")) == [
        "import json\n\nx = json.dumps(1)\n"
    ]


def test_a_module_without_the_attribute_is_not_imported() -> None:
    assert fixes(FIXER, undefined("x = <|email|>.subject\n")) == []
    assert fixes(FIXER, undefined("x = send(<|email|>)\n")) == []


def test_a_class_is_imported_from_its_module() -> None:
    found = fixes(FIXER, undefined('"""Doc."""\n\n\ndef f() -> <|Path|>: ...\n'))
    assert found[0] == '"""Doc."""\n\nfrom pathlib import Path\n\n\ndef f() -> Path: ...\n'


def test_datetime_is_the_class_or_the_module_by_its_use() -> None:
    assert fixes(FIXER, undefined("x = <|datetime|>.now()\n"))[0].startswith(
        "from datetime import datetime\n"
    )
    assert fixes(FIXER, undefined("x = <|datetime|>.timedelta()\n"))[0].startswith(
        "import datetime\n"
    )


def test_collections_abc_comes_before_typing() -> None:
    found = fixes(FIXER, undefined("def f(x: <|Iterable|>): ...\n"))
    assert found[0].startswith("from collections.abc import Iterable\n")


def test_several_equal_homes_have_equal_ranks() -> None:
    ranks = sorted(each.rank for each in FIXER.propose(undefined("x = <|Lock|>()\n")))
    assert ranks[0] == ranks[1]


def test_an_imported_module_shows_which_home_is_meant() -> None:
    found = fixes(FIXER, undefined("from threading import Thread\n\nx = <|Lock|>()\n"))
    assert found[0].startswith("from threading import Lock, Thread\n")


def test_an_alias_needs_the_package_to_be_installed(tmp_path: Path) -> None:
    assert fixes(FIXER, undefined("x = <|np|>.array([1])\n", tmp_path)) == []
    package = tmp_path / ".venv" / "lib" / "python3.12" / "site-packages" / "numpy"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("def array(x): ...\n")
    found = fixes(FIXER, undefined("x = <|np|>.array([1])\n", tmp_path))
    assert found == ["import numpy as np\n\nx = np.array([1])\n"]


def test_the_workspaces_own_names_are_imported(tmp_path: Path) -> None:
    package = tmp_path / "src" / "shop"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "cart.py").write_text(
        "from os import sep\nclass Basket: ...\ndef total_of(b): ...\n"
    )
    found = fixes(FIXER, undefined("x = <|Basket|>()\n", tmp_path))
    assert found == ["from shop.cart import Basket\n\nx = Basket()\n"]
    found = fixes(FIXER, undefined("x = <|total_of|>(1)\n", tmp_path))
    assert found == ["from shop.cart import total_of\n\nx = total_of(1)\n"]


def test_a_misspelt_module_is_imported_and_spelt_right() -> None:
    found = fixes(FIXER, undefined("x = <|josn|>.loads('1')\n"))
    assert found == ["import json\n\nx = json.loads('1')\n"]


def test_a_module_of_another_platform_is_not_imported() -> None:
    absent = "msvcrt" if sys.platform != "win32" else "termios"
    member = "getch" if sys.platform != "win32" else "tcgetattr"
    assert fixes(FIXER, undefined(f"<|{absent}|>.{member}()\n")) == []
    assert fixes(FIXER, undefined(f"<|{member}|>()\n")) == []


@pytest.mark.parametrize(
    "text",
    [
        "def h(data):\n    return <|date|>\n",
        "def h(times):\n    return <|time|>\n",
        "def copyy(x): ...\nx = <|copy|>(1)\n",
    ],
)
def test_a_near_name_in_scope_is_as_likely_as_an_import(text: str) -> None:
    ranks = {one.rank for one in FIXER.propose(undefined(text))}
    near_by = {one.rank for one in DID_YOU_MEAN.propose(undefined(text))}
    assert ranks == near_by or not near_by


@pytest.mark.parametrize(
    "text", ["def f(path):\n    return <|Path|>(path)\n", "def f(times):\n    <|time|>.sleep(1)\n"]
)
def test_use_as_a_class_or_module_shows_an_import(text: str) -> None:
    first = min(FIXER.propose(undefined(text)), key=lambda one: one.rank)
    assert all(one.rank > first.rank for one in DID_YOU_MEAN.propose(undefined(text)))


def test_one_letter_names_are_never_imported() -> None:
    assert fixes(FIXER, undefined("print(<|e|>)\n")) == []


@pytest.mark.parametrize(
    ("text", "homes"),
    [
        ("from datetime import datetime\nx = <|time|>()\n", ["datetime", "time"]),
        ("x = <|quote|>(p)\n", ["urllib.parse", "shlex"]),
        ("x = <|quote|>(p, safe='')\n", ["urllib.parse"]),
        ("import shlex\nx = <|quote|>(p)\n", ["shlex"]),
        ("x = <|copy|>(a)\n", ["copy"]),
        ("x = <|copy|>(a, b)\n", ["shutil"]),
        ("<|sleep|>(1)\n", ["time"]),
        ("async def f():\n    await <|sleep|>(1)\n", ["asyncio"]),
        ("x = <|sqrt|>(2)\n", ["math"]),
        ("x = <|connect|>(2)\n", []),
        ("import sqlite3\nx = <|connect|>(2)\n", ["sqlite3"]),
        ("x = <|add|>(1, 2)\n", []),
        ("import json\nx = <|loads|>(s)\n", ["json"]),
    ],
)
def test_the_call_or_the_other_imports_decide_between_functions_of_one_name(
    text: str, homes: list[str]
) -> None:
    found = sorted(FIXER.propose(undefined(text)), key=lambda one: one.rank)
    assert [one.why.split("`")[3].split()[1] for one in found] == homes
    assert len({one.rank for one in found}) <= 1


def test_a_function_of_the_workspace_is_one_of_several(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text("def quote(text): ...\n")
    ranks = [one.rank for one in FIXER.propose(undefined("x = <|quote|>(p)\n", tmp_path))]
    assert len(ranks) == 3
    assert len(set(ranks)) == 1


def test_a_member_of_the_class_is_as_likely_as_an_import() -> None:
    text = "class A:\n    def copy(self): ...\n    def f(self):\n        return <|copy|>(1)\n"
    problem = undefined(text)
    ranks = {one.rank for one in (*FIXER.propose(problem), *MISSING_SELF.propose(problem))}
    assert ranks == {0.8}
