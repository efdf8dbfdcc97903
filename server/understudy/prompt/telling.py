"""The prompts that ask for words about code: an explanation, or a review."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.prompt.composing import compose
from understudy.prompt.library import library_for
from understudy.prompt.pieces import problem_values, shown_values, tried_values, values_about

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.prompt import Prompt
    from understudy.prompt.choosing import Addressee
    from understudy.prompt.pieces import Shown, Tried
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_MAX_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Topic:
    """All that such a prompt is made of.

    Attributes:
        lines: what it is about, counted from 0.
        instruction: what the model is to say about it.
        schema: the JSON Schema of the answer; empty for Markdown.
        problems: what somebody reported there.
        tried: earlier replies that did not do.
        shown: context that was chosen, by its slot.
    """

    view: View
    lines: range
    instruction: str
    schema: str = ""
    problems: Sequence[Diagnostic] = ()
    tried: Sequence[Tried] = ()
    shown: Shown = field(default_factory=lambda: MappingProxyType({}))


def telling_prompt(topic: Topic, to: Addressee) -> Prompt:
    """The prompt for words about code. Looks at the folders of fragments.

    Raises:
        FragmentError: it can't be put together.
    """
    view = topic.view
    values = values_about(view, topic.lines) | {
        "asks": "words",
        "task": to.task,
        "model": to.model or None,
        "family": to.family or None,
        "editFormat": to.edit_format or None,
        "problems": [problem_values(view, one) for one in topic.problems[:_MAX_PROBLEMS]],
        "wish": topic.instruction,
        "schema": topic.schema or None,
        "tried": tried_values(topic.tried),
        **shown_values(topic.shown),
    }
    return compose(library_for(view), to, values)
