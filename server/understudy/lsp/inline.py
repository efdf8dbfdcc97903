"""Waiting edits as inline completions: one line of the document as it will be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.core.lines import LineIndex, column_to_units
from understudy.core.text import apply
from understudy.engine.evidence import Band
from understudy.lsp.wording import lowest_band

if TYPE_CHECKING:
    from understudy.core.lines import Encoding
    from understudy.lsp.app import App
    from understudy.lsp.ready import Place, Ready


def completions(app: App, uri: str, line: int) -> list[lsp.InlineCompletionItem]:
    """What a line will be by each proved edit that changes this line alone, newest first.

    A completion replaces text of one line and nothing else: what is changed in several places, or
    in other files, stays in the menu. So does what is not fully proved, since it comes with reasons.
    """
    encoding = app.session.client.encoding
    found = (_completion(one, line, encoding) for one in reversed(app.session.ready.of(uri)))
    return [one for one in found if one is not None]


def _completion(ready: Ready, line: int, encoding: Encoding) -> lsp.InlineCompletionItem | None:
    if ready.files or len(ready.places) != 1 or lowest_band(ready.outcomes) is Band.REVIEW:
        return None
    found = _line_after(ready.places[0], line)
    if found is None:
        return None
    before, after = found
    end = column_to_units(before, len(before), encoding)
    place = lsp.Range(lsp.Position(line, 0), lsp.Position(line, end))
    return lsp.InlineCompletionItem(insert_text=after, range=place)


def _line_after(place: Place, line: int) -> tuple[str, str] | None:
    """A line's content as it is and as it will be; None when it is not this line that changes."""
    number = line - place.first
    if not 0 <= number < len(place.lines):
        return None
    text = "".join(place.lines)
    index = LineIndex(text)
    start, content = index.start(number), index.content(number)
    head, tail = text[:start], text[start + len(content) :]
    after = apply(text, [place.edit])
    fits = len(after) >= len(head) + len(tail) and after.startswith(head) and after.endswith(tail)
    if not fits:
        return None
    changed = after[len(head) : len(after) - len(tail)]
    return (content, changed) if changed != content else None
