"""A program in a pseudo-terminal, and the screen that a person would see."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING, NoReturn, Self

import pyte
import pytest

from tests.editors.terminal_picture import draw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LINES, COLUMNS = 30, 120
_LIMIT_S = 45.0
_PATIENCE_S = 3.0
_STILL_S = 0.5
_CHUNK = 65536


class _Screen(pyte.Screen):
    """pyte's screen, which does not know the private variant of one sequence."""

    def select_graphic_rendition(self, *attrs: int, private: bool = False) -> None:
        """Colours and the like; the private variant sets keyboard modes, which show nothing."""
        if not private:
            super().select_graphic_rendition(*attrs)


class Terminal:
    """Runs a program; what it draws can be waited for, and keys can be pressed.

    Use it as a context: at its end the program and what it started are gone, and when a test fails
    the screen is part of what pytest shows.
    """

    def __init__(self, command: Sequence[str], folder: Path, environ: Mapping[str, str]) -> None:
        self._screen = _Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._picture = folder.parent / "screen.svg"
        self._terminal, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env={**environ, "TERM": "xterm-256color"},
            stdin=its,
            stdout=its,
            stderr=its,
            start_new_session=True,
        )
        os.close(its)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            draw(self._screen, self._picture, "The screen at the end")
            sys.stdout.write(f"The screen at the end, also in {self._picture}:\n{self.text()}\n")
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(_LIMIT_S)
        os.close(self._terminal)

    def text(self) -> str:
        """What stands on the screen, without the blanks at the ends of its lines."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def press(self, keys: str) -> None:
        """Type keys as a person does."""
        os.write(self._terminal, keys.encode())

    def wait_for(self, *words: str) -> str:
        """Until all of these stand on the screen; what stands there then."""
        end = time.monotonic() + _LIMIT_S
        while not all(word in self.text() for word in words):
            if time.monotonic() > end or not self._read(0.2):
                self._fail(f"never saw {words}")
        return self.text()

    def press_until(self, keys: str, word: str, *, undo: str = "") -> str:
        """Press keys until something stands on the screen; what stands there then.

        Editors offer what a server has once it has started, and say nothing about when that is.

        Args:
            keys: may be pressed again when they had no effect.
            word: what to wait for.
            undo: what leads back to where the keys can be pressed again.
        """
        end = time.monotonic() + _LIMIT_S
        while time.monotonic() < end:
            self.press(keys)
            patience = time.monotonic() + _PATIENCE_S
            while time.monotonic() < patience and self._read(0.2):
                if word in self.text():
                    return self.text()
            self.press(undo)
            self._settle()
        return self._fail(f"{keys!r} never led to {word!r}")

    def wait_until_gone(self, word: str) -> str:
        """Until it stands on the screen no more."""
        end = time.monotonic() + _LIMIT_S
        while word in self.text():
            if time.monotonic() > end or not self._read(0.2):
                self._fail(f"{word!r} never went")
        return self.text()

    def wait_for_end(self) -> None:
        """Until the program has ended by itself."""
        end = time.monotonic() + _LIMIT_S
        while self._read(0.2):
            if time.monotonic() > end:
                self._fail("it never ended")

    def _settle(self) -> None:
        """Until it draws no more: an escape key and what follows at once would be one key."""
        while select.select([self._terminal], [], [], _STILL_S)[0] and self._read(0):
            pass

    def _read(self, seconds: float) -> bool:
        """Take what the program wrote; False when it has ended."""
        if not select.select([self._terminal], [], [], seconds)[0]:
            return True
        try:
            raw = os.read(self._terminal, _CHUNK)
        except OSError:
            return False
        self._stream.feed(raw)
        self._reply(raw)
        return bool(raw)

    def _reply(self, raw: bytes) -> None:
        """Programs ask a terminal what it is and where its cursor stands, and some wait for it."""
        if b"\x1b[c" in raw or b"\x1b[0c" in raw:
            os.write(self._terminal, b"\x1b[?62;22c")
        if b"\x1b[6n" in raw:
            row, column = self._screen.cursor.y + 1, self._screen.cursor.x + 1
            os.write(self._terminal, b"\x1b[%d;%dR" % (row, column))

    def _fail(self, what: str) -> NoReturn:
        pytest.fail(f"{what}:\n{self.text()}")
