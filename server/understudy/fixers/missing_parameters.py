"""`def f:` lacks its parameter list."""

from __future__ import annotations

import builtins
import symtable
from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import scan
from understudy.core.lines import LineIndex
from understudy.core.text import apply
from understudy.fixers import Fixer, Proposal, insertion, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_tokens import Scan, Token
    from understudy.fixers import Problem

_OF_CLASSES = frozenset({"__new__", "__init_subclass__", "__class_getitem__"})
"""Methods that Python calls with the class, also without a decorator."""

_OF_MODULES = frozenset({"__file__", "__name__", "__doc__", "__spec__", "__package__"})


def propose(problem: Problem) -> Iterator[Proposal]:
    """A parameter list behind the function's name, with what a method needs in it."""
    text = problem.view.text
    found = fault(text)
    if found is None:
        return
    for proposal in repairs(text, _candidates(text, found.offset)):
        if _knows_its_names(apply(text, proposal.edits), proposal.edits[0].span.start):
            yield proposal


def _candidates(text: str, offset: int) -> Iterator[Proposal]:
    source = scan(text, offset)
    name = source.before(offset)
    if name is None or name.kind != "name":
        return
    keyword = source.before(name.start)
    if keyword is not None and keyword.text == "def":
        why = f"`def {name.text}` lacks its parameter list."
        first = _first_parameter(source, name)
        yield Proposal((insertion(name.end, f"({first})"),), why, safe=True)
        yield Proposal((insertion(name.end, f"({first}):"),), why, 1.1, safe=True)


def _first_parameter(source: Scan, name: Token) -> str:
    """`self` or `cls` in a class, by the decorators and the name; empty elsewhere."""
    line = source.index.line_of(name.start)
    depth = len(source.indent(line))
    decorators: set[str] = set()
    for above in range(line - 1, -1, -1):
        tokens = source.on_line(above)
        if not tokens or len(source.indent(above)) > depth:
            continue
        words = [token.text for token in tokens]
        if len(source.indent(above)) < depth:
            return _receiver(decorators, name.text) if words[0] == "class" else ""
        if words[0] == "@" and above == line - 1 - len(decorators):
            decorators.add(words[1] if len(words) == 2 else f"{above}")
    return ""


def _receiver(decorators: set[str], name: str) -> str:
    if "staticmethod" in decorators:
        return ""
    return "cls" if "classmethod" in decorators or name in _OF_CLASSES else "self"


def _knows_its_names(text: str, name_end: int) -> bool:
    """Whether something binds every name that the function uses; else it had other parameters."""
    try:
        top = symtable.symtable(text, "<text>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    line = LineIndex(text).line_of(name_end) + 1
    bound = {name.get_name() for name in top.get_symbols() if name.is_local()}
    tables = [table for table in _tables(top) if table.get_lineno() == line]
    used = {
        name.get_name()
        for table in tables
        for inner in _tables(table)
        for name in inner.get_symbols()
        if name.is_global() and name.is_referenced()
    }
    return used <= bound | set(dir(builtins)) | _OF_MODULES


def _tables(top: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield top
    for child in top.get_children():
        yield from _tables(child)


FIXER = Fixer(id="missing_parameters", matches=is_syntax_error, propose=propose)
