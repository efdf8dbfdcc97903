"""How long a question to a model and its answer may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import CallError, Evidence, Failure, FailureCategory
from understudy.models.tokens import TURN
from understudy.prompt import fitted, without_ranks

if TYPE_CHECKING:
    from understudy.models.registry import Model
    from understudy.models.room import Room
    from understudy.models.tokens import TokenCounter
    from understudy.prompt import Prompt

MAX_OUTPUT = 8_192
_LONGER = 2
"""By how much longer an answer may be that was cut, at the least."""
_WHOLE_SHARE = 1.3
"""By how much a file may grow in one edit."""
_PROSE, _LEAST_OUTPUT = 512, 1_024
"""Tokens for an answer beside the edit itself, and for one of a few lines."""


def max_output(model: Model, wanted: int) -> int:
    """How many tokens an answer of a model may have.

    Args:
        model: who answers; one that thinks gets as much as there is, for its thoughts count too.
        wanted: what the answer itself takes at most.
    """
    if "reasoning" in model.capabilities:
        wanted = MAX_OUTPUT
    return min(wanted, model.max_output or MAX_OUTPUT, max(model.context_window // 2, 256))


def longer(model: Model, tokens: int) -> int:
    """How many tokens an answer may have that was cut at so many; as many where no more are left.

    A model that thinks unknown to us needs as many as one that is known for it.
    """
    most = min(model.max_output or _LONGER * MAX_OUTPUT, model.context_window // 2)
    return max(tokens, min(max(_LONGER * tokens, MAX_OUTPUT), most))


def most_written(model: Model, text: str, counter: TokenCounter, *, whole: bool) -> int:
    """How many tokens an answer may have that writes an edit of a text.

    Args:
        model: who answers.
        text: that may be rewritten.
        counter: of that model.
        whole: whether it is a file, which is written once and hardly grows.
    """
    tokens = counter.most(text)
    wanted = _WHOLE_SHARE * tokens + _PROSE if whole else 2 * tokens + _PROSE
    return max_output(model, max(int(wanted), _LEAST_OUTPUT))


def tokens_of(prompt: Prompt, counter: TokenCounter) -> int:
    """How many tokens a prompt hardly has more than."""
    return sum(counter.most(turn.text) + TURN for turn in prompt.turns)


def fitting(
    whole: Prompt, model: Model, counter: TokenCounter, *, smaller: int, room: Room
) -> Prompt:
    """As much of a prompt as a model has room for.

    Args:
        whole: the prompt with all its parts.
        model: who gets it, with the window that its calls have taught.
        counter: knows the size of its tokens.
        smaller: by how many ranks it is cut down in any case.
        room: what there is.

    Raises:
        CallError: what can't be left out is too long already.
    """
    cut = without_ranks(whole, max(whole.ranks - smaller, 0)) if smaller else whole
    prompt = fitted(cut, room.prompt, lambda one: tokens_of(one, counter))
    if prompt is None:
        raise CallError(overflow(model, too_long(model, tokens_of(whole, counter), room)))
    return prompt


def too_long(model: Model, tokens: int, room: Room) -> str:
    """That a model has no room for a prompt of so many tokens, as a sentence."""
    return (
        f"The lines in question are too long for `{model.id}`: the prompt has about {tokens:,}"
        f" tokens, and there is room for {room.prompt:,}."
    )


def overflow(model: Model, text: str) -> Failure:
    """The failure of a prompt that is not sent, because a model has no room for it: `text` says why."""
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
