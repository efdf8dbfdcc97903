"""Rust: "consider importing this struct: `use std::collections::HashMap;`"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Problem, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.lines import LineIndex

_LEAD = re.compile(r"consider importing (?:this|one of these) [\w ,]+?(?: instead)?:?\s*(?=`?use )")
_USE = re.compile(r"\s*(?:,|or)?\s*`?(?P<use>use [\w:]+(?: as \w+)?;)\s*`?")
_HEAD_LINE = re.compile(r"\s*(?://!.*|//(?!/).*|#!.*|)")
_BLOCK_DOC = re.compile(r"\s*/\*")


def propose(problem: Problem) -> Iterator[Proposal]:
    """Insert the `use` before the file's first one, or below its head when it has none.

    Where the message names several, each is a proposal.
    """
    message = problem.diagnostic.message
    lead = _LEAD.search(message)
    place = _place(problem.view.index)
    if lead is None or place is None:
        return
    line_end = "\r\n" if "\r\n" in problem.view.text else "\n"
    listed = _USE.match(message, lead.end())
    while listed is not None:
        statement = listed["use"]
        edit = Edit(Span(place, place), statement + line_end)
        yield Proposal((edit,), f"`{statement}` brings the missing name into scope.", safe=True)
        listed = _USE.match(message, listed.end())


def _place(index: LineIndex) -> int | None:
    """Where a `use` may stand: inner attributes and inner docs must come before it."""
    for line in range(len(index)):
        if re.match(r"(?:pub )?use ", index.content(line)):
            return index.start(line)
        if line and index.content(line).startswith("}"):
            break
    line = 0
    while line < len(index) and _HEAD_LINE.fullmatch(index.content(line)):
        line += 1
    # Block comments and attributes over several lines may belong to either side.
    if line < len(index) and _BLOCK_DOC.match(index.content(line)):
        return None
    return index.start(line)


FIXER = Fixer(
    id="rust_import",
    matches=about(message=r"\bconsider importing (?:this|one of these) "),
    propose=propose,
    languages=frozenset({"rust"}),
    tidies=True,
)
