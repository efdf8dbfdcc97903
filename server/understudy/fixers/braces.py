"""`def f(x) {` and `}`: the blocks of other languages, where the lines are indented already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import BLOCK_WORDS, scan
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_tokens import Scan, Token
    from understudy.fixers import Problem

_MAX_LINES = 2_000


def propose(problem: Problem) -> Iterator[Proposal]:
    """A colon for the brace, the line of its partner gone, and so with all blocks inside."""
    text = problem.view.text
    found = fault(text)
    if found is None or "{" not in text:
        return
    near = scan(text, found.offset)
    line = near.index.line_of(found.offset)
    # The parser may stop at the brace, or in the first line of what it takes for a dict.
    first = next((n for n in (line, line - 1) if n >= 0 and _opens(near.on_line(n))), None)
    if first is not None and (edits := _edits(scan(text), first)):
        why = "A block begins with a colon and is told by its indentation, not by braces."
        yield from repairs(text, [Proposal(edits, why, 0.9, safe=True)])


def _edits(source: Scan, first: int) -> tuple[Edit, ...]:
    """The edits from a header's line to the brace that closes its block; none if that is unclear."""
    edits: list[Edit] = []
    depths: list[str] = []
    for line in range(first, min(first + _MAX_LINES, len(source.index))):
        tokens = source.on_line(line)
        if tokens and tokens[0].text == "}":
            if not depths or source.indent(line) != depths.pop():
                return ()
            edits.append(_closing(source, line, tokens))
            tokens = tokens[1:]
        if _opens(tokens):
            depths.append(source.indent(line))
            edits.append(Edit(Span(tokens[-2].end, tokens[-1].end), ":"))
        if not depths:
            return tuple(edits)
    return ()


def _closing(source: Scan, line: int, tokens: list[Token]) -> Edit:
    """The line of a closing brace gone, or the brace in front of `else`."""
    if len(tokens) == 1:
        return Edit(source.index.line_span(line), "")
    return Edit(Span(tokens[0].start, tokens[1].start), "")


def _opens(tokens: list[Token]) -> bool:
    """Whether a line begins a block with a brace: `if x {`."""
    return len(tokens) > 1 and tokens[0].text in BLOCK_WORDS and tokens[-1].text == "{"


FIXER = Fixer(id="braces", matches=is_syntax_error, propose=propose)
