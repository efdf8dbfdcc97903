"""A keyword is misspelt: `retrun x`, `improt os`, `esle:`, `Else:`, `elseif x:`."""

from __future__ import annotations

import keyword
from itertools import islice
from typing import TYPE_CHECKING

from understudy.context.nearness import distance
from understudy.context.python_parse import fault
from understudy.context.python_tokens import scan
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, about, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_parse import Fault
    from understudy.context.python_tokens import Scan, Token
    from understudy.fixers import Problem
    from understudy.workspace.diagnostics import Diagnostic

_FIRST_WORDS = frozenset(keyword.kwlist) - {"False", "None", "True", "and", "in", "is", "or"}
_INNER_WORDS = frozenset(
    {"and", "as", "else", "for", "from", "if", "import", "in", "is", "lambda", "not", "or"}
)
_WHOLE_STATEMENTS = frozenset({"break", "continue", "pass", "return", "raise"})
_MAX_MARKED = 40
"""How many tokens of what the parser marks are looked at."""
_FOREIGN = {
    "catch": "except",
    "elseif": "elif",
    "elsif": "elif",
    "fn": "def",
    "foreach": "for",
    "func": "def",
    "function": "def",
    "otherwise": "else",
    "throw": "raise",
}
"""Other languages' words for the same thing."""

_undefined = about("F821", "reportUndefinedVariable", message="is not defined|undefined name")


def matches(diagnostic: Diagnostic) -> bool:
    """Syntax errors, and undefined names: a misspelt `pass` or `break` alone is a name."""
    return is_syntax_error(diagnostic) or _undefined(diagnostic)


def propose(problem: Problem) -> Iterator[Proposal]:
    """Keywords near to words at or before the first syntax error."""
    if not is_syntax_error(problem.diagnostic) and not _resembles_keyword(problem.text):
        return  # Most undefined names; reading the whole text for them would take longest of all.
    text = problem.view.text
    found = fault(text)
    if found is not None:
        yield from repairs(text, _in_statement(scan(text, found.offset), found))
    elif not is_syntax_error(problem.diagnostic):
        yield from _alone(scan(text, problem.diagnostic.span.start), problem)


def _resembles_keyword(word: str) -> bool:
    near = (distance(word.lower(), known, 2) <= 2 for known in _FIRST_WORDS | _INNER_WORDS)
    return word in _FOREIGN or any(near)


def _in_statement(source: Scan, found: Fault) -> Iterator[Proposal]:
    statement = source.statement(found.offset)
    if statement is None:
        return
    first = statement.first
    if not keyword.iskeyword(first.text) and not _is_used(source, first.text):
        yield from _respelt(statement.first, _FIRST_WORDS)
    if (word := _FOREIGN.get(statement.first.text)) is not None:
        yield _proposal(statement.first, word, 0.8)
    # The parser stops at the misspelt word, marks it, or stops within two tokens of it.
    start, stop = max(source.at(found.offset) - 2, 0), source.at(found.end) + 3
    inside = (token for token in source.code[start:stop] if token.start > first.start)
    for token in islice(inside, _MAX_MARKED):
        known = token.kind != "name" or token.end > statement.last.end
        if not known and source.count(token.text) == 1:
            yield from _respelt(token, _INNER_WORDS)


def _is_used(source: Scan, word: str) -> bool:
    """Whether the text has the word as a name elsewhere: as a target, or inside a statement."""
    whole = source if source.count(word) == 1 else scan(source.text)
    for statement in whole.statements:
        words = [token.text for token in statement.tokens]
        if word in words[1:] or (words[0] == word and words[1:2] in (["="], ["("], ["."])):
            return True
    return False


def _respelt(token: Token, words: frozenset[str]) -> Iterator[Proposal]:
    if token.kind != "name" or keyword.iskeyword(token.text):
        return
    found = []
    for word in sorted(words):
        limit = 2 if len(word) >= 5 else 1
        slips = distance(token.text.lower(), word, limit)
        if slips <= limit and (len(token.text) > 1 or word == "in"):
            found.append((0.7 + 0.1 * slips, word))
    for rank, word in sorted(found):
        yield _proposal(token, word, rank)


def _alone(source: Scan, problem: Problem) -> Iterator[Proposal]:
    """An undefined name that is a whole statement does nothing, so it was meant as a keyword."""
    statement = source.statement(problem.diagnostic.span.start)
    if statement is None or len(statement.tokens) != 1 or statement.first.text != problem.text:
        return
    for proposal in _respelt(statement.first, _WHOLE_STATEMENTS):
        if len(statement.first.text) >= 3:
            yield Proposal(proposal.edits, proposal.why, proposal.rank - 0.3)


def _proposal(token: Token, word: str, rank: float) -> Proposal:
    edit = Edit(Span(token.start, token.end), word)
    return Proposal((edit,), f"`{token.text}` is no keyword, but `{word}` is.", rank, safe=True)


FIXER = Fixer(id="keyword_typo", matches=matches, propose=propose)
