"""The prompt that asks for one edit: the fix of a problem, or a change that a user wishes."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.prompt.choosing import Addressee
from understudy.prompt.composing import compose
from understudy.prompt.library import library_for
from understudy.prompt.pieces import (
    FIRST_TIME,
    NOTHING_TAUGHT,
    again_values,
    file_values,
    lines_of,
    numbered,
    other_values,
    problem_values,
    shown_values,
    taught_values,
    tried_values,
    values_about,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from understudy.prompt import Prompt
    from understudy.prompt.pieces import Again, Shown, Taught, Tried
    from understudy.prompt.values import Value
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_SAMPLE_LINES = 80
"""Of a document that shows the style, the beginning is enough."""
_NOBODY = Addressee()


@dataclass(frozen=True, slots=True)
class Case:
    """All that a prompt for one edit is made of.

    Attributes:
        target: the problem; None where a change is wished.
        wish: what is to be done, as sentences; empty for a problem.
        selected: the lines that the wish is about, where they are fewer than `lines`.
        files: further documents that may be changed, by the path that they are called by.
        samples: documents that show how things are done here, by their path.
        stays: whether the document itself must stay as it is.
        lines: the region that may be rewritten.
        rules: how to answer, from the edit format.
        others: further problems in the region.
        tried: earlier attempts, oldest first; the last three are told.
        shown: context that was chosen, by its slot, and the project's own rules as `project`.
        taught: what earlier failures taught.
        again: how the question differs from the one before.
    """

    view: View
    target: Diagnostic | None
    lines: range
    rules: str
    wish: str = ""
    selected: range = range(0)
    files: Mapping[str, View] = field(default_factory=lambda: MappingProxyType({}))
    samples: Mapping[str, View] = field(default_factory=lambda: MappingProxyType({}))
    stays: bool = False
    others: Sequence[Diagnostic] = ()
    tried: Sequence[Tried] = ()
    shown: Shown = field(default_factory=lambda: MappingProxyType({}))
    taught: Taught = NOTHING_TAUGHT
    again: Again = FIRST_TIME


def edit_prompt(case: Case, to: Addressee = _NOBODY) -> Prompt:
    """The prompt for one edit. Looks at the folders of fragments.

    Raises:
        FragmentError: it can't be put together.
    """
    return compose(library_for(case.view), to, _values(case, to))


def _values(case: Case, to: Addressee) -> dict[str, Value]:
    view, lines = case.view, case.lines
    values = values_about(view, lines)
    values |= {
        "asks": "change" if case.target is None else "fix",
        "task": to.task,
        "model": to.model or None,
        "family": to.family or None,
        "editFormat": to.edit_format or None,
        "region": {**numbered(view, lines), "stays": case.stays},
        "files": file_values((name, one.text) for name, one in case.files.items()),
        "samples": file_values(
            (name, lines_of(one, range(_SAMPLE_LINES))) for name, one in case.samples.items()
        ),
        "problem": problem_values(view, case.target) if case.target is not None else None,
        "others": other_values(view, (one for one in case.others if one != case.target)),
        "wish": case.wish or None,
        "selected": _selected(case),
        "tried": tried_values(case.tried),
        "rules": case.rules,
        **shown_values(case.shown),
        **taught_values(case.taught, case.shown),
        **again_values(case.again),
    }
    return values


def _selected(case: Case) -> Value:
    if not case.selected or case.selected == case.lines:
        return None
    return {"first": case.selected.start + 1, "last": case.selected.stop}
