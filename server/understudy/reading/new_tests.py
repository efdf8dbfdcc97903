"""New tests for a file that has some: they go to its end, and what they import to its imports."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from understudy.reading import Repair
from understudy.reading.import_lines import is_header, leading
from understudy.reading.lazy import first_gap
from understudy.reading.lifting import Freed, with_imports
from understudy.reading.shape import BOM, contents, joined
from understudy.reading.symbols import tree_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCRIPTS = frozenset({"javascript", "javascriptreact", "typescript", "typescriptreact"})
_LANGUAGES = _SCRIPTS | {"python", "go"}
_GO = re.compile(
    r"func\s+(?:\(\s*\w*\s*\*?(?P<of>\w+)[^)]*\)\s*)?(?P<func>\w+)|(?:type|var|const)\s+(?P<name>\w+)"
)
_GO_TEST = re.compile(r"(?:Test|Benchmark|Fuzz|Example)(?![a-z])")
_GO_ELSE = re.compile(r"\s|[})]|//|/?\*|(?:package|import)\b")
_SCRIPT = re.compile(
    r"(?:export\s+)?(?:async\s+)?(?:function\*?|class|const|let|var|interface|type|enum)"
    r"\s+(?P<name>[\w$]+)"
)
_SCRIPT_TEST = re.compile(
    r"\s*(?:test|it)(?:\.\w+)*\s*\(\s*(?P<quote>[\"'`])(?P<title>.*?)(?P=quote)"
)
_SCRIPT_ELSE = re.compile(
    r"\s|[)}\]]|//|/?\*|(?:describe|suite|context|(?:before|after)(?:Each|All))\b"
)


class Held(NamedTuple):
    """What a file or a block has.

    Attributes:
        tests: names or titles of its tests.
        names: those of all else that is defined at the margin.
        is_clear: whether there is nothing else at the margin, but for imports and comments.
    """

    tests: frozenset[str]
    names: frozenset[str]
    is_clear: bool


def with_new_tests(
    block: Sequence[str], old: str, language: str
) -> tuple[str, tuple[Repair, ...]] | None:
    """A file of tests with those of a block, where all of these are new; None for any other block.

    Args:
        block: its lines, without their ends.
        old: the file.
        language: an LSP language id.
    """
    bare = old.removeprefix(BOM)
    before = contents(bare)
    if language not in _LANGUAGES or first_gap(block, before, language):
        return None
    block = _without_docstring(block) if language == "python" else block
    imports, at = leading(block, language)
    head, code = list(block[:at]), _trimmed(block[at:])
    there, new = _held(before, language), _held(code, language)
    if there is None or new is None or not (there.tests and new.tests and new.is_clear):
        return None
    if (there.tests | there.names) & (new.tests | new.names) or not _fits(head, before):
        return None
    blank = [""] * (2 if language == "python" else 1)
    text = joined([*_trimmed(before), *blank, *code], bare)
    repairs = [Repair("new tests put at the end of the file", risk="none")]
    freed = Freed(code, tuple(imports), tuple(head) if imports else ())
    text = with_imports(text, freed, language, repairs)
    return old[: len(old) - len(bare)] + text, tuple(repairs)


def _fits(head: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a block is of the file's package, if it names one."""
    known = {line.strip() for line in before}
    return all(line.strip() in known for line in head if is_header(line))


def _trimmed(lines: Sequence[str]) -> list[str]:
    real = [at for at, line in enumerate(lines) if line.strip()]
    return list(lines[: real[-1] + 1]) if real else []


def _held(lines: Sequence[str], language: str) -> Held | None:
    """What some lines have; None where that can't be told."""
    if language == "python":
        return _held_python(lines)
    return _held_go(lines) if language == "go" else _held_script(lines)


def _without_docstring(lines: Sequence[str]) -> Sequence[str]:
    tree = tree_of(lines)
    first = tree.body[0] if tree is not None and tree.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return lines[first.end_lineno :]
    return lines


def _held_python(lines: Sequence[str]) -> Held | None:
    tree = tree_of(lines)
    if tree is None or any(isinstance(node, ast.If) for node in tree.body):
        # What a file does when it is run comes last.
        return None
    names: set[str] = set()
    is_clear = True
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            names |= {one.id for one in ast.walk(node) if _is_stored(one)}
        else:
            is_clear = False
    tests = {one for one in names if one.startswith(("test", "Test"))}
    return Held(frozenset(tests), frozenset(names - tests), is_clear)


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _held_go(lines: Sequence[str]) -> Held:
    names: set[str] = set()
    is_clear = True
    in_group = False
    for line in lines:
        if found := _GO.match(line):
            names.add(found["name"] or ".".join(filter(None, (found["of"], found["func"]))))
        elif in_group and line[:1].isspace():
            names.add(line.split(maxsplit=1)[0].rstrip(",") if line.strip() else "")
        elif line and not _GO_ELSE.match(line):
            is_clear = False
        in_group = (
            line.rstrip().endswith("(") if line[:1].isalpha() else in_group and line[:1] != ")"
        )
    tests = set(filter(_GO_TEST.match, names))
    return Held(frozenset(tests), frozenset(names - tests - {""}), is_clear)


def _held_script(lines: Sequence[str]) -> Held:
    tests: set[str] = set()
    names: set[str] = set()
    is_clear = True
    for line in lines:
        if test := _SCRIPT_TEST.match(line):
            tests.add(test["title"])
        elif found := _SCRIPT.match(line):
            names.add(found["name"])
        elif line and not _SCRIPT_ELSE.match(line):
            is_clear = False
    return Held(frozenset(tests), frozenset(names), is_clear)
