"""Real runners on a real copy of a project."""

from __future__ import annotations

import sys
import sysconfig
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import require
from understudy.config.policy import Policy, Trust
from understudy.config.settings import GateSettings, Settings, TestSettings
from understudy.core.failures import UnavailableError
from understudy.engine.other_files import Other
from understudy.engine.run_tests import Edited, run_tests, why_not_run
from understudy.workspace.tools import ToolMissingError, ToolTimeoutError
from understudy.workspace.view import OpenDocument, View

if TYPE_CHECKING:
    from understudy.engine.ran_tests import RanTests

CALL = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
OWN = Settings(tests=TestSettings(command=CALL, timeout_s=60.0))
ALWAYS = GateSettings(run_tests="always")


def make(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="")


def view_of(root: Path, name: str, language: str, trust: Trust = Trust.TRUSTED) -> View:
    path = root / name
    text = path.read_text("utf-8") if path.exists() else ""
    return View(path.as_uri(), text, Policy(trust), language=language, path=path, root=root)


def listing(root: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in root.rglob("*") if one.is_file()}


async def run(
    root: Path, name: str, change: tuple[str, str], language: str, settings: Settings = OWN
) -> RanTests:
    """The tests with one change; nothing in the project may have changed by it."""
    view, before = view_of(root, name, language), listing(root)
    assert change[0] in view.text
    ran = await run_tests(Edited(view, view.text.replace(*change)), settings)
    assert listing(root) == before
    return ran


NODE = {
    "package.json": '{"type": "module", "scripts": {"test": "node --test"}}',
    "add.js": "export const add = (a, b) => a + b;\n",
    "add.test.js": (
        'import test from "node:test";\nimport assert from "node:assert";\n'
        'import { add } from "./add.js";\nimport { one } from "one";\n'
        'test("adds up", () => assert.equal(add(one, 2), 3));\n'
    ),
    "node_modules/one/package.json": '{"name": "one", "type": "module", "exports": "./one.js"}',
    "node_modules/one/one.js": "export const one = 1;\n",
}


async def test_nodes_own_runner_finds_installed_packages(tmp_path: Path) -> None:
    require("node")
    make(tmp_path, NODE)
    ran = await run(tmp_path, "add.js", ("a + b", "a - b"), "javascript", Settings())
    assert ran.runner == "node"
    assert "adds up" in ran.broken
    fine = await run(tmp_path, "add.js", ("a + b", "b + a"), "javascript", Settings())
    assert fine.is_good


RUST = {
    "Cargo.toml": '[package]\nname = "one"\nversion = "0.0.0"\nedition = "2021"\n',
    "src/lib.rs": (
        "pub fn add(a: i32, b: i32) -> i32 {\n    a + b\n}\n\n#[cfg(test)]\nmod tests {\n"
        "    #[test]\n    fn adds_up() {\n        assert_eq!(super::add(1, 2), 3);\n    }\n}\n"
    ),
}


async def test_cargo_runs_the_tests_that_stand_in_the_file(tmp_path: Path) -> None:
    require("cargo")
    make(tmp_path, RUST)
    ran = await run(tmp_path, "src/lib.rs", ("a + b", "a - b"), "rust", Settings())
    assert ran.broken == ("tests::adds_up",)
    broken = await run(tmp_path, "src/lib.rs", ("a + b", "a + c"), "rust", Settings())
    assert broken.broken == ("tests::adds_up",)


GO = {
    "go.mod": "module example.com/m\n\ngo 1.21\n",
    "add/add.go": "package add\n\nfunc Add(a, b int) int { return a + b }\n",
    "add/more_test.go": (
        'package add\n\nimport "testing"\n\nfunc TestAdd(t *testing.T) {\n'
        "\tif Add(1, 2) != 3 {\n\t\tt.Fatal()\n\t}\n}\n"
    ),
}


async def test_go_runs_the_tests_of_the_package(tmp_path: Path) -> None:
    require("go")
    make(tmp_path, GO)
    ran = await run(tmp_path, "add/add.go", ("a + b", "a - b"), "go", Settings())
    assert ran.broken == ("example.com/m/add.TestAdd",)
    fine = await run(tmp_path, "add/add.go", ("a + b", "b + a"), "go", Settings())
    assert (fine.is_good, fine.passed) == (True, 1)


PYTHON = {
    "one.py": "VALUE = 1\n",
    "two.py": "VALUE = 2\n",
    "test_one.py": "import one, two\n\n\ndef test_one():\n    assert one.VALUE + two.VALUE == 3\n",
    "conftest.py": "",
}


async def test_open_documents_count_as_they_are_in_the_editor(tmp_path: Path) -> None:
    make(tmp_path, PYTHON)
    view = view_of(tmp_path, "one.py", "python")
    path = tmp_path / "two.py"
    beside = (OpenDocument(path.as_uri(), path, "python", 3, "VALUE = 4\n"),)
    view = View(view.uri, view.text, view.policy, path=view.path, root=view.root, beside=beside)
    ran = await run_tests(Edited(view, "VALUE = -1\n"), OWN)
    assert ran.mended == ("the tests",)


async def test_all_documents_of_an_edit_are_in_the_copy(tmp_path: Path) -> None:
    make(tmp_path, PYTHON)
    view, other = view_of(tmp_path, "one.py", "python"), view_of(tmp_path, "two.py", "python")
    both = Edited(view, "VALUE = 2\n", (Other(other, "VALUE = 1\n"),))
    assert (await run_tests(both, OWN)).is_good
    moved = Other(other, other.text, new_path=tmp_path / "three.py")
    assert (await run_tests(Edited(view, view.text, (moved,)), OWN)).broken
    gone = Other(other, None)
    assert (await run_tests(Edited(view, view.text, (gone,)), OWN)).broken


async def test_a_new_test_file_is_run_alone(tmp_path: Path) -> None:
    make(tmp_path, {"one.py": "VALUE = 1\n", "conftest.py": ""})
    view = view_of(tmp_path, "one.py", "python")
    text = "from one import VALUE\n\n\ndef test_value():\n    assert VALUE == 2\n"
    new = Other(view_of(tmp_path, "test_one.py", "python"), text, is_new=True)
    ran = await run_tests(Edited(view, view.text, (new,)), OWN)
    assert (ran.broken, ran.new_failing) == ((), 1)


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
    start = f"#!{python}\nimport sys, pytest\nsys.exit(pytest.console_main())\n"
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


async def test_a_run_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    make(
        tmp_path,
        PYTHON | {"test_one.py": "import time\n\n\ndef test_one():\n    time.sleep(600)\n"},
    )
    command = (sys.executable, "-c", "import time; time.sleep(600)")
    settings = Settings(tests=TestSettings(command=command, timeout_s=0.5))
    with pytest.raises(ToolTimeoutError):
        await run(tmp_path, "one.py", ("1", "2"), "python", settings)


async def test_keys_do_not_reach_the_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_API_KEY", "planted")
    make(tmp_path, PYTHON)
    code = "import os, sys; sys.exit('ACME_API_KEY' in os.environ)"
    settings = Settings(tests=TestSettings(command=(sys.executable, "-c", code), timeout_s=30.0))
    assert (await run(tmp_path, "one.py", ("1", "2"), "python", settings)).is_good


async def test_a_file_without_tests_is_told(tmp_path: Path) -> None:
    make(tmp_path, {"one.py": "VALUE = 1\n"})
    with pytest.raises(UnavailableError, match="No tests were found"):
        await run(tmp_path, "one.py", ("1", "2"), "python", Settings())


async def test_a_command_that_the_workspace_wrote_needs_trust_of_its_own(tmp_path: Path) -> None:
    make(tmp_path, PYTHON)
    settings = Settings(tests=TestSettings(command=CALL, command_from_workspace=True))
    with pytest.raises(ToolMissingError, match="not trusted"):
        await run(tmp_path, "one.py", ("1", "2"), "python", settings)


@pytest.mark.parametrize(
    ("how", "trust", "asked", "word"),
    [
        ("never", Trust.TRUSTED, True, "`never`"),
        ("on_request", Trust.TRUSTED, False, "`on_request`"),
        ("on_request", Trust.TRUSTED, True, ""),
        ("always", Trust.TRUSTED, False, ""),
        ("always", Trust.RESTRICTED, True, "not trusted"),
        ("always", Trust.UNTRUSTED, True, "not trusted"),
    ],
)
def test_who_may_have_tests_run(
    how: str, trust: Trust, asked: bool, word: str, tmp_path: Path
) -> None:
    view = view_of(tmp_path, "one.py", "python", trust)
    why = why_not_run(view, Settings(gate=GateSettings(run_tests=how)), asked=asked)
    assert (word in why) if word else not why


def test_a_document_outside_of_all_folders_has_no_tests(tmp_path: Path) -> None:
    view = View("file:///x.py", "", Policy(Trust.TRUSTED), path=Path("/x.py"))
    assert "lies in no workspace folder" in why_not_run(view, Settings(gate=ALWAYS), asked=True)
