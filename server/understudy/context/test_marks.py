"""Tests that a framework passes over, and tests that bring what they are to test."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from understudy.context.bare_code import blanked
from understudy.core.lines import content_length, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.context.grammar import Grammar

_MARK = re.compile(
    r"@(?:pytest\.mark\.|mark\.|unittest\.)?(?:skip|xfail|expectedFailure)\b"
    r"|\bpytestmark\s*=[^\n]{0,200}\b(?:skip|xfail)\b(?!if)|#\[\s*ignore\b|@(?:Disabled|Ignore)\b"
    r"|(?<![.\w])(?:it|test|describe|suite|context|specify)\.(?:skip|todo|failing|fails)\b"
    r"|(?<![.\w])x(?:it|test|describe|specify)\(|[{,]\s*(?:skip|todo)\s*:\s*true\b"
)
"""What makes a framework pass over a test whatever happens, or take its failure for a success."""
_CALL = re.compile(
    r"(?P<lead>[ \t]+)(?:(?:pytest|self|unittest)\.(?:skip|skipTest|xfail)\(|(?:t|b)\.Skip(?:f|Now)?\()"
)
_BODY = re.compile(r"(?P<lead>[ \t]*)(?:async[ \t]+)?(?:def|func)\b")
_DEFINED = (
    r"^(?:export\s+)?(?:default\s+)?(?:pub(?:\([^)\n]*\))?\s+)?(?:async\s+)?(?:def|func|fn|function|class|struct)\s+{name}\b"
    r"|^(?:export\s+)?(?:const|let|var)\s+{name}\s*=\s*(?:async\b\s*)?(?:function\b|\(|\w+\s*=>)"
    r"|^{name}\s*=\s*lambda\b"
)
_LONGEST = 1_000


def skipped_test(before: str, after: str, grammar: Grammar | None) -> str:
    """The first new mark that keeps a test from counting; empty for none, and where nothing can tell.

    A test that is passed over under a condition is run elsewhere.

    Args:
        before: the text as it was; empty for a new file.
        after: the text as it will be.
        grammar: of that language.
    """
    old, new = blanked(before, grammar), blanked(after, grammar)
    if old is None or new is None:
        return ""
    more = Counter(_marks(new)) - Counter(_marks(old))
    return next(iter(more), "")


def own_copy(before: str, after: str, grammar: Grammar | None, about: Iterable[str]) -> str:
    """The first name of what is to be tested that a text of tests now defines; empty for none.

    Args:
        before: the text as it was; empty for a new file. What it defined already may be meant.
        after: the text as it will be.
        grammar: of that language.
        about: the names of what is to be tested.
    """
    old, new = blanked(before, grammar), blanked(after, grammar)
    if old is None or new is None:
        return ""
    for name in about:
        defined = re.compile(_DEFINED.format(name=re.escape(name)), re.MULTILINE)
        if defined.search(new) and not defined.search(old):
            return name
    return ""


def _marks(code: str) -> Iterator[str]:
    lines = [line[: content_length(line)] for line in split_lines(code)]
    for at, line in enumerate(lines):
        if len(line) > _LONGEST:
            continue
        if (found := _MARK.search(line)) is not None:
            yield found.group().strip()
        elif (call := _CALL.match(line)) is not None and _is_first(lines, at):
            yield call.group().strip("( \t")


def _is_first(lines: list[str], at: int) -> bool:
    """Whether a call stands right below the head of its function, so that nothing decides on it."""
    above = next((line for line in reversed(lines[:at]) if line.strip()), "")
    return _BODY.match(above) is not None
