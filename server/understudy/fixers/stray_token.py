"""Signs and words that are not Python's: `&&`, `!x`, `x++`, `===`, `// note`, `else if`, `::`."""

from __future__ import annotations

import itertools
import keyword
import re
from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import scan, unclosed_brackets
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_tokens import Scan, Statement, Token
    from understudy.fixers import Problem

_PAIRS = {
    "&&": ("and", "`&&` is written `and`."),
    "||": ("or", "`||` is written `or`."),
    "<>": ("!=", "`<>` is written `!=`."),
    "===": ("==", "`===` is written `==`."),
    "!==": ("!=", "`!==` is written `!=`."),
}
_TURNED = {
    "=>": (">=", "`=>` is written `>=`."),
    "=<": ("<=", "`=<` is written `<=`."),
}
_CONDITIONS = frozenset({"if", "elif", "while", "assert"})
_MAX_WORDS = 20
"""How many words of a comment are looked at."""


def propose(problem: Problem) -> Iterator[Proposal]:
    """What the statement would be in Python."""
    text = problem.view.text
    found = fault(text)
    if found is None:
        return
    source = scan(text, found.offset)
    statement = source.statement(found.offset)
    if statement is None:
        return
    yield from repairs(text, _operators(source, statement))
    yield from repairs(text, _words(statement))
    yield from repairs(text, _trailing_note(source, statement))


def _operators(source: Scan, statement: Statement) -> Iterator[Proposal]:
    edits: list[Edit] = []
    whys: dict[str, None] = {}
    skip_to = 0
    for token in statement.tokens:
        if token.start < skip_to:
            continue
        if (known := _run(source.text, token) or _turned(source, statement, token)) is not None:
            size, (word, why) = known
            edit = _spaced(source.text, Span(token.start, token.start + size), word)
            edits.append(edit)
            whys[why] = None
            skip_to = token.start + size
        elif token.text == "!":
            edits.append(_negation(source.text, token))
            whys["`!` is written `not`."] = None
    if edits:
        yield Proposal(tuple(edits), " ".join(whys))
    yield from _step(source, statement)


def _run(text: str, token: Token) -> tuple[int, tuple[str, str]] | None:
    """A foreign operator that starts at the token, with its length; the longest first."""
    if token.kind not in {"op", "other"}:
        return None
    found = [sign for sign in _PAIRS if text.startswith(sign, token.start)]
    longest = max(found, key=len, default=None)
    return None if longest is None else (len(longest), _PAIRS[longest])


def _turned(source: Scan, statement: Statement, token: Token) -> tuple[int, tuple[str, str]] | None:
    """A comparison with its signs exchanged, in a condition; in a call `=>` may be an arrow."""
    known = _TURNED.get(source.text[token.start : token.start + 2])
    if known is None or statement.first.text not in _CONDITIONS:
        return None
    around = unclosed_brackets([one for one in statement.tokens if one.start < token.start])
    before = [source.before(bracket.start) for bracket in around]
    called = any(one is not None and not keyword.iskeyword(one.text) for one in before)
    return None if called else (2, known)


def _spaced(text: str, span: Span, word: str) -> Edit:
    """Words need blanks around them where operators did not."""
    if not word.isalpha():
        return Edit(span, word)
    left = "" if text[span.start - 1 : span.start].isspace() else " "
    right = "" if text[span.end : span.end + 1].isspace() else " "
    return Edit(span, f"{left}{word}{right}")


def _negation(text: str, token: Token) -> Edit:
    end = token.end
    while text[end : end + 1] in {" ", "\t"}:
        end += 1
    left = " " if re.match(r"\w", text[token.start - 1 : token.start] or " ") else ""
    return Edit(Span(token.start, end), f"{left}not ")


def _step(source: Scan, statement: Statement) -> Iterator[Proposal]:
    """`x++` as a whole statement, alone or behind a block's colon."""
    found = re.search(r"(\+\+|--)$", source.text[statement.first.start : statement.last.end])
    if found is None:
        return
    start = statement.first.start + found.start()
    target = [token for token in statement.tokens if token.start < start]
    colons = [place for place, token in enumerate(target) if token.text == ":"]
    own = target[colons[-1] + 1 :] if statement.is_block and colons else target
    if own and all(token.kind == "name" or token.text == "." for token in own):
        sign = found.group()[0]
        edit = Edit(Span(own[-1].end, statement.last.end), f" {sign}= 1")
        yield Proposal((edit,), f"`{found.group()}` is written `{sign}= 1`.")


def _words(statement: Statement) -> Iterator[Proposal]:
    tokens = statement.tokens
    words = [token.text for token in tokens[:4]]
    first = statement.first
    if words[:2] == ["else", "if"]:
        yield Proposal(
            (Edit(Span(first.start, tokens[1].end), "elif"),), "`else if` is `elif`.", safe=True
        )
    elif words[0] in {"let", "const", "var"} and len(tokens) > 2:
        why = f"Python declares a name by assigning to it, without `{words[0]}`."
        yield Proposal((Edit(Span(first.start, tokens[1].start), ""),), why)
    elif words[0] == "import" and len(tokens) == 4 and words[2] == "from":
        yield from _swapped_import(tokens)
    elif words[0] == "//":
        yield Proposal(
            (Edit(Span(first.start, first.end), "#"),), "A comment starts with `#`.", safe=True
        )
    if statement.is_block and [token.text for token in tokens[-2:]] == [":", ":"]:
        edit = Edit(Span(tokens[-2].end, tokens[-1].end), "")
        yield Proposal((edit,), "One colon begins a block.", safe=True)
    for token, after in itertools.pairwise(tokens):
        if token.text == "new" and after.kind == "name":
            why = "A class is called without `new`."
            yield Proposal((Edit(Span(token.start, after.start), ""),), why)


def _trailing_note(source: Scan, statement: Statement) -> Iterator[Proposal]:
    """`x = 1 // the first one`: words that the code does not know, to the end of the line."""
    for place, token in enumerate(statement.tokens):
        if token.text == "//" and place:
            line = source.on_line(source.index.line_of(token.start))
            words = [one for one in line if one.start > token.start][:_MAX_WORDS]
            prose = [one for one in words if one.kind == "name" and source.count(one.text) == 1]
            if len(words) > 1 and words[:2] == prose[:2]:
                edit = Edit(Span(token.start, token.end), "#")
                yield Proposal((edit,), "A comment starts with `#`.", safe=True)
            return


def _swapped_import(tokens: tuple[Token, ...]) -> Iterator[Proposal]:
    """`import name from module`, the module with or without quotes."""
    module = tokens[3].text.strip("'\"")
    if tokens[1].kind == "name" and re.fullmatch(r"[^\W\d]\w*", module):
        edit = Edit(Span(tokens[0].start, tokens[3].end), f"from {module} import {tokens[1].text}")
        yield Proposal((edit,), "The module comes first: `from module import name`.")


FIXER = Fixer(id="stray_token", matches=is_syntax_error, propose=propose)
