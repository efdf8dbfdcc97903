"""Post bytes to a server that is no model's, and hear a short answer."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.wire import transport
from understudy.wire.outgoing import is_sendable
from understudy.wire.transport import Outgoing
from understudy.wire.trouble import TroubleError
from understudy.wire.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_ANSWERED = 64 * 1024


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of it.

    Attributes:
        status: the answer's; 0 where there was none.
        headers: names in lower case.
        content: the beginning of the answer.
        trouble: what went wrong on the network, in a word; empty when nothing did.
    """

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes = field(default=b"", repr=False)
    trouble: str = ""


async def post_bytes(
    url: str, content: bytes, headers: Mapping[str, str], *, proxy: str, timeout_s: float
) -> Posted:
    """Post `content`. Never raises but when it is cancelled.

    Args:
        url: where to.
        content: the body.
        headers: they may hold a key, and go to this address alone: redirects are not followed.
        proxy: the proxy's URL; empty for what the environment says.
        timeout_s: for all of it.
    """
    if not all(map(is_sendable, headers.values())):
        return Posted(trouble="header")
    outgoing = Outgoing("POST", url, headers, content, proxy)
    answer = bytearray()
    try:
        async with (
            Watch(time.monotonic() + timeout_s),
            transport.send(outgoing, timeout_s) as incoming,
        ):
            async for piece in incoming.chunks:
                answer += piece
                if len(answer) > _MOST_ANSWERED:
                    break
    except TroubleError as trouble:
        return Posted(trouble=trouble.kind)
    return Posted(incoming.status, incoming.headers, bytes(answer[:_MOST_ANSWERED]))
