"""One request and what comes back for it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.failures import CallError
from understudy.failures.network import network_failure
from understudy.failures.reply import classify_reply
from understudy.wire import failing, transport
from understudy.wire.bounds import Bounds
from understudy.wire.chunks import Chunks
from understudy.wire.framing import framing_for
from understudy.wire.mark import Mark
from understudy.wire.outgoing import post, told
from understudy.wire.reader import MISSHAPEN
from understudy.wire.redacting import redacted, without_secrets
from understudy.wire.trouble import TroubleError, WebPageError
from understudy.wire.verdict import Heard, reply_of, usage_of
from understudy.wire.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.core.failures import Failure
    from understudy.wire import Endpoint, Limits, Listener, Reply, Request
    from understudy.wire.families import Family
    from understudy.wire.framing import Framing
    from understudy.wire.reader import Reader
    from understudy.wire.transport import Incoming

MAX_ERROR_BYTES = 64 * 1024
"""So much of an error's body is read; what it is stands at its beginning."""

_ERROR_BODY_S = 2.0
"""So long an error's body is waited for; its status alone says enough."""

_REST_S = 1.0
"""How long usage and the body's end are waited for once the answer bears the mark of its end."""

_LINGER_S = 0.1
"""How long the body's end is waited for after the last event, to keep the connection."""


class Exchange:
    """A request on its way, and what has come back so far."""

    __slots__ = (
        "_bounds",
        "_chunks",
        "_ended",
        "_endpoint",
        "_family",
        "_first",
        "_headers",
        "_heard",
        "_limits",
        "_mark",
        "_reader",
        "_refused",
        "_request",
        "_started",
        "_status",
        "_told",
        "_window",
    )

    def __init__(
        self, family: Family, request: Request, endpoint: Endpoint, limits: Limits
    ) -> None:
        self._family = family
        self._request = request
        self._endpoint = endpoint
        self._limits = limits
        self._heard: Listener | None = None
        self._reader: Reader = family.reader()
        self._mark = Mark(self._reader)
        self._chunks = Chunks(self._reader)
        self._bounds = Bounds(request, self._reader)
        self._status = 0
        self._headers: Mapping[str, str] = {}
        self._refused = bytearray()
        self._started = self._first = self._ended = 0.0
        self._told = (0, 0)
        self._window: int | None = None

    async def run(self, heard: Listener | None, window: int | None) -> Reply:
        """Send the request and read the reply to its end.

        Args:
            heard: hears the reply while it is on its way.
            window: how many tokens fit into the model, as far as that is known.

        Raises:
            CallError: there is no finished reply; the record says why.
        """
        self._heard = heard
        self._window = window
        outgoing = post(self._family, self._request, self._endpoint)
        try:
            async with Watch(self._limits.deadline) as watch:
                await transport.prepare()
                self._started = watch.time()
                watch.expect("timeout_first_token", self._limits.first_token_s)
                async with transport.send(outgoing, self._limits.connect_s) as incoming:
                    await self._receive(incoming, watch)
        except CallError as error:
            # Whoever listens has heard enough.
            raise self._counted(error) from None
        except TroubleError as trouble:
            if self._mark.is_there and trouble.kind in {"timeout_idle", "timeout_total"}:
                self._reader.end()
            if not self._is_settled():
                raise self._counted(CallError(self._failure(trouble))) from None
        try:
            return self._verdict()
        except CallError as error:
            raise self._counted(error) from None

    def _counted(self, error: CallError) -> CallError:
        """The error with the tokens that were used up; those of a cut answer are not all told."""
        failure = failing.not_our_own(error.failure, self._endpoint.provider)
        error = CallError(redacted(failure, self._endpoint))
        counted = usage_of(self._reader)
        error.usage = (
            counted if self._reader.whole else replace(counted, output=None, reasoning=None)
        )
        return error

    def _is_settled(self) -> bool:
        """Whether all is known already, so that what the connection does no longer matters."""
        reader = self._reader
        return reader.whole or reader.error is not None or not self._is_welcome()

    def _is_welcome(self) -> bool:
        return self._status == 0 or 200 <= self._status < 300

    async def _receive(self, incoming: Incoming, watch: Watch) -> None:
        self._status = incoming.status
        self._headers = incoming.headers
        if self._is_welcome():
            await self._listen(incoming, watch)
        else:
            await self._collect(incoming, watch)

    async def _collect(self, incoming: Incoming, watch: Watch) -> None:
        """Read the beginning of an error's body."""
        watch.expect("timeout_idle", _ERROR_BODY_S)
        async for chunk in incoming.chunks:
            self._refused += chunk
            if len(self._refused) >= MAX_ERROR_BYTES:
                break

    async def _listen(self, incoming: Incoming, watch: Watch) -> None:
        framing: Framing | None = None
        left = min(self._limits.max_reply_bytes, self._bounds.most_bytes)
        async for chunk in incoming.chunks:
            left -= len(chunk)
            if left < 0:
                raise TroubleError("too_large", "the reply")
            if framing is None:
                start = chunk.lstrip()
                if not start:
                    continue
                framing = framing_for(start, self._family.stream)
            self._take(framing.feed(chunk), watch)
            if self._reader.over:
                break
        else:
            self._take(framing.end() if framing else [], watch)
            self._reader.end()
        self._ended = watch.time()
        if self._reader.whole:
            # Whoever reads a body to its end may use the connection again.
            watch.expect("timeout_idle", _LINGER_S)
            async for _ in incoming.chunks:
                pass

    def _take(self, events: list[bytes], watch: Watch) -> None:
        reader = self._reader
        marked = self._mark.is_there
        for event in events:
            _read(reader, event)
            self._mark.look()
        if self._heard is not None:
            self._tell(self._heard)
        if not reader.whole:
            self._bounds.look()
        self._chunks.look(watch.time())
        if reader.begun and not self._first:
            self._first = watch.time()
            watch.expect("timeout_idle", self._limits.idle_s)
        if self._mark.is_there and not marked:
            self._ended = watch.time()
            watch.expect("timeout_idle", min(_REST_S, self._limits.idle_s))
        elif self._first and not self._mark.is_there:
            watch.due = watch.time() + self._limits.idle_s

    def _tell(self, heard: Listener) -> None:
        reader = self._reader
        texts, thoughts = self._told
        for piece in reader.thoughts[thoughts:]:
            heard("thinking", piece)
        for piece in reader.texts[texts:]:
            heard("text", piece)
        self._told = (len(reader.texts), len(reader.thoughts))

    def _failure(self, trouble: TroubleError) -> Failure:
        if isinstance(trouble, WebPageError):
            return failing.web_page(self._endpoint.provider)
        detail = told(trouble, self._endpoint)
        return network_failure(self._endpoint.provider, trouble.kind, detail)

    def _verdict(self) -> Reply:
        provider = self._endpoint.provider
        if 300 <= self._status < 400:
            raise CallError(failing.redirected(provider, self._headers))
        if not self._is_welcome():
            said = without_secrets(self._refused.decode("utf-8", "replace"), self._endpoint)
            said = said[:MAX_ERROR_BYTES]
            failure = classify_reply(provider, self._status, self._headers, said)
            raise CallError(failing.without_key(failure, self._endpoint, self._status))
        return reply_of(
            Heard(
                endpoint=self._endpoint,
                request=self._request,
                headers=self._headers,
                reader=self._reader,
                window=self._window,
                first_token_s=(self._first or self._ended) - self._started,
                chunks_s=tuple(self._chunks.between_s),
                seconds=self._ended - self._started,
            )
        )


def _read(reader: Reader, event: bytes) -> None:
    """Let a reader take one event.

    Bytes that are no UTF-8 are refused here: decoded with replacements, they would be wrong code.
    """
    if event == b"[DONE]":
        reader.done()
        return
    try:
        reader.read(json.loads(event.decode()))
    except MISSHAPEN:
        shown = event.decode("utf-8", "replace")
        raise TroubleError("malformed", f"an event that can't be read: {shown}") from None
