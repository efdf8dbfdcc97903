"""`except` and `finally` that stand as deep as the block of their `try`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.python_lines import further_out, reindent, run_of, statement_on
from understudy.context.python_parse import fault
from understudy.context.python_tokens import scan
from understudy.fixers import Fixer, Proposal, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_tokens import Scan, Statement
    from understudy.fixers import Problem


def propose(problem: Problem) -> Iterator[Proposal]:
    """The handler, with what stands deeper below it, goes out to its `try`, which has no other."""
    text = problem.view.text
    found = fault(text)
    if found is not None:
        source = scan(text, found.offset)
        yield from repairs(text, _candidates(source, source.index.line_of(found.offset)))


def _candidates(source: Scan, line: int) -> Iterator[Proposal]:
    handler = statement_on(source, line)
    if handler is None or handler.first.text not in {"except", "finally"}:
        return
    own = source.indent(line)
    above = (further_out(source, n, own) for n in range(line - 1, -1, -1))
    header = next((found for found in above if found is not None), None)
    if header is None or header.first.text != "try" or not _is_as_deep(source, header, own):
        return
    target = source.indent(source.index.line_of(header.first.start))
    why = f"`{handler.first.text}` stands as deep as the block that it belongs to."
    deeper = line + 1 < len(source.index) and len(source.indent(line + 1)) > len(own)
    lines = run_of(source, line, len(own) + 1) if deeper else range(line, line + 1)
    yield Proposal(reindent(source, lines, own, target), why)


def _is_as_deep(source: Scan, header: Statement, indent: str) -> bool:
    """Whether the block of a header stands at this depth."""
    first = source.index.line_of(header.last.end) + 1
    return first < len(source.index) and source.indent(first) == indent


FIXER = Fixer(id="indented_handler", matches=is_syntax_error, propose=propose)
