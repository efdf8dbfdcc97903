"""A provider that does what its script says: real HTTP/1.1 on loopback, in all five API families.

A script is a list of answers for each model, taken in order; the last one is repeated. Requests
are checked as strictly as the real APIs check them, so that a wrong one fails the test.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from typing import TYPE_CHECKING, Self

from tests.providers.answers import Status
from tests.providers.asked import Asked, Traits
from tests.providers.discovery import About, describe
from tests.providers.families.anthropic import Anthropic
from tests.providers.families.chat import Chat
from tests.providers.families.gemini import Gemini
from tests.providers.families.ollama import Ollama
from tests.providers.families.responses import Responses
from tests.providers.http_bytes import Connection, GoneError
from tests.providers.playing import Play

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.providers.answers import Answer
    from tests.providers.family import Family

LIMIT_S = 20.0
"""No wait takes longer; on a healthy machine none takes a tenth of it."""


class ScriptedServer:
    """The server, in the event loop that enters it.

    Attributes:
        scripts: model → what it does, request by request; may be changed at any time.
        traits: model → what it takes; `Traits()` for all others.
        extra: path → a plain reply that takes the place of everything else there.
        asked: every request, oldest first.
        accepted: how many connections there were.
        about: what is told about the models; by default, those of `scripts` with one window.
    """

    def __init__(
        self,
        scripts: Mapping[str, Sequence[Answer]] | None = None,
        *,
        traits: Mapping[str, Traits] | None = None,
    ) -> None:
        self.scripts: dict[str, list[Answer]] = {
            model: list(script) for model, script in (scripts or {}).items()
        }
        self.traits = dict(traits or {})
        self.extra: dict[str, Status] = {}
        self.about: About | None = None
        self.asked: list[Asked] = []
        self.accepted = 0
        self.port = 0
        self._families: tuple[Family, ...] = (
            Chat(),
            Responses(),
            Anthropic(),
            Gemini(),
            Ollama(),
        )
        self._open: set[asyncio.Task[None]] = set()
        self._news = asyncio.Condition()

    @property
    def url(self) -> str:
        """The server's address, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def open_connections(self) -> int:
        """How many clients hold a connection."""
        return len(self._open)

    async def __aenter__(self) -> Self:
        # A client that asks for much at once must not be kept waiting by the system's queue.
        self._server = await asyncio.start_server(self._welcome, "127.0.0.1", 0, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Take no more clients and end those that are there; later ones are refused."""
        self._server.close()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def until(self, holds: Callable[[], object], limit_s: float = LIMIT_S) -> None:
        """Wait until something holds that only this server's doings can bring about."""
        async with asyncio.timeout(limit_s), self._news:
            await self._news.wait_for(lambda: bool(holds()))

    def base_url(self, family: str) -> str:
        """What a person would configure as the base of a family's addresses."""
        return self.url + BASES[family]

    async def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self.accepted += 1
        connection = Connection(reader, writer)
        try:
            while (asked := await connection.read_request()) is not None:
                self.asked.append(asked)
                await self._tell()
                if not await self._serve(connection, asked):
                    break
        except asyncio.CancelledError:
            # Only `stop` cancels; a task that ends so would be reported as a fault.
            connection.reset()
        finally:
            self._open.discard(task)
            await connection.close()
            await self._tell()

    async def _serve(self, connection: Connection, asked: Asked) -> bool:
        watch = asyncio.create_task(connection.watch())
        try:
            again = await self._answer(connection, asked)
            asked.finished_at = time.monotonic()
        except GoneError:
            asked.hung_up_at = time.monotonic()
            again = False
        finally:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch
        await self._tell()
        return again

    async def _answer(self, connection: Connection, asked: Asked) -> bool:
        for family in self._families:
            model = family.model_of(asked)
            if model is not None:
                asked.family, asked.model = family.id, model
                return await self._play(Play(connection, family, asked))
        told = self.extra.get(asked.path) or describe(asked, self.about or self._about())
        nothing = Status(404, {"error": {"message": "Not found", "type": "invalid_request_error"}})
        return await Play(connection, self._families[0], asked).reply(told or nothing)

    async def _play(self, play: Play) -> bool:
        family, asked = play.family, play.asked
        refusal = self.extra.get(asked.path) or family.check(
            asked, self.traits.get(asked.model, Traits())
        )
        script = self.scripts.get(asked.model)
        if refusal is None and not script:
            refusal = family.no_such_model(asked, asked.model)
        if refusal is not None or not script:
            assert refusal is not None
            asked.refused = refusal.code
            return await play.reply(refusal)
        asked.answer = script.pop(0) if len(script) > 1 else script[0]
        return await play.play(asked.answer)

    def _about(self) -> About:
        return About(tuple(self.scripts))

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


BASES = {
    "openai": "/v1",
    "openai-responses": "/v1",
    "anthropic": "/v1",
    "gemini": "/v1beta",
    "ollama": "",
}
"""What people configure as the base of each family's addresses, after the host."""


class ServerInThread:
    """The same server in a thread of its own, for tests without an event loop.

    `server` is its inside; lists and dicts of it may be read and changed from the test's thread.
    """

    def __init__(
        self,
        scripts: Mapping[str, Sequence[Answer]] | None = None,
        *,
        traits: Mapping[str, Traits] | None = None,
    ) -> None:
        self.server = ScriptedServer(scripts, traits=traits)
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(LIMIT_S), "The server did not start."
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join(LIMIT_S)
        assert not self._thread.is_alive(), "The server did not stop."

    def until(self, holds: Callable[[], object], limit_s: float = LIMIT_S) -> None:
        """Wait until something holds that only this server's doings can bring about."""
        waiting = asyncio.run_coroutine_threadsafe(self.server.until(holds, limit_s), self._loop)
        waiting.result(limit_s + 1)

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._done = asyncio.Event()
        async with self.server:
            self._ready.set()
            await self._done.wait()
