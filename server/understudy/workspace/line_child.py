"""A program that answers each line of JSON on its input with one line of JSON on its output."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Self

from understudy.core.failures import UnavailableError
from understudy.workspace.processes import end, spawn_for_long

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_MAX_LINE_BYTES = 64 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024


class LineChild:
    """One running program. It is asked `{"id": …, "question": …}` and says `{"id": …, "answer": …}`.

    One question at a time may be asked. One that was given up is answered later, to nobody.
    """

    def __init__(self, process: Process, name: str) -> None:
        self._process = process
        self._name = name
        self._last = 0
        self._rest = bytearray()

    @classmethod
    async def start(
        cls, command: Sequence[str], root: Path, extra: Mapping[str, str], name: str
    ) -> Self:
        """Start a program, which must say something once it can be asked.

        Raises:
            UnavailableError: when it can't be started, or ends at once.
        """
        process = await spawn_for_long(command, cwd=root, extra=extra)
        child = cls(process, name)
        try:
            await child._line()
        except BaseException:
            await child.close()
            raise
        return child

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.returncode is None

    @property
    def process_id(self) -> int:
        """Its number."""
        return self._process.pid

    async def close(self) -> None:
        """End it with all that it started."""
        await end(self._process)

    async def ask(self, question: Any) -> Any:
        """The answer to a question, both JSON.

        Raises:
            UnavailableError: when it ends, or its answer is no JSON.
        """
        if self._process.stdin is None:
            raise self._gone()
        self._last += 1
        try:
            line = json.dumps({"id": self._last, "question": question}).encode() + b"\n"
            self._process.stdin.write(line)
            await self._process.stdin.drain()
            while (said := json.loads(await self._line()))["id"] != self._last:
                pass
            return said["answer"]
        except ConnectionError as error:
            raise self._gone() from error
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            text = f"{self._name}'s answer can't be read: {error!r}."
            raise UnavailableError(text) from error

    async def _line(self) -> bytes:
        """One line, however long; a stream's own limit for a line is meant for other things."""
        searched = 0
        while (end_of_line := self._rest.find(b"\n", searched)) < 0:
            searched = len(self._rest)
            chunk = b""
            if self._process.stdout is not None and searched <= _MAX_LINE_BYTES:
                chunk = await self._process.stdout.read(_CHUNK_BYTES)
            if not chunk:
                raise self._gone()
            self._rest += chunk
        line = bytes(self._rest[:end_of_line])
        del self._rest[: end_of_line + 1]
        return line

    def _gone(self) -> UnavailableError:
        return UnavailableError(f"{self._name} has ended.")
