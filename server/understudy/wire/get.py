"""Ask a provider about itself: which models it has, and what they can do."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from understudy.core.failures import BadRequestError, CallError
from understudy.failures.network import network_failure
from understudy.failures.reply import classify_reply
from understudy.wire import failing, transport
from understudy.wire.families import all_families
from understudy.wire.outgoing import headers, told
from understudy.wire.reader import MISSHAPEN
from understudy.wire.redacting import redacted, without_secrets
from understudy.wire.transport import Outgoing
from understudy.wire.trouble import TroubleError
from understudy.wire.turns import join
from understudy.wire.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.wire import Endpoint
    from understudy.wire.transport import Incoming

_NOT_FOUND = 404
MAX_BYTES = 8 * 1024 * 1024
"""A list of several hundred models with their prices has about 1 MB."""


async def get_json(
    endpoint: Endpoint, path: str, *, timeout_s: float, body: Mapping[str, Any] | None = None
) -> Any:
    """The JSON at a path below the endpoint's base URL.

    Args:
        endpoint: where to ask. Its key goes with the request, in a header.
        path: begins with a slash.
        timeout_s: for all of it.
        body: what is posted; None for a GET. Ollama tells about a model only when it is posted to.

    Raises:
        CallError: there was no JSON; the record says why.
        BadRequestError: nobody knows the endpoint's API family.
    """
    family = all_families().get(endpoint.family)
    if family is None:
        raise BadRequestError(f"`{endpoint.family}` is no API family that is known.")
    outgoing = Outgoing(
        method="GET" if body is None else "POST",
        url=join(endpoint.base_url, path),
        headers=headers(family, endpoint) | {"content-type": "application/json"},
        content=None if body is None else json.dumps(body).encode(),
        proxy=endpoint.proxy,
    )
    try:
        async with (
            Watch(time.monotonic() + timeout_s),
            transport.send(outgoing, timeout_s) as incoming,
        ):
            content = await _read(incoming)
            if body is None and incoming.status == _NOT_FOUND:
                raise CallError(failing.no_list(endpoint, path))
    except TroubleError as trouble:
        detail = told(trouble, endpoint)
        raise CallError(network_failure(endpoint.provider, trouble.kind, detail)) from None
    return _decoded(endpoint, incoming, content)


async def _read(incoming: Incoming) -> bytes:
    content = bytearray()
    async for chunk in incoming.chunks:
        content += chunk
        if len(content) > MAX_BYTES:
            raise TroubleError("too_large", "the reply")
    return bytes(content)


def _decoded(endpoint: Endpoint, incoming: Incoming, content: bytes) -> Any:
    provider, status = endpoint.provider, incoming.status
    if 300 <= status < 400:
        raise CallError(redacted(failing.redirected(provider, incoming.headers), endpoint))
    if not 200 <= status < 300:
        text = without_secrets(content.decode("utf-8", "replace"), endpoint)
        failure = classify_reply(provider, status, incoming.headers, text)
        failure = failing.not_our_own(failing.without_key(failure, endpoint, status), provider)
        raise CallError(redacted(failure, endpoint))
    if content.lstrip().startswith(b"<"):
        raise CallError(failing.web_page(provider))
    try:
        return json.loads(content.decode())
    except MISSHAPEN:
        raise CallError(network_failure(provider, "malformed", "no JSON")) from None
