"""Plays an answer to one request, byte for byte."""

from __future__ import annotations

import contextlib
import gzip
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, assert_never

from tests.providers.answers import (
    Answer,
    BadJson,
    BadUtf8,
    Dropped,
    Endless,
    ErrorEvent,
    Filtered,
    GzipBomb,
    Hangs,
    HtmlPage,
    KeepAlives,
    NotHttp,
    OneWrite,
    Redirect,
    Refuses,
    Reset,
    Says,
    SlowDrip,
    SplitEveryByte,
    Status,
    Truncated,
    Whole,
    WrongKey,
)
from tests.providers.family import dumps
from tests.providers.http_bytes import Connection, GoneError, chunk, head

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.providers.asked import Asked
    from tests.providers.family import Family

Spoken = Says | SplitEveryByte | OneWrite | Whole | Refuses | Filtered

HANG_S = 30.0
"""No silence lasts longer; every test's own limit is shorter."""

_LOOK_S = 0.02
_READ_S = 0.05
"""How long a client has to read what was sent before the connection is reset under it."""

_PAGE = (
    "<!DOCTYPE html>\n<html><head><title>{code} Bad gateway</title></head>\n"
    "<body><center><h1>{code} Bad gateway</h1></center><hr><center>cloudflare</center>\n"
    "<p>rate limit, 429, quota: words that mean nothing here.</p></body></html>\n"
)


@dataclass(frozen=True, slots=True)
class Play:
    """One answer to one request on one connection."""

    connection: Connection
    family: Family
    asked: Asked

    async def play(self, answer: Answer) -> bool:
        """Send the answer; whether the connection can be used again."""
        match answer:
            case Status() | HtmlPage() | Redirect() | WrongKey() | GzipBomb():
                return await self.reply(self._plain(answer))
            case Says() | SplitEveryByte() | OneWrite() | Whole() | Refuses() | Filtered():
                return await self._speak(answer)
            case Dropped() | NotHttp() | Hangs(before="headers"):
                return await self._before_headers(answer)
            case Endless() | SlowDrip() | KeepAlives() | Hangs():
                return await self._on_and_on(answer)
            case Reset() | Truncated() | ErrorEvent() | BadUtf8() | BadJson():
                return await self._broken(answer)
            case _:
                assert_never(answer)

    async def reply(self, status: Status) -> bool:
        """A reply of known length."""
        body = status.body if isinstance(status.body, bytes) else _text_or_json(status.body)
        kind = "application/json" if isinstance(status.body, dict | list) else "text/plain"
        headers = {
            "content-type": kind,
            **self.family.headers(),
            **status.headers,
            "content-length": str(len(body)),
        }
        await self.connection.send(head(status.code, headers) + body)
        return True

    def _plain(self, answer: Status | HtmlPage | Redirect | WrongKey | GzipBomb) -> Status:
        match answer:
            case Status():
                return answer
            case HtmlPage(code=code):
                page = _PAGE.format(code=code)
                return Status(code, page, {"content-type": "text/html", "server": "cloudflare"})
            case Redirect(to=to, code=code):
                return Status(code, b"", {"location": to})
            case WrongKey():
                return self.family.wrong_key()
            case GzipBomb(megabytes=megabytes):
                kind = self.family.content_type
                headers = {"content-encoding": "gzip", "content-type": kind}
                return Status(200, _packed(megabytes), headers)
            case _:
                assert_never(answer)

    async def _speak(self, answer: Spoken) -> bool:
        match answer:
            case SplitEveryByte() | OneWrite() | Whole():
                return await self._say_otherwise(answer)
            case Filtered():
                found = self.family.filtered(self.asked, answer)
                reply = self.reply(found) if isinstance(found, Status) else self._stream(found)
                return await reply
            case Refuses(text=text):
                return await self._say(Says(text, finish="refusal"))
            case Says():
                return await self._say(answer)
            case _:
                assert_never(answer)

    async def _until_there(self, place: Path | None) -> None:
        for _ in range(int(HANG_S / _LOOK_S)):
            if place is None or place.exists():  # noqa: ASYNC240 - a look at one file in a test
                return
            await self.connection.pause(_LOOK_S)

    async def _say_otherwise(self, answer: SplitEveryByte | OneWrite | Whole) -> bool:
        if isinstance(answer, Whole):
            return await self.reply(Status(200, self.family.whole(self.asked, answer.says)))
        body = b"".join(self._events(answer.says))
        if isinstance(answer, OneWrite):
            return await self._stream([body])
        return await self._stream(bytes([byte]) for byte in body)

    async def _say(self, says: Says) -> bool:
        if not self.family.wants_stream(self.asked):
            await self.connection.pause(says.first_delay_s)
            return await self.reply(Status(200, self.family.whole(self.asked, says)))
        await self._begin()
        for event in self.family.opening(self.asked, says):
            await self._send(event, says)
        delay_s = says.first_delay_s
        for event in self.family.deltas(self.asked, says):
            await self.connection.pause(delay_s)
            await self._send(event, says)
            delay_s = says.delay_s
            await self._until_there(says.held_until)
        for event in self.family.closing(self.asked, says):
            await self._send(event, says)
        return await self._end()

    async def _send(self, event: bytes, says: Says) -> None:
        # JSON holds no line end of its own, so that each one here belongs to the framing.
        await self.connection.send(chunk(event.replace(b"\n", says.end.encode())))

    def _events(self, says: Says) -> list[bytes]:
        events = [
            *self.family.opening(self.asked, says),
            *self.family.deltas(self.asked, says),
            *self.family.closing(self.asked, says),
        ]
        return [event.replace(b"\n", says.end.encode()) for event in events]

    async def _before_headers(self, answer: Dropped | NotHttp | Hangs) -> bool:
        match answer:
            case Dropped(reset=True):
                self.connection.reset()
            case NotHttp(sent=sent):
                await self.connection.send(sent)
            case Hangs():
                await self.connection.pause(HANG_S)
            case Dropped():
                pass
            case _:
                assert_never(answer)
        return False

    async def _on_and_on(self, answer: Endless | SlowDrip | KeepAlives | Hangs) -> bool:
        says = Says("a few words first")
        await self._begin()
        await self._send_all(self.family.opening(self.asked, says))
        if isinstance(answer, KeepAlives):
            await self._repeat(self.family.keep_alive(), answer.every_s, answer.most)
            return False
        if answer != Hangs("first token"):
            await self._send_all(self.family.deltas(self.asked, says))
        match answer:
            case Endless(text=text, most_bytes=most_bytes):
                event = self.family.delta(self.asked, text)
                await self._repeat(event, 0, most_bytes // len(event))
            case SlowDrip(every_s=every_s, most=most):
                await self._repeat(self.family.delta(self.asked, "word "), every_s, most)
            case Hangs(before=before):
                if before == "end":
                    await self._send_all(self.family.closing(self.asked, says))
                await self.connection.pause(HANG_S)
            case _:
                assert_never(answer)
        return False

    async def _send_all(self, events: Iterable[bytes]) -> None:
        for event in events:
            await self.connection.send(chunk(event))

    async def _repeat(self, event: bytes, every_s: float, most: int) -> None:
        for _ in range(most):
            await self.connection.pause(every_s)
            await self.connection.send(chunk(event))

    async def _broken(self, answer: Reset | Truncated | ErrorEvent | BadUtf8 | BadJson) -> bool:
        events = self._events(answer.says)
        match answer:
            case Reset(after_events=count):
                await self._begin()
                await self._send_all(events[:count])
                await self.connection.pause(_READ_S)
                self.connection.reset()
                return False
            case Truncated():
                return await self._cut(answer)
            case ErrorEvent(body=body, after_events=count):
                trouble = self.family.overloaded() if body is None else body
                return await self._stream([*events[:count], self.family.error_event(trouble)])
            case BadUtf8():
                return await self._stream(event.replace(b"?", b"\xff\xc3\x28") for event in events)
            case BadJson():
                half = events[1].rstrip(b"\n")
                return await self._stream([events[0], half[: -len(half) // 3] + b"\n\n"])
            case _:
                assert_never(answer)

    async def _cut(self, answer: Truncated) -> bool:
        events = self._events(answer.says)
        if answer.at is None:
            events = events[: -len(self.family.closing(self.asked, answer.says))]
        else:
            events = [b"".join(events)[: answer.at]]
        if answer.clean:
            return await self._stream(events)
        await self._begin()
        await self._send_all(event for event in events if event)
        return False

    async def _stream(self, pieces: Iterable[bytes]) -> bool:
        await self._begin()
        # An empty piece would be the end.
        await self._send_all(piece for piece in pieces if piece)
        return await self._end()

    async def _begin(self) -> None:
        headers = {
            "content-type": self.family.content_type,
            "transfer-encoding": "chunked",
            "cache-control": "no-cache",
            **self.family.headers(),
        }
        await self.connection.send(head(200, headers))

    async def _end(self) -> bool:
        # Who has seen the family's own end may leave before the end of HTTP's.
        with contextlib.suppress(GoneError):
            await self.connection.send(chunk(b""))
        return True


@cache
def _packed(megabytes: int) -> bytes:
    return gzip.compress(b"a" * megabytes * 1024 * 1024, 9)


def _text_or_json(body: Any) -> bytes:
    return body.encode() if isinstance(body, str) else dumps(body)
