"""A bracket that is never closed, closed by the wrong one, or closed twice."""

from __future__ import annotations

import builtins
import keyword
from typing import TYPE_CHECKING

from understudy.context.python_brackets import depths_of, hangs, is_ambiguous
from understudy.context.python_parse import fault
from understudy.context.python_tokens import CLOSERS, line_end, scan, unclosed_brackets
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, insertion, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.context.python_tokens import Scan, Statement, Token
    from understudy.fixers import Problem

_MAX_LINES = 40
"""How many lines behind an opening bracket are looked at for the place to close it."""

_MAX_COLONS = 16
"""In front of how many colons of one line a bracket may close."""

_MAX_NAMES = 40
"""Of a statement with more names, nobody can tell what it lost."""


def propose(problem: Problem) -> Iterator[Proposal]:
    """What the parser's message is about; for other messages the statement's open brackets."""
    text = problem.view.text
    found = fault(text)
    if found is None:
        return
    source = scan(text, found.offset)
    place = source.at(found.offset)
    if place < len(source.code) and found.message.startswith("unmatched"):
        yield from repairs(text, _unmatched(source, source.code[place]))
    elif place < len(source.code) and found.message.startswith("closing parenthesis"):
        yield from repairs(text, _mismatched(source, source.code[place]))
    elif place < len(source.code) and found.message.endswith("was never closed"):
        yield from repairs(text, _never_closed(source, source.code[place]))
    elif (statement := source.statement(found.offset)) is not None and statement.is_block:
        before = [token for token in statement.tokens if token.start < found.offset]
        if stack := unclosed_brackets(before):
            yield from repairs(text, _never_closed(source, stack[-1]))


def _unmatched(source: Scan, closer: Token) -> Iterator[Proposal]:
    """Delete a closer that nothing opens, or open it in front of the string or behind the name.

    Nothing when a word of the statement is new to the file: `listx)` may have been `list(x)`.
    """
    statement = source.statement(closer.start)
    before = source.before(closer.start)
    if (alone := _alone(source, closer)) is not None:
        yield Proposal((Edit(alone, ""),), f"Nothing opens this `{closer.text}`.")
        return
    if statement is None or before not in statement.tokens or closer.kind != "op":
        return
    name = source.before(before.start)
    rest = [token.text for token in statement.tokens if token.start >= closer.end]
    if _has_new_name(source, statement) or not set(rest) <= {*CLOSERS.values(), ":"}:
        return
    if before.kind == "string" and name in statement.tokens and name.kind == "name":
        if closer.text == ")" and not keyword.iskeyword(name.text):
            yield Proposal(
                (insertion(name.end, "("),), f"Nothing opens this `{closer.text}`.", safe=True
            )
    elif ",)" not in source.text[statement.first.start : closer.end]:
        yield from _called_or_deleted(source, statement, closer)


def _alone(source: Scan, closer: Token) -> Span | None:
    """The line of a closer that has it to itself, or a brace at the end of a whole statement."""
    line = source.index.line_span(source.index.line_of(closer.start))
    before = source.before(closer.start)
    if source.text[line.start : line.end].strip() == closer.text:
        # Behind an item or another closer it more likely lost what opened it.
        items = {",", "}"} if closer.text == "}" else {",", *CLOSERS.values()}
        odd = before is None or before.text in items
        return None if odd else line
    rest = source.text[closer.end : line.end].strip()
    if closer.text == "}" and not rest and before is not None and before.text in {")", "]", ":"}:
        return Span(before.end, closer.end)
    return None


def _called_or_deleted(source: Scan, statement: Statement, closer: Token) -> Iterator[Proposal]:
    """`x = f)` may have been `x = f()` or `x = f`; a bare `f)` was a call."""
    why = f"Nothing opens this `{closer.text}`."
    words = {token.text for token in statement.tokens}
    before = source.before(closer.start) or closer
    depths = depths_of([token for token in statement.tokens if token.start < closer.start])
    lost_display = closer.text != ")" and before.kind in {"string", "number", "name"}
    if "%" in words or lost_display or any(text == "," and depth for text, depth in depths):
        return  # A list or tuple may have lost its opening bracket.
    if before.kind == "name" and before.end == closer.start and closer.text == ")":
        yield Proposal((insertion(closer.start, "("),), why)
    elif (method := _lost_call(source, closer)) is not None:
        yield Proposal((method,), why)
    if words & {"=", "("} or keyword.iskeyword(statement.first.text):
        same_line = source.index.line_of(before.end) == source.index.line_of(closer.start)
        gap = before.end if same_line else closer.start
        yield Proposal((Edit(Span(gap, closer.end), ""),), why)


def _lost_call(source: Scan, closer: Token) -> Edit | None:
    """`f(a.b))` may have been `f(a.b())`: an attribute in front of the closers."""
    name = source.before(closer.start)
    first = closer
    while name is not None and name.text == ")" and name.end == first.start:
        first, name = name, source.before(name.start)
    if name is None or name.kind != "name" or name.end != first.start:
        return None
    dot = source.before(name.start)
    return insertion(name.end, "(") if dot is not None and dot.text == "." else None


def _has_new_name(source: Scan, statement: Statement) -> bool:
    """Whether a name occurs nowhere else in the file; two may have run into one another."""
    names = {
        token.text
        for token in statement.tokens
        if token.kind == "name"
        and len(token.text) > 1
        and not keyword.iskeyword(token.text)
        and not hasattr(builtins, token.text)
    }
    return len(names) > _MAX_NAMES or any(source.count(name) == 1 for name in names)


def _mismatched(source: Scan, closer: Token) -> Iterator[Proposal]:
    """Close what is open in front of a closer that belongs further out; else exchange it."""
    statement = source.statement(closer.start)
    if statement is None or closer.kind != "op":
        return
    stack = unclosed_brackets([token for token in statement.tokens if token.start < closer.start])
    if not stack:
        return
    wanted = CLOSERS[stack[-1].text]
    last = source.before(closer.start)
    if last is not None and any(CLOSERS[token.text] == closer.text for token in stack):
        if not _splits_name(source, stack[-1]) and not is_ambiguous(source, stack[-1], last.end):
            why = f"`{stack[-1].text}` is still open at this `{closer.text}`."
            yield Proposal((insertion(last.end, wanted),), why, safe=True)
        return
    why = f"`{stack[-1].text}` is closed by `{closer.text}`."
    yield Proposal((Edit(Span(closer.start, closer.end), wanted),), why)


def _never_closed(source: Scan, opener: Token) -> Iterator[Proposal]:
    """The ends of the lines behind the opener at which nothing opened later is still open."""
    statement = source.statement(opener.start)
    if statement is None or opener.text not in CLOSERS or _is_stray(source, statement, opener):
        return
    why = f"`{opener.text}` is never closed."
    first = source.index.line_of(opener.start)
    if (edit := _behind_all(source, statement, opener)) is not None:
        yield Proposal((edit,), why, safe=True)
        return
    rank = 1.0
    for line in range(first, min(first + _MAX_LINES, len(source.index))):
        tokens = [token for token in source.on_line(line) if token.start >= opener.start]
        if not tokens:
            continue
        if line > first and _is_further_out(source, statement, line):
            return
        for edits in _on_line(source, statement, opener, tokens):
            yield Proposal(edits, why, rank, safe=True)
            rank += 0.05
        if _is_open_only(source, opener, tokens[-1].end) and is_ambiguous(
            source, opener, tokens[-1].end
        ):
            return


def _behind_all(source: Scan, statement: Statement, opener: Token) -> Edit | None:
    """The closer of a listing of many lines: in front of the first line that is no part of it.

    Its opener ends its line, everything in it stands deeper, and at its end nothing else is open.
    """
    first = source.index.line_of(opener.start)
    if not hangs(source, opener):
        return None
    last = opener
    for line in range(first + 1, len(source.index)):
        tokens = source.on_line(line)
        if tokens and _is_further_out(source, statement, line):
            break
        last = tokens[-1] if tokens else last
    many = source.index.line_of(last.start) - first > _MAX_LINES
    if not many or last.text != "," or not _is_open_only(source, opener, last.end):
        return None
    return _closing(source, opener, last)


def _is_further_out(source: Scan, statement: Statement, line: int) -> bool:
    """Whether a line stands no deeper than the statement that it would belong to."""
    depth = len(source.indent(source.index.line_of(statement.first.start)))
    return len(source.indent(line)) <= depth


def _on_line(
    source: Scan, statement: Statement, opener: Token, tokens: Sequence[Token]
) -> Iterator[tuple[Edit, ...]]:
    """The places on one line: in front of its colons, at its end, and there with a colon."""
    closer = CLOSERS[opener.text]
    colons = [token for token in reversed(tokens) if token.text == ":"]
    for colon in colons[:_MAX_COLONS] if statement.is_block else ():
        last = source.before(colon.start)
        if last is not None and _may_close(source, opener, last.end):
            yield (insertion(last.end, closer),)
    if _may_close(source, opener, tokens[-1].end):
        yield (_closing(source, opener, tokens[-1]),)
        if statement.is_block:
            yield (insertion(tokens[-1].end, closer + ":"),)


def _may_close(source: Scan, opener: Token, end: int) -> bool:
    last = source.before(end)
    if last is not None and last.text == "," and not hangs(source, opener):
        return False  # Another item was to follow.
    if last == opener and hangs(source, opener):
        return False
    return _is_open_only(source, opener, end) and not is_ambiguous(source, opener, end)


def _closing(source: Scan, opener: Token, last: Token) -> Edit:
    """The closer behind `last`, on a line of its own when the opener ends its line."""
    closer = CLOSERS[opener.text]
    line = source.index.line_of(opener.start)
    if not hangs(source, opener) or last == opener:
        return insertion(last.end, closer)
    last_line = source.index.line_of(last.start)
    end = source.index.start(last_line) + len(source.index.content(last_line))
    return insertion(end, line_end(source.text) + source.indent(line) + closer)


def _is_stray(source: Scan, statement: Statement, opener: Token) -> bool:
    """Whether the bracket itself is wrong: it got into a name, or begins a block as C's does."""
    braces = opener.text == "{" and statement.is_block and hangs(source, opener)
    return braces or _splits_name(source, opener)


def _splits_name(source: Scan, opener: Token) -> bool:
    """Whether the bracket got into a name: `binas(cii.Error`."""
    before, place = source.before(opener.start), source.at(opener.end)
    if before is None or place == len(source.code) or before.end != opener.start:
        return False
    whole = before.text + source.code[place].text
    return whole.isidentifier() and source.count(whole) > 0


def _is_open_only(source: Scan, opener: Token, end: int) -> bool:
    """Whether `opener` is the innermost open bracket at `end`."""
    inside = source.code[source.at(opener.start) : source.at(end)]
    stack = unclosed_brackets([token for token in inside if token.end <= end])
    return [token.start for token in stack] == [opener.start]


FIXER = Fixer(id="unclosed_bracket", matches=is_syntax_error, propose=propose)
