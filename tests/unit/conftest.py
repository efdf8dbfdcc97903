"""What holds for every test of a single room."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from understudy.engine.checking import close_checkers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture(autouse=True)
def _no_tool_is_left(request: pytest.FixtureRequest) -> None:
    """Tools that a test kept warm end with it; tests that don't wait can't have started any."""
    if inspect.iscoroutinefunction(request.function):
        request.getfixturevalue("tools_end_with_the_test")


@pytest.fixture
async def tools_end_with_the_test() -> AsyncIterator[None]:
    """End what checkers keep running, behind the test."""
    yield
    await close_checkers()
