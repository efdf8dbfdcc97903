"""How long a question to a model and its answer may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import CallError, Evidence, Failure, FailureCategory
from understudy.prompt import fitted, without_ranks

if TYPE_CHECKING:
    from understudy.engine.reach import Reach
    from understudy.models.registry import Model
    from understudy.prompt import Prompt

MAX_OUTPUT = 8_192


def max_output(model: Model, wanted: int) -> int:
    """How many tokens an answer of a model may have.

    Args:
        model: who answers; one that thinks gets as much as there is, for its thoughts count too.
        wanted: what the answer itself takes at most.
    """
    if "reasoning" in model.capabilities:
        wanted = MAX_OUTPUT
    return min(wanted, model.max_output or MAX_OUTPUT, max(model.context_window // 2, 256))


def fitting(whole: Prompt, model: Model, reach: Reach, *, smaller: int, output: int) -> Prompt:
    """As much of a prompt as a model has room for. May block.

    Args:
        whole: the prompt with all its parts.
        model: who gets it.
        reach: knows the model's window.
        smaller: by how many ranks it is cut down in any case.
        output: tokens that the answer may have.

    Raises:
        CallError: what can't be left out is too long already.
    """
    cut = without_ranks(whole, max(whole.ranks - smaller, 0)) if smaller else whole
    room = reach.room_for(model, output)
    prompt = fitted(cut, room)
    if prompt is None:
        raise CallError(_too_long(reach.as_learned(model), whole, room))
    return prompt


def _too_long(model: Model, prompt: Prompt, room: int) -> Failure:
    text = (
        f"The lines in question are too long for `{model.id}`: the prompt has {prompt.size}"
        f" characters, and there is room for {room}."
    )
    return Failure(
        category=FailureCategory.CONTEXT_OVERFLOW,
        phase="request",
        blame="project",
        message=text,
        code="does_not_fit",
        evidence=Evidence("prompt", text[:200]),
        fingerprint="context_overflow:does_not_fit",
        limit=model.context_window,
    )
