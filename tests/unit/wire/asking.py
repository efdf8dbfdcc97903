"""A small request goes to a server of raw bytes, and its reply or its failure comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.wire.raw_server import RawServer, ask, within
from understudy.core.failures import CallError
from understudy.wire.call import call

if TYPE_CHECKING:
    from tests.unit.wire.raw_server import Answer
    from understudy.core.failures import Failure
    from understudy.wire import Limits, Reply

ODD = "a\u2028b\u2029c\u0085d\x0b\x0ce\x1c\x1d\x1ef π😀"
"""Characters that end lines for some readers, and characters of several bytes."""


async def asked(*answers: Answer, limits: Limits | None = None, **fields: Any) -> Reply:
    """The reply to one call; the server gives the answers in turn, `fields` are the endpoint's."""
    async with RawServer(*answers) as server:
        return await call(ask(), server.endpoint(**fields), limits or within())


async def failed(*answers: Answer, limits: Limits | None = None, **fields: Any) -> Failure:
    """The failure of one call that must fail, and must say so in a sentence."""
    with pytest.raises(CallError) as caught:
        await asked(*answers, limits=limits, **fields)
    assert caught.value.failure.message.endswith(".")
    return caught.value.failure


def one_by_one(content: bytes) -> list[bytes]:
    """Every byte as a piece of its own."""
    return [bytes([byte]) for byte in content]
