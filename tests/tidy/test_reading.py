"""Files are read in one place only, which knows about pipes, devices and endless files."""

from __future__ import annotations

import ast

import pytest

from tests.tidy.tree import PACKAGE

OWN = {
    "cli/json_lines.py": "it reads what the user names, line by line, from a pipe too",
    "cli/journal_view.py": "it writes the file that the user names, row by row",
    "core/plain_files.py": "it is the place",
    "workspace/build_folder.py": "it holds a lock file open, and reads nothing",
    "workspace/file_lock.py": "it holds a lock file open, and reads nothing",
    "index/place.py": "it holds a lock file open, and reads nothing",
    "engine/watched_files.py": "it holds a lock file open, and reads nothing with it",
    "journal/database.py": "it reads files of the package",
    "context/stdlib.py": "it reads files of the package",
    "learning/irregular_forms.py": "it reads files of the package",
    "learning/language_ids.py": "it reads files of the package",
    "learning/public_names.py": "it reads files of the package",
}
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
READS = {"read_text", "read_bytes"}


def reads_a_file(call: ast.Call) -> bool:
    """`open(…)`, `path.open("r")`, `path.read_text()` and their like; not `Journal.open(path, …)`."""
    called = call.func
    if isinstance(called, ast.Name):
        return called.id == "open"
    if not isinstance(called, ast.Attribute):
        return False
    modes = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "mode")]
    opens = called.attr == "open" and (
        not call.args or any(isinstance(mode, ast.Constant) for mode in modes)
    )
    return opens or called.attr in READS


def reads(text: str) -> list[int]:
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return sorted(call.lineno for call in calls if reads_a_file(call))


@pytest.mark.parametrize("module", [name for name in MODULES if name not in OWN])
def test_no_module_reads_files_by_itself(module: str) -> None:
    lines = reads((PACKAGE / module).read_text(encoding="utf-8"))
    assert not lines, f"{module} reads a file in lines {lines}. Use `core.plain_files.read_plain`."


@pytest.mark.parametrize("module", sorted(OWN))
def test_those_that_may_still_do(module: str) -> None:
    assert reads((PACKAGE / module).read_text(encoding="utf-8"))


def test_each_way_to_read_is_seen() -> None:
    ways = ["open(x)", 'x.open("rb")', "x.open()", 'x.open(mode="r")', "x.read_text()"]
    assert [way for way in [*ways, "a.b.read_bytes()"] if not reads(way)] == []
    assert reads("Journal.open(path, settings); session.open(item)") == []
