"""Replacements for exactly what a diagnostic marks, as spelling checkers carry them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.text import Edit
from understudy.workspace.diagnostics import Suggestion
from understudy.workspace.foreign.document import items_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.text import Span
    from understudy.workspace.foreign.document import Document

_WORD = re.compile(r"[\w'\u2019-]+")


def spelling_suggestions(value: object, span: Span, document: Document) -> Iterator[Suggestion]:
    """`corrections` of typos-lsp and bacon-ls, and `suggestions` that are plain words.

    The words of `suggestions` come as strings (other spelling checkers) or as `{"word": …}`
    (Code Spell Checker). Other strings there may be advice in prose, so both sides must be words.
    """
    if not isinstance(value, dict):
        return
    marked = span.of(document.text)
    for entry in items_of(value.get("corrections")):
        if isinstance(entry, str) and marked:
            yield _replacement(span, entry)
    if not _WORD.fullmatch(marked):
        return
    for entry in items_of(value.get("suggestions")):
        word = entry.get("word") if isinstance(entry, dict) else entry
        if isinstance(word, str) and _WORD.fullmatch(word):
            yield _replacement(span, word)


def _replacement(span: Span, word: str) -> Suggestion:
    return Suggestion(f"Replace by `{word}`", (Edit(span, word),))
