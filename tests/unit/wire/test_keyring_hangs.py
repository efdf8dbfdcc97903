"""A keyring that hangs holds up one thread and one question, and never the server."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import keyring
import pytest

from understudy.core.failures import UnavailableError
from understudy.wire import keys
from understudy.wire.patience import OneAtATime

if TYPE_CHECKING:
    from collections.abc import Iterator


def until_free(worker: OneAtATime[str | None]) -> None:
    while worker.hangs:
        time.sleep(0)


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[OneAtATime[str | None]]:
    keys.forget()
    one: OneAtATime[str | None] = OneAtATime("keyring of a test")
    monkeypatch.setattr(keys, "_KEYRING", one)
    yield one
    keys.forget()


def threads(name: str) -> int:
    return sum(one.name == name for one in threading.enumerate())


async def test_a_hanging_keyring_is_asked_once_on_one_thread(
    monkeypatch: pytest.MonkeyPatch, worker: OneAtATime[str | None]
) -> None:
    release, asked = threading.Event(), []

    def hangs(service: str, user: str) -> str:
        asked.append((service, user))
        release.wait(30)
        return "keyring-key-9876543210"

    monkeypatch.setattr(keyring, "get_password", hangs)
    monkeypatch.setattr(keys, "_TIMEOUT_S", 0.1)
    with pytest.raises(UnavailableError, match="did not answer"):
        await keys.resolve("{keyring:understudy/a}")
    monkeypatch.setattr(keys, "_TIMEOUT_S", 1000)
    for name in "abcdef":
        with pytest.raises(UnavailableError, match="did not answer"):
            await keys.resolve(f"{{keyring:understudy/{name}}}")
    assert asked == [("understudy", "a")]
    assert threads("keyring of a test") == 1
    release.set()
    await asyncio.to_thread(until_free, worker)
    assert await keys.resolve("{keyring:understudy/b}") == "keyring-key-9876543210"
    assert threads("keyring of a test") == 1


async def test_questions_at_the_same_time_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now: list[str] = []
    most: list[int] = []

    def answers(_: str, user: str) -> str:
        now.append(user)
        most.append(len(now))
        now.remove(user)
        return f"keyring-key-{user}"

    monkeypatch.setattr(keyring, "get_password", answers)
    names = [f"{number:03}" for number in range(20)]
    found = await asyncio.gather(*(keys.resolve(f"{{keyring:u/{name}}}") for name in names))
    assert found == [f"keyring-key-{name}" for name in names]
    assert set(most) == {1}


async def test_a_question_that_is_given_up_does_not_stop_the_next(
    worker: OneAtATime[str | None],
) -> None:
    release, begun = threading.Event(), threading.Event()

    def hangs() -> None:
        begun.set()
        release.wait(30)

    task = asyncio.ensure_future(worker.ask(hangs, 1000))
    await asyncio.to_thread(begun.wait, 30)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    release.set()
    assert await worker.ask(lambda: "x", 30) == "x"


async def test_an_error_of_the_question_reaches_who_asked(
    worker: OneAtATime[str | None],
) -> None:
    def fails() -> str:
        raise UnavailableError("No keyring.")

    with pytest.raises(UnavailableError, match=r"No keyring\."):
        await worker.ask(fails, 30)
    assert await worker.ask(lambda: "x", 30) == "x"


SCRIPT = """
import asyncio, keyring, threading
from understudy.core.failures import UnavailableError
from understudy.wire import keys
keyring.get_password = lambda service, user: threading.Event().wait(600)
keys._TIMEOUT_S = 0.1
try:
    asyncio.run(keys.resolve("{keyring:understudy/acme}"))
except UnavailableError as error:
    print(error)
"""


def test_a_hanging_keyring_does_not_keep_the_process() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=True
    )
    assert "did not answer" in ended.stdout
