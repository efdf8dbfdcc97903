"""Fixes in the shape of ESLint's `LintMessage`, which Stylelint and others share.

`fix` is `{"range": [start, end], "text": …}` with UTF-16 offsets into the text without its byte
order mark, `suggestions` a list of `{"desc": …, "fix": …}`; see "Custom Rules" in ESLint's manual.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.text import Edit
from understudy.workspace.diagnostics import Suggestion
from understudy.workspace.foreign.document import items_of, text_of, utf16_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.workspace.foreign.document import Document


def eslint_suggestions(value: object, document: Document) -> Iterator[Suggestion]:
    """The fix, which keeps the meaning by ESLint's rules for rules, then the suggestions."""
    if not isinstance(value, dict):
        return
    edit = _fix(value.get("fix"), document) or _fix(value, document)
    if edit is not None:
        yield Suggestion(text_of(value.get("message")), (edit,), safe=True)
    for entry in items_of(value.get("suggestions")):
        if isinstance(entry, dict):
            edit = _fix(entry.get("fix"), document)
            if edit is not None:
                yield Suggestion(text_of(entry.get("desc")), (edit,))


def _fix(value: object, document: Document) -> Edit | None:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return None
    span = utf16_span(value.get("range"), document.text)
    return None if span is None else Edit(span, value["text"])
