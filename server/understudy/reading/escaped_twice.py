"""New text in JSON whose line breaks were escaped twice, so that two signs came of each."""

from __future__ import annotations

import json
import re
from textwrap import dedent

from understudy.failures.grammar import fault, has_parser
from understudy.reading.languages import CODE

_BREAK = re.compile(r"(?<=[\w;{}),:])\\n(?:[ ]{2,}|\\t|\t)")
"""A break behind the end of a statement, and in front of an indented line."""
_QUOTE = re.compile(r"[\"'`]")


def escaped_once(text: str, language: str) -> str | None:
    """The text with real line breaks, where it can only be read so; None for any other.

    In a language with a parser the text as it stands must not parse. In others a break must stand
    outside of quotes, between a statement and an indented line.

    Args:
        text: of one edit, as JSON gave it.
        language: an LSP language id.
    """
    if "\n" in text or "\\n" not in text:
        return None
    plain = _decoded(text)
    if has_parser(language):
        return plain if not _parses(text, language) and _parses(plain, language) else None
    if language not in CODE:
        return None
    found = _BREAK.search(text)
    if found is None or _QUOTE.search(text[: found.start()]):
        return None
    # An odd slash begins a regular expression.
    return None if text.count("/", 0, found.start()) % 2 else plain


def _parses(text: str, language: str) -> bool:
    return fault(dedent(text), language) is None


def _decoded(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except json.JSONDecodeError:
        return text.replace("\\n", "\n").replace("\\t", "\t")
