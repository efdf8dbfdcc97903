"""Ask a model once, and hear it to its end.

Nothing is repeated behind the caller's back but what no model can have answered: a connection that
did not come to stand is tried once more, and a request of which a part was refused is repeated once
without it. Reply and failure tell of the repetition, with the tokens of both. It is no attempt of
its own: a provider refuses before any model has worked, and the part is never sent again.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError, CallError, FailureCategory
from understudy.core.usage import together
from understudy.wire import negotiate
from understudy.wire.exchange import Exchange
from understudy.wire.families import all_families

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.failures import Failure
    from understudy.wire import Endpoint, Limits, Listener, Reply, Request
    from understudy.wire.negotiate import Memory

_LEAST_WINDOW = 512
"""No model that writes code has less; what a server tells below that is some other limit."""

log = logging.getLogger("understudy.wire")


async def call(
    request: Request,
    endpoint: Endpoint,
    limits: Limits,
    *,
    heard: Listener | None = None,
    memory: Memory | None = None,
) -> Reply:
    """Send a request and read the reply to its end. Cancelling it closes the connection at once.

    Args:
        request: what is asked.
        endpoint: where it goes, with the key for exactly there.
        limits: how long it may take; the deadline covers a repetition too.
        heard: hears the reply while it is on its way.
        memory: knows what the model refuses and how much it takes, and learns more of both.

    Raises:
        CallError: there is no finished reply; the record says why.
        BadRequestError: nobody knows the endpoint's API family.
    """
    family = all_families().get(endpoint.family)
    if family is None:
        raise BadRequestError(f"`{endpoint.family}` is no API family that is known.")
    known = _Known(endpoint.provider, request.model, memory)
    asked = negotiate.without_parts(request, known.refused)
    window = known.window or request.window
    try:
        reply = await Exchange(family, asked, endpoint, limits).run(heard, window)
    except CallError as error:
        known.learn_limit(error.failure)
        parts = negotiate.refused_parts(error.failure, family, asked, endpoint)
        if not parts:
            raise
        log.debug("%s/%s refuses `%s`.", endpoint.provider, request.model, "`, `".join(parts))
        asked = negotiate.without_parts(asked, parts)
        try:
            reply = await Exchange(family, asked, endpoint, limits).run(heard, window)
        except CallError as again:
            again.requests = 2
            again.usage = together(error.usage, again.usage)
            known.learn_limit(again.failure)
            more = negotiate.refused_parts(again.failure, family, asked, endpoint)
            # The next question begins without both. A failure of another kind proves nothing.
            known.learn_refused((*parts, *more) if more else ())
            raise
        known.learn_refused(parts)
        counted = together(error.usage, reply.usage) or reply.usage
        reply = replace(reply, usage=counted, requests=2)
    return replace(reply, dropped=negotiate.left_out(family, asked, endpoint))


class _Known:
    """What is known about one model; nothing, where nothing is remembered."""

    __slots__ = ("_memory", "_model", "_provider", "refused", "window")

    def __init__(self, provider: str, model: str, memory: Memory | None) -> None:
        self._provider = provider
        self._model = model
        self._memory = memory
        self.refused = memory.refused(provider, model) if memory else frozenset[str]()
        self.window = memory.limit(provider, model) if memory else None

    def learn_limit(self, failure: Failure) -> None:
        if (
            self._memory is not None
            and failure.limit is not None
            and failure.limit >= _LEAST_WINDOW
            and failure.category is FailureCategory.CONTEXT_OVERFLOW
            # What an account may send in a minute is no window.
            and failure.code != "request_too_large"
        ):
            self._memory.learn_limit(self._provider, self._model, failure.limit)

    def learn_refused(self, parts: Iterable[str]) -> None:
        if self._memory is not None:
            for part in parts:
                self._memory.refuse(self._provider, self._model, part)
