"""A string lacks its closing quote, or a quote inside it ends it too early."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from understudy.context.python_brackets import before_closers
from understudy.context.python_parse import fault
from understudy.context.python_parts import silences
from understudy.context.python_tokens import line_end, scan, unclosed_brackets
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, insertion, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_tokens import Scan, Token
    from understudy.fixers import Problem

_MAX_LINES = 40
"""How many lines of an open triple-quoted string are looked at for its end."""

_CODE = re.compile(
    r"[.\]\w]\(|\w\[| %(?:[\s(]|$)|\s\#\s|[)\]]\s*[,:%+.]|\s(?:[-+*/]|[=!<>]=?|and|or|in|if|for)\s+[\w(\[]|,\s*(?:\w+=|[*(\[{\d])"
)
"""What looks like code inside an unclosed string, so that its end is anybody's guess."""

_STATEMENT = re.compile(
    r"(?:return|raise|yield|assert|del|global|nonlocal|from|import|with|for|while|if|async|await)\b"
    r"|(?:def|class)[ ]\w+\s*[(:]|(?:pass|break|continue)[ \t]*(?:\#|$)|(?:try|else)\s*:|@\w"
    r"|[^\W\d][\w.]*(?:\[.*\])?(?:\s*:[^=]*)?\s*(?:[-+*/|&^%@]|//|\*\*|<<|>>)?=(?!=)"
    r"|[^\W\d][\w.]*\("
)
"""The start of a line that is code: prose such as `1522.` parses as well."""

_WORDS_OF_TEXT = re.compile(r"(?:[(\[{,=]|\breturn)[ \t]*(?P<text>[^\W\d][\w ./-]*)$")
_MAX_LINE = 500
"""How much of a line is looked at, and how much of its end."""
_MAX_COMMAS = 16
_PREFIX_LETTERS = frozenset("bfrtuBFRTU")

_WHY = "The string is never closed."


def propose(problem: Problem) -> Iterator[Proposal]:
    """By the parser's message: one line, triple-quoted, or a field of an f-string."""
    text = problem.view.text
    found = fault(text)
    if found is None:
        return
    source = scan(text, found.offset)
    if (swallowing := _swallowing(text, found.offset)) is not None:
        around = scan(text, swallowing)
        yield from repairs(text, _triple(around, around.code[around.at(swallowing)]))
    elif "expecting '}'" in found.message:
        yield from repairs(text, _open_field(source, found.offset))
    elif "unterminated" in found.message and (token := _open_string(source, found.offset)):
        if len(token.quote) == 3:
            yield from repairs(text, _triple(source, token))
        else:
            yield from repairs(text, _one_line(source, token))


def _swallowing(text: str, offset: int) -> int | None:
    """Where an unclosed docstring begins that runs on to the opening quotes of the next one.

    The quotes that close it by mistake are followed by the next docstring's first word.
    """
    for span in silences(text):
        if span.start > offset:
            return None
        tripled = text.startswith(('"""', "'''"), span.start)
        if tripled and text[span.end : span.end + 1].isalpha() and "\n" in span.of(text):
            return span.start
    return None


def _open_string(source: Scan, offset: int) -> Token | None:
    """The unclosed string at the place; its prefix letters may begin before it."""
    for place in range(source.at(offset), len(source.code)):
        if source.code[place].kind == "string" and not source.code[place].closed:
            return source.code[place]
    return None


def _one_line(source: Scan, token: Token) -> Iterator[Proposal]:
    other = '"' if token.quote == "'" else "'"
    body = token.text[len(token.prefix) + 1 :]
    if body.startswith(other) and body.count(other) == 1:
        return  # An empty string, or one that begins with a quote.
    found = (
        _wrong_start(token)
        or _requoted(source, token)
        or _escaped_quote(token)
        or _other_quote(token)
        or _opened(source, token)
    )
    if found is not None:
        yield found
    else:
        yield from _closed_before_brackets(source, token)


def _wrong_start(token: Token) -> Proposal | None:
    """`'""Text.` and `'a", "b"`: three quotes, or whole strings, in the other kind of quotes."""
    other = '"' if token.quote == "'" else "'"
    body = token.text[len(token.prefix) + 1 :]
    signs = re.sub(rf"(?<=\w){other}(?=\w)", "", body)
    whole = signs.count(other) % 2 and re.search(rf"{other}\s*,\s*{other}", signs)
    if not body.startswith(other * 2) and not whole:
        return None
    start = token.start + len(token.prefix)
    edit = Edit(Span(start, start + 1), other)
    return Proposal((edit,), "The string begins with the wrong quote.")


def _opened(source: Scan, token: Token) -> Proposal | None:
    """`print(no such key')`: plain words before a quote that only closing signs follow.

    Words whose first letter could be a string's prefix are left alone: `b1'` may have been `b'1'`.
    """
    quote = token.start + len(token.prefix)
    line = source.text[source.index.line_span(source.index.line_of(token.start)).start : quote]
    words = _WORDS_OF_TEXT.search(line[-_MAX_LINE:])
    if words is None or not _only_closers(source.text, quote + 1):
        return None
    if words["text"][0] in _PREFIX_LETTERS:
        return None
    edit = insertion(quote - len(words["text"]), token.quote)
    return Proposal((edit,), "The string is closed and never opened.")


def _requoted(source: Scan, token: Token) -> Proposal | None:
    """`'don't'`: the whole literal in the other quotes, when they do not occur in it."""
    line = source.on_line(source.index.line_of(token.start))
    opener = next((t for t in line if t.kind == "string" and t.quote == token.quote), token)
    start = opener.start + len(opener.prefix)
    # In `'don't'` the `t` looks like the prefix of another string.
    end = token.start + len(token.prefix)
    other = '"' if token.quote == "'" else "'"
    around = source.text[opener.end - 2 : opener.end - 1] + source.text[opener.end : opener.end + 1]
    early = opener != token and around.isalnum() and source.text[end - 1].isalnum()
    if not early or other in source.text[start:end] or not _only_closers(source.text, end + 1):
        return None
    edits = tuple(Edit(Span(at, at + 1), other) for at in (start, end))
    return Proposal(edits, f"The {token.quote} inside the string ends it too early.")


def _escaped_quote(token: Token) -> Proposal | None:
    r"""`"C:\dir\"`: the backslash takes the closing quote away, so it is doubled."""
    found = re.search(rf"\\{token.quote}([)\]}},:\s]*)$", token.text)
    if (
        found is None
        or token.text.count("\\" + token.quote) % 2 == 0
        or "r" in token.prefix.lower()
    ):
        return None
    at = token.start + found.start()
    return Proposal((insertion(at, "\\"),), "The backslash takes the closing quote's meaning.")


def _other_quote(token: Token) -> Proposal | None:
    """`"text'`: the wrong quote stands at the end."""
    other = '"' if token.quote == "'" else "'"
    found = re.search(rf"{other}([)\]}},:\s]*)$", token.text)
    body = token.text[len(token.prefix) + 1 :]
    if found is None or body.count(other) != 1 or body.startswith(other):
        return None
    at = token.start + found.start()
    why = f"The string begins with {token.quote} and ends with {other}."
    return Proposal((Edit(Span(at, at + 1), token.quote),), why)


def _closed_before_brackets(source: Scan, token: Token) -> Iterator[Proposal]:
    """In front of the brackets that close what stands open around the string; else at the end."""
    end = token.start + len(token.text.rstrip())
    before = source.text[token.start - 1 : token.start]
    body = token.text[len(token.prefix) + 1 :]
    if end < token.end or before.strip("([{,:= \t\r\n") or _only_closers(body, 0):
        # Blanks at the line's end hint at text that went on; a quote that follows a word or
        # another string, or that only brackets follow, is the end of a string that lost its start.
        return
    statement = source.statement(token.start)
    around = [t for t in statement.tokens if t.start < token.start] if statement else []
    stop = before_closers(source.text[:end], unclosed_brackets(around), token)
    if statement is not None and statement.is_block and source.text[stop:end] in {"", ":"}:
        stop = end - source.text[:end].endswith(":")
    other = '"' if token.quote == "'" else "'"
    holds_string = re.search(rf"{other}[^{other}]*{other}[\s,)\]}}]*$", body)
    if holds_string or _CODE.search(source.text, token.start, stop):
        return
    yield Proposal((insertion(stop, token.quote),), _WHY, safe=True)
    commas = re.finditer(r",\s*([^\W\d]\w*)", source.text[token.start : stop])
    for comma in islice(commas, _MAX_COMMAS):
        if source.count(comma.group(1)):
            # The name behind the comma exists, so it may well be the next argument.
            at = token.start + comma.start()
            yield Proposal((insertion(at, token.quote),), _WHY, safe=True)


def _triple(source: Scan, token: Token) -> Iterator[Proposal]:
    """At the end of each line of the string that code follows, nearest first."""
    first = source.index.line_of(token.start)
    rank = 1.0
    for line in range(first, min(first + _MAX_LINES, len(source.index))):
        content = source.index.content(line).rstrip()
        end = source.index.start(line) + len(content)
        if (
            line > first
            and _STATEMENT.match(content.lstrip()[:_MAX_LINE])
            and _is_docstring(source, token)
        ):
            return  # The rest is code.
        if (edit := _mixed_quotes(source, token, end)) is not None:
            yield Proposal((edit,), _WHY, safe=True)
            return
        if not content or not _code_follows(source, line) or content.strip() == token.text[:3]:
            continue
        missing = token.quote[0] * (3 - _quotes_at_end(content, token))
        edit = insertion(end, missing)
        if line > first and len(missing) == 3 and _is_docstring(source, token):
            edit = _own_line(source, token, line)
        yield Proposal((edit,), _WHY, rank, safe=True)
        rank += 0.1


def _mixed_quotes(source: Scan, token: Token, end: int) -> Edit | None:
    """The three quotes at a line's end, when one of them is of the other kind."""
    signs = source.text[end - 3 : end]
    begin = token.start + len(token.prefix) + 3
    if end - 3 < begin or set(signs) != {'"', "'"} or source.text[end - 4] in "\"'\\":
        return None
    return Edit(Span(end - 3, end), token.quote)


def _code_follows(source: Scan, line: int) -> bool:
    """Whether the next line with anything on it is code, or there is none."""
    below = (source.index.content(n).strip() for n in range(line + 1, len(source.index)))
    following = next((content for content in below if content and content[0] != "#"), "")
    return not following or _STATEMENT.match(following[:_MAX_LINE]) is not None


def _is_docstring(source: Scan, token: Token) -> bool:
    statement = source.statement(token.start)
    return statement is not None and statement.first == token


def _own_line(source: Scan, token: Token, line: int) -> Edit:
    """The quotes on a line of their own, below the last line of a longer docstring.

    Blanks alone on the next line, or two empty lines, are where they used to stand.
    """
    index = source.index
    indent = source.indent(index.line_of(token.start))
    after = index.content(line + 1)
    room = not after and not index.content(line + 2).strip() and line + 2 < len(index)
    if after == indent and (indent or room):
        return insertion(index.start(line + 1) + len(after), token.quote)
    end = index.start(line) + len(index.content(line))
    return insertion(end, line_end(source.text) + indent + token.quote)


def _quotes_at_end(content: str, token: Token) -> int:
    quotes = len(content) - len(content.rstrip(token.quote[0]))
    return quotes if quotes < 3 and content.strip() != token.text[:3] else 0


def _open_field(source: Scan, offset: int) -> Iterator[Proposal]:
    """`f"{name"`: a brace behind the name that the open field begins with."""
    for token in source.on_line(source.index.line_of(offset)):
        body = token.text[len(token.prefix) + len(token.quote) :]
        if "f" not in token.prefix.lower():
            continue
        for field in re.finditer(r"(?<!\{)\{([^\W\d][\w.]*)(?![\w.}\[(:!=])", body):
            at = token.start + len(token.prefix) + len(token.quote) + field.end()
            yield Proposal(
                (insertion(at, "}"),),
                f"The field `{{{field.group(1)}` lacks its brace.",
                safe=True,
            )


def _only_closers(text: str, start: int) -> bool:
    """Whether the rest of the line holds nothing but what closes a statement."""
    return re.match(r"[)\]},:\s]*(?:#.*)?(?:[\r\n]|\Z)", text[start:]) is not None


FIXER = Fixer(id="unterminated_string", matches=is_syntax_error, propose=propose)
