"""New tests for a file that has some: they go to its end, and what they import to its imports."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.reading import Repair
from understudy.reading.import_lines import is_header, is_import, leading
from understudy.reading.lazy import first_gap
from understudy.reading.lifting import Freed, with_imports
from understudy.reading.shape import BOM, contents, joined
from understudy.reading.symbols import tree_of
from understudy.reading.test_contents import LANGUAGES, held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.test_contents import Held

_SHOWN = 3
_REMARK = re.compile(r"#(?!!)|//|/?\*")
_DIRECTIVE = re.compile(
    r"[#/*\s]*(?:@|go:|\+build|<reference|[\w-]*lint|noqa|ruff|flake8|mypy|pyright|type:|isort|fmt|-\*-|.{0,20}coding)"
)
"""A comment that tells tools how to read all of a file."""


def with_new_tests(
    block: Sequence[str], old: str, language: str
) -> tuple[str, tuple[Repair, ...]] | None:
    """A file of tests with those of a block, where all of these are new; None for any other block.

    Names that the file has, imports included, must stay what they are, and nothing in the block may
    hold for the tests that are there.

    Args:
        block: its lines, without their ends.
        old: the file.
        language: an LSP language id.
    """
    bare = old.removeprefix(BOM)
    before = contents(bare)
    if language not in LANGUAGES or first_gap(block, before, language):
        return None
    block = _without_opening(block, language)
    imports, at = leading(block, language)
    head, code = list(block[:at]), _trimmed(block[at:])
    if not code or indent_of(code[0]) or any(_is_of_head(line, language) for line in code):
        return None
    there, new = held(before, language), held(block, language)
    if there is None or new is None or not (there.tests and new.tests and new.is_clear):
        return None
    is_apart = not there.clashes(new) and _fits(head, before)
    blank = [""] * (2 if language == "python" else 1)
    text = joined([*_trimmed(before), *blank, *code], bare)
    repairs = [Repair("new tests put at the end of the file", risk="none")]
    freed = Freed(code, tuple(imports), tuple(head) if imports else ())
    text = with_imports(text, freed, language, repairs)
    done = held(contents(text), language)
    is_whole = done is not None and done.tests == there.tests | new.tests
    if not (is_apart and is_whole):
        return None
    return old[: len(old) - len(bare)] + text, tuple(repairs)


def why_refused(block: Sequence[str], old: str, language: str) -> str:
    """Why new tests are not put into a file, as the end of a sentence; empty where nothing can be said.

    Args:
        block: its lines, without their ends, for which `with_new_tests` is None.
        old: the file.
        language: an LSP language id.
    """
    before = contents(old.removeprefix(BOM))
    new = held(block, language) if language in LANGUAGES else None
    if new is None or not new.tests:
        return ""
    there = held(before, language)
    if there is None:
        return "the file runs code of its own below its tests"
    return _against(block, before, there, new) if there.tests else ""


def _against(block: Sequence[str], before: Sequence[str], there: Held, new: Held) -> str:
    if names := sorted(there.clashes(new)):
        shown = ", ".join(f"`{name}`" for name in names[:_SHOWN])
        return f"{shown} may be something else in the file".replace(
            "`*`", "what they import with `*`"
        )
    if not _fits(block, before):
        return "they are of another package"
    if any(_DIRECTIVE.match(line) for line in block if _REMARK.match(line)):
        return "a directive above them would hold for the tests that are there"
    beside = "what stands beside them would hold for the tests that are there"
    return "" if new.is_clear else beside


def _is_of_head(line: str, language: str) -> bool:
    """Whether a line belongs above all code of a file."""
    return not indent_of(line) and (is_header(line) or is_import(line, language))


def _without_opening(lines: Sequence[str], language: str) -> Sequence[str]:
    """The lines without the remark or the docstring that stands above their imports."""
    if language == "python":
        lines = _without_docstring(lines)
    at = 0
    while at < len(lines) and (not lines[at].strip() or _REMARK.match(lines[at].lstrip())):
        if _DIRECTIVE.match(lines[at]):
            return lines
        at += 1
    return lines[at:] if at < len(lines) and _is_of_head(lines[at], language) else lines


def _fits(head: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a block is of the file's package, if it names one."""
    known = {line.strip() for line in before}
    return all(line.strip() in known for line in head if is_header(line))


def _trimmed(lines: Sequence[str]) -> list[str]:
    real = [at for at, line in enumerate(lines) if line.strip()]
    return list(lines[: real[-1] + 1]) if real else []


def _without_docstring(lines: Sequence[str]) -> Sequence[str]:
    tree = tree_of(lines)
    first = tree.body[0] if tree is not None and tree.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return lines[first.end_lineno :]
    return lines
