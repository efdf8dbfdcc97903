"""Cells of a notebook as plain Python: without what only IPython reads, and as one program.

What IPython adds (https://ipython.readthedocs.io/en/stable/interactive/reference.html) is told by its
looks, and only in cells that are no Python as they stand: a line may begin with `%` there, too.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from understudy.context.python_compile import parse_error

if TYPE_CHECKING:
    from understudy.workspace.view import Notebook, View

_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_PYTHON_INSIDE = frozenset({"capture", "prun", "time", "timeit"})
"""Magics of a whole cell whose body is Python."""
_ESCAPED = re.compile(
    r"^(?P<indent>[ \t\f]*)(?P<escape>[%!?][^\r\n]*|[^\s#][^\r\n]*\?)[ \t]*$", re.MULTILINE
)
_ASSIGNED = re.compile(r"(?<![=!<>])=[ \t]*(?P<escape>[%!][^\r\n]+)$", re.MULTILINE)
_LINE = re.compile(r"[^\r\n]+")
_STATEMENT = "pass"


def plain(cell: str) -> str:
    """A cell as Python reads it, every character of it where it was."""
    if is_python(cell):
        return cell
    magic = _CELL_MAGIC.match(cell)
    if magic is not None and magic[1] not in _PYTHON_INSIDE:
        return _LINE.sub(_commented, cell)
    return _ASSIGNED.sub(_assigned, _ESCAPED.sub(_escaped, cell))


def is_python(cell: str) -> bool:
    """Whether a cell parses as it stands; one of which nobody can tell does not."""
    try:
        return parse_error(cell, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT) is None
    except (RecursionError, MemoryError, OverflowError, ValueError):
        return False


def others_parse(notebook: Notebook) -> bool:
    """Whether all other cells are Python: in one program, a broken one breaks them all."""
    return all(is_python(plain(cell)) for cell in (*notebook.earlier, *notebook.later))


def joined(view: View) -> tuple[str, int]:
    """All cells as one program, and where the view's own text begins in it.

    A document that stands alone is its own program.
    """
    if view.notebook is None:
        return view.text, 0
    before = "".join(f"{plain(cell)}\n" for cell in view.notebook.earlier)
    after = "".join(f"\n{plain(cell)}" for cell in view.notebook.later)
    return before + plain(view.text) + after, len(before)


def _commented(line: re.Match[str]) -> str:
    return "#" + line[0][1:]


def _escaped(line: re.Match[str]) -> str:
    """A statement of the same length, since it may be the only one of its block; else a comment."""
    escape = line["escape"]
    rest = line[0][line.end("escape") - line.start() :]
    if len(escape) < len(_STATEMENT):
        return f"{line['indent']}#{escape[1:]}{rest}"
    comment = "#" + escape[len(_STATEMENT) + 1 :] if len(escape) > len(_STATEMENT) else ""
    return f"{line['indent']}{_STATEMENT}{comment}{rest}"


def _assigned(found: re.Match[str]) -> str:
    start = found[0][: found.start("escape") - found.start()]
    return f"{start}0#{found['escape'][2:]}"
