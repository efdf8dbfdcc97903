"""Real runners on a real copy of a project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.plain_pytest import CALL
from tests.support import require
from tests.unit.engine.small_projects import GO, PYTHON, make, view_of
from understudy.config.policy import Policy, Trust
from understudy.config.settings import GateSettings, Settings, TestSettings
from understudy.core.failures import UnavailableError
from understudy.engine.other_files import Other
from understudy.engine.run_tests import Edited, run_tests, why_not_run
from understudy.workspace.tools import ToolMissingError, ToolTimeoutError
from understudy.workspace.view import OpenDocument, View

if TYPE_CHECKING:
    from understudy.engine.ran_tests import RanTests

OWN = Settings(tests=TestSettings(command=CALL, timeout_s=60.0))
ALWAYS = GateSettings(run_tests="always")


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


async def test_go_runs_the_tests_of_the_package(tmp_path: Path) -> None:
    require("go")
    make(tmp_path, GO)
    ran = await run(tmp_path, "add/add.go", ("a + b", "a - b"), "go", Settings())
    assert ran.broken == ("example.com/m/add.TestAdd",)
    fine = await run(tmp_path, "add/add.go", ("a + b", "b + a"), "go", Settings())
    assert (fine.is_good, fine.passed) == (True, 1)


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
