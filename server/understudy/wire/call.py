"""Ask a model once, and hear it to its end.

Nothing is repeated behind the caller's back but what no model can have answered: a connection that
did not come to stand is tried once more, and a request of which a part was refused is repeated
without it, and once more where another part is refused then. Reply and failure tell of the
repetitions, with the tokens of all. They are no attempts of their own: a provider refuses before any
model has worked, and the part is never sent again.
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
    from understudy.core.usage import Usage
    from understudy.wire import Endpoint, Limits, Listener, Reply, Request
    from understudy.wire.negotiate import Memory

_LEAST_WINDOW = 512
"""No model that writes code has less; what a server tells below that is some other limit."""

_MOST_REPEATS = 2

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
        limits: how long it may take; the deadline covers repetitions too.
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
    refused = _Refused(known)
    reply: Reply | None = None
    while reply is None:
        try:
            reply = await Exchange(family, asked, endpoint, limits).run(heard, window)
        except CallError as error:
            known.learn_limit(error.failure)
            parts = negotiate.refused_parts(error.failure, family, asked, endpoint)
            if not refused.goes_on_after(error, parts):
                raise
            log.debug("%s/%s refuses `%s`.", endpoint.provider, request.model, "`, `".join(parts))
            asked = negotiate.without_parts(asked, parts)
    return replace(refused.counted(reply), dropped=negotiate.left_out(family, asked, endpoint))


class _Refused:
    """The parts that a model refused, one after the other, within one call."""

    __slots__ = ("_known", "_last", "_proved", "_requests", "_usage")

    def __init__(self, known: _Known) -> None:
        self._known = known
        self._proved: tuple[str, ...] = ()
        self._last: tuple[str, ...] = ()
        self._requests = 1
        self._usage: Usage | None = None

    def goes_on_after(self, error: CallError, parts: tuple[str, ...]) -> bool:
        """Whether the request is repeated without these parts. Else the error tells of all of it.

        A refusal proves that the parts left out before it were refused indeed; a failure of
        another kind proves nothing of the last ones.
        """
        if parts:
            self._proved += self._last
        self._usage = together(self._usage, error.usage)
        if parts and self._requests <= _MOST_REPEATS:
            self._requests += 1
            self._last = parts
            return True
        error.requests, error.usage = self._requests, self._usage
        # The next question begins without what was refused last, too.
        self._known.learn_refused((*self._proved, *parts) if self._requests > 1 else ())
        return False

    def counted(self, reply: Reply) -> Reply:
        """The reply with the tokens of all requests; what was left out is remembered."""
        self._known.learn_refused((*self._proved, *self._last))
        usage = together(self._usage, reply.usage) or reply.usage
        return replace(reply, usage=usage, requests=self._requests)


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
