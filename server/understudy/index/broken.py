"""Whether a text that could be parsed no longer can be."""

from __future__ import annotations

from functools import lru_cache

from understudy.core.failures import UnavailableError
from understudy.failures.grammar import fault, has_parser
from understudy.languages import grammar_of
from understudy.reading import Repair
from understudy.reading.shape import BOM

_MOST = 200_000
"""Longer texts are not looked at: trees of texts that are broken take their time."""


def broken(before: str, after: str, language: str) -> tuple[Repair, ...]:
    """A repair of high risk where an edit leaves a text that can't be parsed, as it could before.

    A language without a parser, or with a grammar that nobody can rely on, has no such texts. Never
    raises.
    """
    if before == after or max(len(before), len(after)) > _MOST or not _is_right(before, language):
        return ()
    if _is_right(after, language) is not False:
        return ()
    return (Repair("the text can't be parsed any more", risk="high"),)


@lru_cache(maxsize=8)
def _is_right(text: str, language: str) -> bool | None:
    """Whether a text parses; None where nobody can tell. One is asked about again and again."""
    if has_parser(language):
        return fault(text.removeprefix(BOM), language) is None
    grammar = grammar_of(language)
    if grammar is None or not grammar.reliable or not text.strip():
        return None
    from understudy.context.bounded_tree import fresh_tree

    try:
        return not fresh_tree(text, grammar).root.has_error
    except (UnavailableError, ImportError):
        return None
