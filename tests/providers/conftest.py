"""Clients for tests of providers, and the stage for whole runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.providers.scripted import ScriptedServer
from tests.providers.stage import GOOD, Stage, two_models
from understudy.wire import transport

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False, timeout=5) as one:
        yield one


@pytest.fixture
async def closed() -> AsyncIterator[None]:
    """No connection of the wire outlives its test."""
    yield
    await transport.close()


@pytest.fixture
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ACME_KEY", "planted-key-95a0cc71")
    root = tmp_path / "workspace"
    root.mkdir()
    async with ScriptedServer({"one": [GOOD], "two": [GOOD]}) as server:
        yield Stage(server, root, two_models(server))
