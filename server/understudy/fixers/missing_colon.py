"""A colon is missing: behind `if x`, `def f()` and the like, or behind a key of a dict display."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import BLOCK_WORDS, scan
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, insertion, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_tokens import Scan, Statement
    from understudy.fixers import Problem


def propose(problem: Problem) -> Iterator[Proposal]:
    """A colon where the parser wants one, then at the end of the line."""
    text = problem.view.text
    found = fault(text)
    if found is None:
        return
    source = scan(text, found.offset)
    wanted = found.message.startswith(("expected ':'", "':' expected"))
    statement = source.statement(found.offset)
    if wanted or (statement is not None and statement.is_block):
        yield from repairs(text, _block(source, found.offset))
    if wanted or "comma" in found.message:
        yield from repairs(text, _dict_key(source, found.offset))


def _block(source: Scan, offset: int) -> Iterator[Proposal]:
    statement = source.statement(offset)
    if statement is None or not statement.is_block:
        return
    why = f"The `{statement.first.text}` statement lacks its colon."
    if (wrong := _in_place_of_colon(source, offset)) is not None:
        yield Proposal((Edit(wrong, ":"),), why)
    if statement.unclosed:
        return
    if statement.last.text != ":":
        yield Proposal((insertion(statement.last.end, ":"),), why, 1.1, safe=True)
    if all(token.text != ":" for token in statement.tokens):
        yield from _inline(source, statement, offset)


def _in_place_of_colon(source: Scan, offset: int) -> Span | None:
    """Another character that ends the line where the colon belongs, with the blanks before it."""
    place = source.at(offset)
    before = source.before(offset)
    if place == len(source.code) or before is None:
        return None
    wrong = source.code[place]
    ends_line = source.on_line(source.index.line_of(wrong.start))[-1] == wrong
    if wrong.text not in {";", ",", "=", "{"} or not ends_line or wrong.start < offset:
        return None
    return Span(before.end, wrong.end)


def _inline(source: Scan, statement: Statement, offset: int) -> Iterator[Proposal]:
    """`if x return y`: the colon belongs in front of the block's first word."""
    before = source.before(offset)
    if before is None or before.start < statement.first.start or before == statement.last:
        return
    place = source.at(offset)
    if place == len(source.code) or source.code[place].text in BLOCK_WORDS | {"{"}:
        return  # A brace begins the block of another language; what closes it would be left over.
    if source.code[place].kind != "op":
        why = f"The `{statement.first.text}` statement lacks its colon."
        yield Proposal((insertion(before.end, ":"),), why, safe=True)


def _dict_key(source: Scan, offset: int) -> Iterator[Proposal]:
    """`{"a" 1}`: behind the key, when every other entry of the display has a colon."""
    for place in (source.at(offset), source.at(offset) + 1):
        if not 0 < place < len(source.code) - 1:
            continue
        key, value = source.code[place], source.code[place + 1]
        opens = source.code[place - 1].text in {"{", ","}
        if opens and key.kind == "string" and value.kind != "op" and key.end < value.start:
            yield Proposal(
                (insertion(key.end, ":"),), f"The key {key.text} lacks its colon.", 0.9, safe=True
            )


FIXER = Fixer(id="missing_colon", matches=is_syntax_error, propose=propose)
