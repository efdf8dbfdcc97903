from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from understudy.core.failures import UnavailableError
from understudy.workspace import warm
from understudy.workspace.tools import ToolTimeoutError
from understudy.workspace.warm import Plan, Warm, WarmPool

PATIENCE_S = 60.0


@dataclass
class Program:
    """A program that does nothing."""

    alive: bool = True
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    async def close(self) -> None:
        self.alive = False
        self.closed.set()


@dataclass
class Programs:
    """Everything that was started."""

    started: list[Program] = field(default_factory=list)
    fails: bool = False

    async def start(self) -> Program:
        if self.fails:
            raise UnavailableError("It does not start.")
        self.started.append(Program())
        return self.started[-1]

    def plan(self) -> Plan[Program]:
        return Plan("tool", self.start)


@pytest.fixture
def programs() -> Programs:
    return Programs()


async def use(one: Warm[Program]) -> Program:
    async with one.turn(PATIENCE_S) as child:
        return child


async def test_it_is_started_when_it_is_first_needed_and_then_kept(programs: Programs) -> None:
    one = Warm(programs.plan())
    assert programs.started == []
    assert await use(one) is await use(one)
    assert len(programs.started) == 1


async def test_two_checks_never_use_it_at_once(programs: Programs) -> None:
    one = Warm(programs.plan())
    inside: list[int] = []

    async def check(number: int) -> None:
        async with one.turn(PATIENCE_S):
            inside.append(number)
            assert len(inside) == 1
            await asyncio.sleep(0)
            inside.remove(number)

    await asyncio.gather(*(check(number) for number in range(5)))


async def test_what_died_is_started_again_but_not_for_ever(programs: Programs) -> None:
    one = Warm(programs.plan())
    for _ in range(4):
        (await use(one)).alive = False
    with pytest.raises(UnavailableError, match="ended 3 times within a minute"):
        await use(one)
    assert len(programs.started) == 4


async def test_what_does_not_start_is_not_tried_for_ever(programs: Programs) -> None:
    programs.fails = True
    one = Warm(programs.plan())
    for _ in range(4):
        with pytest.raises(UnavailableError, match="does not start"):
            await use(one)
    with pytest.raises(UnavailableError, match="left alone"):
        await use(one)


async def test_after_a_while_it_is_tried_again(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Warm(programs.plan())
    for _ in range(4):
        (await use(one)).alive = False
    monkeypatch.setattr(warm, "_DEATHS_WITHIN_S", 0)
    assert (await use(one)).alive


async def test_a_check_that_takes_too_long_is_given_up_and_the_program_kept(
    programs: Programs,
) -> None:
    one = Warm(programs.plan())
    with pytest.raises(ToolTimeoutError, match="`tool` did not answer within"):
        async with one.turn(0.01):
            await asyncio.Event().wait()
    assert (await use(one)).alive
    assert len(programs.started) == 1


async def test_one_that_answers_nobody_is_started_anew(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Warm(programs.plan())
    monkeypatch.setattr(warm, "_HUNG_S", 0)
    for _ in range(2):
        with pytest.raises(ToolTimeoutError):
            async with one.turn(0.01):
                await asyncio.Event().wait()
    assert [each.alive for each in programs.started] == [False, True]


async def test_an_idle_one_is_ended(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "IDLE_S", 0)
    child = await use(Warm(programs.plan()))
    await child.closed.wait()


async def test_of_too_many_the_one_that_was_longest_not_used_is_ended(programs: Programs) -> None:
    pool = WarmPool[Program](limit=2)
    for name in ("a", "b", "a", "c"):
        await use(await pool.get(name, programs.plan()))
    assert [each.alive for each in programs.started] == [True, False, True]
    await pool.close()
    assert not any(each.alive for each in programs.started)
    assert pool.kept() == []


async def test_a_failure_inside_a_check_leaves_the_program_for_the_next(programs: Programs) -> None:
    one = Warm(programs.plan())
    with pytest.raises(UnavailableError, match="no answer"):
        async with one.turn(PATIENCE_S):
            raise UnavailableError("no answer")
    assert await use(one) is programs.started[0]
