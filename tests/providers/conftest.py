"""Clients for tests of providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from understudy.wire import transport

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False, timeout=5) as one:
        yield one


@pytest.fixture
async def closed() -> AsyncIterator[None]:
    """No connection of the wire outlives its test."""
    yield
    await transport.close()
