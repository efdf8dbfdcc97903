"""An answer may be packed, and neither packed nor plain may it be larger than allowed."""

from __future__ import annotations

import gzip
import itertools
import zlib
from typing import TYPE_CHECKING

import pytest

from tests.unit.wire.asking import ODD, asked, failed, one_by_one
from tests.unit.wire.raw_server import (
    DONE,
    FINISH,
    Connection,
    RawServer,
    ask,
    delta,
    head,
    piece,
    stream,
    within,
)
from tests.unit.wire.speaking import read
from understudy.core.failures import FailureCategory
from understudy.wire import Message
from understudy.wire.bounds import Bounds
from understudy.wire.call import call
from understudy.wire.trouble import TroubleError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from understudy.wire.reader import Reader


async def test_a_compressed_answer_is_read() -> None:
    content = delta(ODD) + FINISH + DONE
    packed = gzip.compress(content)
    for body, name in (
        (packed, "gzip"),
        (zlib.compress(content), "deflate"),
        (gzip.compress(content[:20]) + gzip.compress(content[20:]), "x-gzip"),
    ):
        reply = await asked(stream(*one_by_one(body), content_encoding=name))
        assert reply.text == ODD


async def test_a_compressed_body_that_is_none_is_no_answer() -> None:
    for name in ("gzip", "br", "gzip, gzip"):
        assert (await failed(stream(delta("x"), content_encoding=name))).code == "malformed"


async def test_a_small_body_does_not_become_a_large_one() -> None:
    bomb = gzip.compress(b"data: " + b"x" * 64 * 1024 * 1024)
    limits = within(max_reply_bytes=1024 * 1024)
    failure = await failed(stream(bomb, content_encoding="gzip"), limits=limits)
    assert failure.code == "too_large"


async def test_an_endless_answer_is_stopped() -> None:
    async def endless(connection: Connection) -> None:
        await connection.send(head())
        while True:
            await connection.send(piece(delta("and on " * 200) * 20))

    failure = await failed(endless, limits=within(max_reply_bytes=300_000))
    assert failure.code in {"too_large", "repeats"}


def _counting(size: int) -> Callable[[Connection], Awaitable[None]]:
    """An answer that never repeats itself and never ends."""

    async def answer(connection: Connection) -> None:
        await connection.send(head())
        for number in itertools.count():
            await connection.send(piece(delta(f"{number:x} ".rjust(size, "."))))

    return answer


async def test_an_answer_far_longer_than_was_asked_for_is_stopped() -> None:
    failure = await failed(_counting(2_000))
    assert (failure.category, failure.code) == (FailureCategory.INCOMPLETE_OUTPUT, "too_large")


async def test_events_that_say_nothing_are_not_read_for_ever() -> None:
    sent = 0

    async def empty(connection: Connection) -> None:
        nonlocal sent
        await connection.send(head())
        content = delta("") * 1_000
        while True:
            await connection.send(piece(content))
            sent += len(content)

    failure = await failed(empty)
    assert failure.code == "too_large"
    assert sent < 8 * 1024 * 1024


async def test_an_answer_that_says_the_same_for_ever_is_stopped_long_before_that() -> None:
    async def again(connection: Connection) -> None:
        await connection.send(head())
        while True:
            await connection.send(piece(delta("return 0\n")))

    failure = await failed(again, limits=within(30.0))
    assert (failure.category, failure.code) == (FailureCategory.INCOMPLETE_OUTPUT, "repeats")


async def test_what_the_request_repeats_the_answer_may_repeat() -> None:
    table = "    0x00,\n" * 2_000
    request = ask(messages=(Message("user", f"Mend this.\n{table}"),), max_output=4_000)
    answer = stream(delta(table[:9_000]), delta(table[9_000:]), FINISH + DONE)
    async with RawServer(answer) as server:
        reply = await call(request, server.endpoint(), within())
    assert reply.text == table


def _hear(reader: Reader, bounds: Bounds, pieces: Iterable[str]) -> None:
    for each in pieces:
        reader.say(each)
        bounds.look()


def test_the_end_of_a_text_is_looked_at_however_it_is_cut() -> None:
    for size in (1, 7, 999, 50_000):
        reader, text = read("openai"), "ab\ncd\n" * 4_000
        bounds = Bounds(ask(max_output=4_000), reader)
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        with pytest.raises(TroubleError, match="repeat"):
            _hear(reader, bounds, pieces)


@pytest.mark.parametrize(("rows", "most"), [(200, 3_000), (2_000, 30_000)])
def test_a_table_of_equal_rows_may_be_as_long_as_what_was_asked_for(rows: int, most: int) -> None:
    reader, row = read("openai"), f"    [{', '.join(['0.0'] * 8)}],\n"
    _hear(reader, Bounds(ask(max_output=most), reader), [row] * rows)
    assert reader.pieces == rows


def test_long_code_that_is_alike_is_no_repetition() -> None:
    reader = read("openai")
    bounds = Bounds(ask(max_output=100_000), reader)
    lines = [f"    assert total({number}) == {number * 7}\n" for number in range(2_000)]
    _hear(reader, bounds, lines)
    assert reader.pieces == len(lines)
