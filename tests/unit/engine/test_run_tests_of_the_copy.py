"""Tests run on the copy of a project, and one that is not run any more is no good sign."""

from __future__ import annotations

import sys
import sysconfig
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.plain_pytest import BEFORE_IMPORT
from tests.support import require
from tests.unit.engine.small_projects import GO, PYTHON, make, view_of
from understudy.config.settings import Settings
from understudy.core.failures import UnavailableError
from understudy.engine.other_files import Other
from understudy.engine.run_tests import Edited, run_tests

if TYPE_CHECKING:
    from understudy.engine.ran_tests import RanTests

SKIPPING = {
    "basket.py": "HAS = True\n\n\ndef total(x):\n    return sum(x)\n\n\ndef one():\n    return 1\n",
    "test_basket.py": (
        "import basket\nimport pytest\n\n\ndef test_one():\n    assert basket.one() == 1\n\n\n"
        "@pytest.mark.skipif(not basket.HAS, reason='x')\ndef test_total():\n"
        "    assert basket.total([1, 2]) == 3\n"
    ),
}
WITH_PYTEST = Path(sys.prefix)


async def run_python(root: Path, name: str, after: str) -> RanTests:
    """The tests of a Python file with this very interpreter's pytest."""
    view = replace(view_of(root, name, "python"), environment=WITH_PYTEST)
    return await run_tests(Edited(view, after), Settings())


async def test_a_test_that_an_edit_has_skipped_is_broken(tmp_path: Path) -> None:
    make(tmp_path, SKIPPING)
    after = SKIPPING["basket.py"].replace("True", "False").replace("sum(x)", "-1")
    ran = await run_python(tmp_path, "basket.py", after)
    assert ran.broken == ("test_basket::test_total",)


async def test_a_program_that_ends_the_tests_early_breaks_them(tmp_path: Path) -> None:
    make(tmp_path, SKIPPING)
    after = "import os\nos._exit(0)\n" + SKIPPING["basket.py"]
    ran = await run_python(tmp_path, "basket.py", after)
    assert ran.broken == ("test_basket::test_one", "test_basket::test_total")


@pytest.mark.skipif(sys.platform == "win32", reason="Only on systems where anybody makes links")
async def test_a_package_that_is_installed_in_editable_mode_is_the_copys(tmp_path: Path) -> None:
    root, packages = tmp_path / "work", tmp_path / "env"
    make(
        root,
        {
            "python/ns/mod.py": "def one():\n    return 1\n",
            "tests/test_mod.py": "from ns.mod import one\n\n\ndef test_one():\n    assert one() == 1\n",
        },
    )
    link_environment(packages, root / "python")
    view = replace(view_of(root, "python/ns/mod.py", "python"), environment=packages)
    ran = await run_tests(Edited(view, "def one():\n    return 2\n"), Settings())
    assert ran.broken == ("tests.test_mod::test_one",)


async def test_tests_that_look_at_the_folder_itself_prove_nothing(tmp_path: Path) -> None:
    make(tmp_path, PYTHON)
    text = f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\n" + PYTHON["test_one.py"]
    make(tmp_path, {"test_one.py": text})
    with pytest.raises(UnavailableError, match=r"`one\.py` from the folder itself"):
        await run_python(tmp_path, "one.py", "VALUE = 5\n")


def link_environment(prefix: Path, editable: Path) -> None:
    """An environment with the packages of this one, and one in editable mode."""
    own = Path(sysconfig.get_paths()["purelib"])
    there = prefix / own.relative_to(sys.prefix)
    there.mkdir(parents=True)
    (there / "mine.pth").write_text(f"{editable}\n{own}\n", encoding="utf-8")
    programs = Path(sysconfig.get_paths()["scripts"]).relative_to(sys.prefix)
    (prefix / programs).mkdir(parents=True)
    python = prefix / programs / Path(sys.executable).name
    python.symlink_to(Path(sys.executable).resolve())
    config = (Path(sys.prefix) / "pyvenv.cfg").read_text("utf-8")
    (prefix / "pyvenv.cfg").write_text(config, encoding="utf-8")
    start = f"#!{python}\n{BEFORE_IMPORT}import sys, pytest\nsys.exit(pytest.console_main())\n"
    (prefix / programs / "pytest").write_text(start, encoding="utf-8")
    (prefix / programs / "pytest").chmod(0o755)


MONOREPO = {
    "package.json": '{"private": true, "workspaces": ["packages/*"]}',
    "packages/lib/package.json": (
        '{"name": "@acme/lib", "main": "index.js", "scripts": {"test": "node --test"}}'
    ),
    "packages/lib/index.js": "exports.one = () => require('dep').one;\n",
    "packages/lib/index.test.js": (
        'const { test } = require("node:test");\nconst assert = require("node:assert");\n'
        'const lib = require("@acme/lib");\ntest("one", () => assert.equal(lib.one(), 1));\n'
    ),
    "packages/lib/node_modules/dep/index.js": "exports.one = 1;\n",
}


@pytest.mark.skipif(sys.platform == "win32", reason="Only on systems where anybody makes links")
async def test_a_package_of_the_workspace_is_the_copys(tmp_path: Path) -> None:
    require("node")
    make(tmp_path, MONOREPO)
    (tmp_path / "node_modules/@acme").mkdir(parents=True)
    (tmp_path / "node_modules/@acme/lib").symlink_to(tmp_path / "packages/lib")
    view = view_of(tmp_path, "packages/lib/index.js", "javascript")
    assert (await run_tests(Edited(view, view.text + "// one\n"), Settings())).is_good
    broken = await run_tests(Edited(view, "exports.one = () => 2;\n"), Settings())
    assert "one" in broken.broken


async def test_go_runs_the_tests_of_all_packages_that_an_edit_reaches(tmp_path: Path) -> None:
    require("go")
    other = {
        "sub/sub.go": "package sub\n\nfunc Sub(a, b int) int { return a - b }\n",
        "sub/sub_test.go": (
            'package sub\n\nimport "testing"\n\nfunc TestSub(t *testing.T) {\n'
            "\tif Sub(3, 2) != 1 {\n\t\tt.Fatal()\n\t}\n}\n"
        ),
    }
    make(tmp_path, GO | other)
    view, sub = view_of(tmp_path, "add/add.go", "go"), view_of(tmp_path, "sub/sub.go", "go")
    both = (Other(sub, sub.text.replace("a - b", "b - a")),)
    ran = await run_tests(Edited(view, view.text + "\n", both), Settings())
    assert (ran.broken, ran.passed) == (("example.com/m/sub.TestSub",), 1)
