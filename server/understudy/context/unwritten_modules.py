"""Python modules that are open in the editor, or about to be made, and not yet on the disk.

Type checkers look for modules on the disk alone, so they miss these. Nothing is executed.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from understudy.context.exports import read_exports
from understudy.context.python_compile import parses, tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import OpenDocument, View

_MISSING = frozenset({"reportMissingImports", "reportMissingModuleSource", "unresolved-import"})
_UNKNOWN_NAME = frozenset({"reportAttributeAccessIssue"})
_INIT = "__init__"


def without_unwritten(found: tuple[Diagnostic, ...], view: View) -> tuple[Diagnostic, ...]:
    """Findings without those that miss a module which is there, though not on the disk.

    An import of a name that such a module does not have stays a finding. Looks at the disk.
    """
    suspects = [one for one in found if one.code in _MISSING | _UNKNOWN_NAME]
    unwritten = [one for one in view.beside if _is_unwritten(one)] if suspects else []
    program = tree(view.text) if unwritten and view.path is not None else None
    if program is None:
        return found
    modules = {one.path.with_suffix(""): _bound(one.text) for one in unwritten}
    imports = [one for one in ast.walk(program) if isinstance(one, ast.Import | ast.ImportFrom)]
    there = frozenset(
        line
        for one in imports
        if all(_is_there(wanted, modules) for wanted in _wanted(one, view))
        for line in range(one.lineno - 1, one.end_lineno or one.lineno)
    )
    forgiven = {one for one in suspects if view.index.line_of(one.span.start) in there}
    return tuple(one for one in found if one not in forgiven)


def _is_unwritten(document: OpenDocument) -> bool:
    is_python = document.language == "python" and document.path.suffix in {".py", ".pyi"}
    return is_python and not document.path.exists()


def _wanted(node: ast.Import | ast.ImportFrom, view: View) -> Iterator[tuple[list[Path], str]]:
    """Where each module of an import may lie, without a suffix, and the name that it is to have."""
    if isinstance(node, ast.Import):
        for one in node.names:
            yield _places(one.name, 0, view), ""
        return
    for one in node.names:
        yield _places(node.module or "", node.level, view), one.name


def _places(module: str, level: int, view: View) -> list[Path]:
    if view.path is None:
        return []
    parts = module.split(".") if module else []
    if level:
        above = view.path.parents[level - 1 : level]
        return [one.joinpath(*parts) for one in above]
    roots = (view.root, view.root / "src" if view.root is not None else None, view.path.parent)
    return [one.joinpath(*parts) for one in roots if one is not None]


def _bound(text: str) -> frozenset[str]:
    """The names that a module has; of one that does not parse, none is counted on."""
    return read_exports(text).bound if parses(text) else frozenset()


def _is_there(wanted: tuple[list[Path], str], modules: Mapping[Path, frozenset[str]]) -> bool:
    places, name = wanted
    for place in places:
        bound = _at(place, modules)
        if bound is not None and (name in {"", "*"} or name in bound):
            return True
        # `from package import module`
        if name and _at(place / name, modules) is not None:
            return True
    return False


def _at(place: Path, modules: Mapping[Path, frozenset[str]]) -> frozenset[str] | None:
    """The names of the module at a place: a file, or the `__init__` of a package."""
    return modules.get(place, modules.get(place / _INIT))
