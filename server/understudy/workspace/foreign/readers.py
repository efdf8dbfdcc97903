"""Every place of a foreign diagnostic where a suggestion may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.workspace.foreign.eslint import eslint_suggestions
from understudy.workspace.foreign.related import related_suggestions
from understudy.workspace.foreign.rendered import agrees, rendered_suggestions
from understudy.workspace.foreign.rustc import rustc_suggestions
from understudy.workspace.foreign.spelling import spelling_suggestions
from understudy.workspace.foreign.text_edits import edit_suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.core.text import Span
    from understudy.workspace.diagnostics import Suggestion
    from understudy.workspace.foreign.document import Document


def suggestions_in(
    item: Mapping[str, object], span: Span, document: Document
) -> Iterator[Suggestion]:
    """What the diagnostic proposes, the most precise form first; duplicates included."""
    carried = item.get("data")
    yield from edit_suggestions(carried, document)
    yield from eslint_suggestions(carried, document)
    yield from rustc_suggestions(carried, document)
    yield from spelling_suggestions(carried, span, document)
    yield from edit_suggestions({"codeActions": item.get("codeActions")}, document)
    for suggestion in related_suggestions(item.get("relatedInformation"), document):
        if agrees(suggestion, carried, document):
            yield suggestion
    yield from rendered_suggestions(carried, document)
