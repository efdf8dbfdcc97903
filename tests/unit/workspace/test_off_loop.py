from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

import pytest

from understudy.workspace.off_loop import held, to_its_end

if TYPE_CHECKING:
    from collections.abc import Iterator


async def test_who_is_cancelled_waits_for_the_thread() -> None:
    started, may_end, done = asyncio.Event(), threading.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def work() -> None:
        loop.call_soon_threadsafe(started.set)
        may_end.wait(30)
        done.set()

    task = asyncio.create_task(to_its_end(work))
    await started.wait()
    task.cancel()
    loop.call_soon(may_end.set)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done.is_set()


async def test_what_was_entered_is_left_by_who_is_cancelled_meanwhile() -> None:
    started, may_end = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()
    steps: list[str] = []

    @contextlib.contextmanager
    def manager() -> Iterator[None]:
        loop.call_soon_threadsafe(started.set)
        may_end.wait(30)
        steps.append("entered")
        yield
        steps.append("left")

    async def use() -> None:
        async with held(manager()):
            steps.append("used")

    task = asyncio.create_task(use())
    await started.wait()
    task.cancel()
    loop.call_soon(may_end.set)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert steps == ["entered", "left"]


async def test_a_failure_inside_or_on_the_way_in_is_passed_on() -> None:
    left: list[bool] = []

    @contextlib.contextmanager
    def manager(*, fails: bool) -> Iterator[int]:
        if fails:
            raise KeyError
        try:
            yield 7
        finally:
            left.append(True)

    async def use(*, fails: bool) -> None:
        async with held(manager(fails=fails)) as value:
            assert value == 7
            raise IndexError

    with pytest.raises(KeyError):
        await use(fails=True)
    with pytest.raises(IndexError):
        await use(fails=False)
    assert left == [True]
