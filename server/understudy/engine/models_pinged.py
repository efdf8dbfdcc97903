"""Whether a model answers when it is asked for a few tokens."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from understudy.core.failures import CallError, FailureCategory
from understudy.engine.actions import is_at_its_limit
from understudy.engine.finding import State
from understudy.engine.models_reached import finding
from understudy.wire import Limits, Message, Request

if TYPE_CHECKING:
    from understudy.config.settings import NetworkSettings
    from understudy.core.failures import Failure
    from understudy.engine.finding import Finding
    from understudy.models.registry import Model
    from understudy.wire import Endpoint

_LONGEST_S = 30.0
_TOKENS = 16
"""Some providers refuse to be asked for fewer."""
_UNFINISHED = "incomplete"
"""The word for an answer that stopped somewhere, such as in the middle of thinking."""


async def ping_model(endpoint: Endpoint, model: Model, network: NetworkSettings) -> Finding:
    """Ask the model for an answer of a few tokens, which costs a little, and say what came of it."""
    from understudy.wire.call import call

    request = Request(
        model=model.name,
        messages=(Message("user", "Answer with the word OK."),),
        max_output=_TOKENS,
        window=model.context_window if model.locality == "local" else None,
    )
    limits = Limits(
        deadline=time.monotonic() + _LONGEST_S,
        connect_s=network.connect_timeout_s,
        first_token_s=network.first_token_timeout_s,
        idle_s=network.idle_timeout_s,
    )
    try:
        reply = await call(request, endpoint, limits)
    except CallError as error:
        return _failed(error.failure)
    dropped = f", without {', '.join(sorted(reply.dropped))}" if reply.dropped else ""
    return finding("answers", State.OK, f"It answered in {reply.seconds:.1f} s{dropped}.")


def _failed(failure: Failure) -> Finding:
    """What a failure says about the model: nothing, where the answer was as long as it might be."""
    if is_at_its_limit(failure):
        return finding("answers", State.OK, f"It answered, up to the limit of {_TOKENS} tokens.")
    if failure.category is FailureCategory.INCOMPLETE_OUTPUT and failure.code == _UNFINISHED:
        text = f"It began to answer, but was not done within {_TOKENS} tokens."
        return finding("answers", State.NOTE, text)
    return finding("answers", State.BROKEN, failure.message)
