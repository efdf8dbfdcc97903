"""Characters that word processors and web pages put into code: curly quotes, odd blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import scan
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.fixers import Problem

_PLAIN = {
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\uff07", "'"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", ""),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    "\u00d7": "*",
    "\u00f7": "/",
    "\u2260": "!=",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u2026": "...",
    "\uff08": "(",
    "\uff09": ")",
    "\uff0c": ",",
    "\uff1a": ":",
    "\uff1b": ";",
    "\uff1d": "=",
}


def propose(problem: Problem) -> Iterator[Proposal]:
    """The plain character for each odd one on the line, outside strings and comments."""
    text = problem.view.text
    found = fault(text)
    if found is not None and found.message.startswith("invalid "):
        yield from repairs(text, _candidates(text, found.offset))


def _candidates(text: str, offset: int) -> Iterator[Proposal]:
    source = scan(text, offset)
    tokens = source.on_line(source.index.line_of(offset))
    odd = [token for token in tokens if token.kind == "other" and token.text in _PLAIN]
    if not odd:
        return
    names = list(dict.fromkeys(f"U+{ord(token.text):04X}" for token in odd))
    verb = "has" if len(names) == 1 else "have"
    edits = tuple(Edit(Span(token.start, token.end), _PLAIN[token.text]) for token in odd)
    yield Proposal(edits, f"{', '.join(names)} {verb} no place in code outside strings.", safe=True)


FIXER = Fixer(id="invalid_character", matches=is_syntax_error, propose=propose)
