"""Connections of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.wire import transport

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def alone(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """No proxy of this machine, and no connection that outlives the test."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    yield
    await transport.close()
