"""Computing in a thread ends when nobody waits for it any more."""

from __future__ import annotations

import asyncio
import threading

import pytest

from understudy.core.stopping import StoppedError, go_on, in_thread


async def test_the_result_comes_back_to_who_waits() -> None:
    def work() -> str:
        go_on()
        return "done"

    assert await in_thread(work) == "done"


def test_where_nobody_can_take_it_back_work_goes_on() -> None:
    go_on()


async def test_cancelled_work_ends_itself() -> None:
    begun, ended = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        try:
            while True:
                go_on()
        except StoppedError:
            ended.set()

    task = asyncio.create_task(in_thread(work))
    assert await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(ended.wait, 10)


async def test_work_out_of_time_ends_itself_and_spares_its_neighbour() -> None:
    ended, other = threading.Event(), threading.Event()

    def endless() -> None:
        try:
            while True:
                go_on()
        except StoppedError:
            ended.set()

    def neighbour() -> str:
        other.wait(10)
        go_on()
        return "done"

    beside = asyncio.create_task(in_thread(neighbour))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await in_thread(endless)
    assert await asyncio.to_thread(ended.wait, 10)
    other.set()
    assert await beside == "done"
