"""What models are asked when code is to be reviewed, and which of their findings count."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.text import Span
from understudy.edit_formats import Region, all_edit_formats
from understudy.engine.consult import Matter
from understudy.engine.drafting import Unread, draft_of
from understudy.engine.material import Place
from understudy.engine.scope import block_of
from understudy.engine.subject import Proposed, Wish
from understudy.prompt.telling import Topic, telling_prompt
from understudy.reading.harmless import harmless, plain_words
from understudy.reading.json_values import unfinished, value_of
from understudy.reading.json_wrappers import unwrapped
from understudy.reading.remarks import (
    SCHEMA,
    finds_nothing,
    place_of,
    problems,
    remarks_of,
    remarks_so_far,
)
from understudy.reading.thoughts import said
from understudy.tasks.review import TASK as REVIEW
from understudy.workspace.secrets import Masks, mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.engine.consult import Audience
    from understudy.prompt import Prompt
    from understudy.prompt.choosing import Addressee
    from understudy.prompt.pieces import Shown, Tried
    from understudy.reading.remarks import Remark
    from understudy.workspace.diagnostics import Severity
    from understudy.workspace.view import View

MOST_FINDINGS = 50
_MOST_LOOKED_AT = 500
"""Findings for which a place is looked for; nobody writes more who means them."""
_OUTPUT_TOKENS = 4_096
_LONGEST_MESSAGE = 600


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding that has its place.

    Attributes:
        lines: of the document that was reviewed, counted from 0.
        message: on one line, without secrets.
        old / new: the change that is proposed, unproved; both empty for none.
    """

    lines: range
    severity: Severity
    message: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What a review found.

    Attributes:
        dropped: how many findings had no place in the code.
        unshown: how many there were beyond `MOST_FINDINGS`.
    """

    findings: tuple[Finding, ...]
    dropped: int = 0
    unshown: int = 0


def review(view: View, lines: range, audience: Audience | None = None) -> Matter[Review]:
    """The review of lines."""
    schema = json.dumps(dict(SCHEMA), separators=(",", ":"))

    def prompt(tried: Sequence[Tried], to: Addressee, shown: Shown) -> Prompt:
        topic = Topic(view, lines, REVIEW.instruction, schema, tried=tried, shown=shown)
        return telling_prompt(topic, to)

    return Matter(
        place=Place(view, lines, apart=lines),
        prompt=prompt,
        read=lambda text: placed(_remarks(text), view, lines),
        output=_OUTPUT_TOKENS,
        form="json",
        schema=SCHEMA,
        audience=audience,
    )


def _remarks(text: str) -> tuple[Remark, ...]:
    """The findings of a reply; none where it says so in words instead."""
    spoken = said(text)
    if not spoken.unclosed and finds_nothing(spoken.answer):
        return ()
    return remarks_of(value_of(text, problems).value)


def so_far(text: str, view: View, lines: range) -> Review:
    """The complete findings of a review that is still being written."""
    spoken = said(text)
    if spoken.unclosed:
        return Review(())
    root, opened = unfinished(spoken.answer)
    values = unwrapped(root) if root is not None else ()
    each = (remarks_so_far(value, opened) for value, _ in values)
    return placed(next(filter(None, each), ()), view, lines)


def as_markdown(found: Review) -> str:
    """Findings as a list that does nothing: severity, lines, and what is wrong."""
    return harmless("".join(f"- {_in_words(one)}\n" for one in found.findings))


def _in_words(finding: Finding) -> str:
    first, last = finding.lines.start + 1, finding.lines.stop
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    return f"**{finding.severity.value}**, {lines}: {finding.message}"


def placed(remarks: Sequence[Remark], view: View, lines: range) -> Review:
    """The findings that quote the lines, each once, in their order."""
    text = [view.index.content(line) for line in lines if line < len(view.index)]
    found: dict[tuple[range, str], Finding] = {}
    dropped = 0
    for one in remarks[:_MOST_LOOKED_AT]:
        told = one.line - lines.start if one.line is not None else None
        place = place_of(replace(one, line=told), text)
        if place is None:
            dropped += 1
            continue
        here = range(place.start + lines.start, place.stop + lines.start)
        message = plain_words(mask(one.message).text, _LONGEST_MESSAGE)
        finding = Finding(here, one.severity, message, one.old, one.new)
        found.setdefault((here, message), finding)
    shown = tuple(found.values())[:MOST_FINDINGS]
    unseen = max(len(remarks) - _MOST_LOOKED_AT, 0)
    return Review(shown, dropped, len(found) - len(shown) + unseen)


def wish_of(view: View, finding: Finding, model: str) -> Wish:
    """The wish to put a finding right, with the edit that came with it. Parses the text.

    Args:
        view: the document as it is now.
        finding: with its lines in that document.
        model: which found it.
    """
    index = view.index
    span = Span(index.start(finding.lines.start), index.start(finding.lines.stop - 1))
    lines = block_of(view, span)
    first, last = finding.lines.start + 1, finding.lines.stop
    return Wish(
        instruction=(
            f"A review found, in lines {first} to {last}: {finding.message}\nPut it right, and"
            " change nothing else. If it is not so, give no edit and say so."
        ),
        lines=lines,
        proposal=_proposed(view, finding, lines, model),
    )


def _proposed(view: View, finding: Finding, lines: range, model: str) -> Proposed | None:
    """The edit that came with a finding; None without one, and when it has no place."""
    if not finding.old.strip() or finding.old == finding.new:
        return None
    edit_format = all_edit_formats()["json"]
    reply = json.dumps(
        {"edits": [{"kind": "replace", "old": finding.old, "new": finding.new}], "done": True}
    )
    for where in (lines, range(len(view.index))):
        draft = draft_of(model, reply, Region(view, where), edit_format, Masks())
        if not isinstance(draft, Unread):
            proposal = replace(draft.proposal, why=finding.message)
            return Proposed(replace(draft, proposal=proposal), model)
    return None
