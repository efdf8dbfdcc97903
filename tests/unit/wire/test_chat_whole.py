"""A chat is whole with `[DONE]` or the clean end of its body, and not with a reason alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.wire.asking import asked, failed
from tests.unit.wire.raw_server import (
    DONE,
    FINISH,
    USAGE,
    Connection,
    data,
    delta,
    head,
    piece,
    stream,
    within,
)
from tests.unit.wire.speaking import chunk, read
from understudy.core.failures import FailureCategory

if TYPE_CHECKING:
    from tests.unit.wire.raw_server import Answer


def eager(content: str) -> bytes:
    """A piece from a server that tells a reason with every piece."""
    return data(chunk("stop", content=content))


def reset_after(*pieces: bytes) -> Answer:
    async def answer(connection: Connection) -> None:
        await connection.send(head() + b"".join(map(piece, pieces)))
        connection.reset()

    return answer


async def test_a_reset_after_a_reason_is_no_end() -> None:
    for pieces in ((eager("half "),), (eager("half "), eager("of ")), (delta("x"), FINISH, USAGE)):
        failure = await failed(reset_after(*pieces))
        assert failure.category is FailureCategory.PROVIDER_UNAVAILABLE


async def test_silence_after_a_reason_is_no_end() -> None:
    async def stays(connection: Connection) -> None:
        await connection.send(head() + piece(eager("half ")))
        await connection.until_hung_up()

    failure = await failed(stays, limits=within(idle_s=0.05))
    assert failure.category is FailureCategory.TIMEOUT


async def test_a_reset_after_done_does_not_matter() -> None:
    assert (await asked(reset_after(delta("x"), FINISH, DONE))).text == "x"


async def test_a_reason_with_every_piece_is_read_to_the_end() -> None:
    assert (await asked(stream(eager("a"), eager("b"), DONE))).text == "ab"
    assert (await asked(stream(eager("a"), eager("b")))).text == "ab"


async def test_text_after_the_reason_makes_the_end_doubtful() -> None:
    failure = await failed(stream(eager("a"), delta("b")))
    assert (failure.category, failure.code) == (FailureCategory.INCOMPLETE_OUTPUT, "cut_off")
    assert (await asked(stream(eager("a"), delta("b"), DONE))).text == "ab"
    assert (await asked(stream(eager("a"), eager("b"), USAGE))).text == "ab"


def test_thinking_and_refusals_after_the_reason_count_too() -> None:
    for said in ({"reasoning": "hm"}, {"refusal": "no"}):
        reader = read("openai", chunk("stop", content="a"), chunk(**said))
        reader.end()
        assert not reader.whole
