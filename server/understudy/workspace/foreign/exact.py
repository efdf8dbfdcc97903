"""Which of the suggestions that were read may be passed on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.text import OverlappingEditsError, apply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.workspace.diagnostics import Suggestion

_MAX_SUGGESTIONS = 10
_MAX_INSERTED = 20_000
"""Code points that one suggestion may insert; a diagnostic that carries more is no quick fix."""

_EMPTY_LINES = re.compile(r"[\r\n]+")
_SILENCER = re.compile(
    r"\bnoqa\b|\bNOLINT|\bnolint\b|(?:type|pyright|ty|mypy): *ignore|@ts-(?:ignore|expect-error|nocheck)"
    r"|(?:eslint|pylint|shellcheck|tslint|rubocop)[:-] *disable|biome-ignore|deno-lint-ignore"
    r"|#!?\[(?:allow|expect)\(|@SuppressWarnings",
)


def exact(found: Iterable[Suggestion], text: str) -> tuple[Suggestion, ...]:
    """The distinct suggestions that apply to `text`, change it, and don't merely silence a tool."""
    kept: list[Suggestion] = []
    outcomes: set[str] = set()
    for suggestion in found:
        if len(kept) == _MAX_SUGGESTIONS:
            break
        after = _after(suggestion, text)
        if after is None or after == text or _silences(suggestion, text):
            continue
        # One suggestion told in two ways may differ in an empty line below an import.
        outcome = _EMPTY_LINES.sub("\n", after)
        if outcome in outcomes:
            continue
        outcomes.add(outcome)
        kept.append(suggestion)
    return tuple(kept)


def _after(suggestion: Suggestion, text: str) -> str | None:
    if sum(len(edit.text) for edit in suggestion.edits) > _MAX_INSERTED:
        return None
    try:
        return apply(text, suggestion.edits)
    except (OverlappingEditsError, ValueError):
        return None


def _silences(suggestion: Suggestion, text: str) -> bool:
    """Whether an edit writes a comment or attribute that stops a tool from reporting."""
    return any(
        len(_SILENCER.findall(edit.text)) > len(_SILENCER.findall(edit.span.of(text)))
        for edit in suggestion.edits
    )
