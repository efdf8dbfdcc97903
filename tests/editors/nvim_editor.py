"""Neovim with keys, a screen in a terminal that can be looked at, and a door for questions."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import termios
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyte

from tests.editors.nvim_wire import Wire
from tests.editors.terminal_picture import draw
from tests.editors.trial import HERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.editors.trial import Trial

CLIENT = HERE.parents[1] / "nvim-client"
COLUMNS, LINES = 104, 24
_LIMIT_S = 60.0
_LOOK_S = 0.02


@dataclass
class Nvim:
    """A running editor.

    Attributes:
        wire: by which it is asked.
        core: the editor itself.
        face: what draws it on the terminal. Apart from the editor, which could not start itself:
            a Neovim that was only unpacked is started by its own loader.
        terminal: our side of the terminal, on which it draws.
        out: where its last screen is left when something fails.
    """

    wire: Wire
    core: subprocess.Popen[bytes]
    face: subprocess.Popen[bytes]
    terminal: int
    out: Path
    screen: pyte.Screen = field(default_factory=lambda: pyte.Screen(COLUMNS, LINES))

    def type(self, keys: str) -> None:
        """Press keys, and wait until the editor has taken them.

        Args:
            keys: characters, and others as Neovim writes them, such as `<BS>`.
        """
        quoted = "".join(f"\\{one:03d}" for one in keys.encode())
        # That it answers tells that it waits for keys: those that come while a question is drawn are lost to it.
        self.ask(f"vim.api.nvim_input('{quoted}')")
        # Keys come before questions, and what they lead to is not overtaken by the next keys.
        self.ask("true")

    def command(self, line: str) -> None:
        """Type a command line."""
        self.type(f"\x1b:{line}\r")

    def ask(self, code: str) -> Any:
        """What a Lua expression is."""
        try:
            return json.loads(self.wire.lua(f"return trial.ask([==[{code}]==])"))
        except TimeoutError:
            return self.fail(f"No answer: {code}")
        except (RuntimeError, OSError) as failure:
            return self.fail(f"{code}: {failure}")

    def wait(self, code: str) -> Any:
        """What a Lua expression is, once it is neither nil nor false."""
        deadline = time.monotonic() + _LIMIT_S
        while time.monotonic() < deadline:
            found = self.ask(code)
            if found:
                return found
            time.sleep(_LOOK_S)
        return self.fail(f"Never came: {code}")

    def until_shown(self, text: str) -> None:
        """Wait until a text stands on the screen."""
        deadline = time.monotonic() + _LIMIT_S
        while text not in self.shown():
            if time.monotonic() > deadline:
                self.fail(f"Never shown: {text}")
            time.sleep(_LOOK_S)

    def until_gone(self, text: str) -> None:
        """Wait until a text stands on the screen no longer."""
        deadline = time.monotonic() + _LIMIT_S
        while text in self.shown():
            if time.monotonic() > deadline:
                self.fail(f"Never gone: {text}")
            time.sleep(_LOOK_S)

    def shown(self) -> str:
        """The screen as text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def choose(self, *words: str) -> None:
        """From now on, take entries of lists that hold one of these words."""
        listed = ", ".join(json.dumps(word) for word in words)
        self.ask(f"(function() trial.choose = {{ {listed} }} end)()")

    def fail(self, why: str) -> Any:
        """End the test, with the screen as the user sees it."""
        place = self.out / "nvim-screen.svg"
        draw(self.screen, place, "Neovim")
        raise AssertionError(f"{why}\nA picture is in {place}.\n{self.shown()}\n{self.heard()}")

    def heard(self) -> str:
        """What the language client wrote into its log."""
        logs = sorted(self.out.rglob("lsp.log"))
        return "\n".join(one.read_text(encoding="utf-8", errors="replace")[-3000:] for one in logs)

    def read(self) -> None:
        """Follow the terminal until it is closed."""
        stream = pyte.ByteStream(self.screen)
        with suppress(OSError):
            while told := os.read(self.terminal, 65536):
                stream.feed(told)


@contextmanager
def running(
    program: str, trial: Trial, config: Mapping[str, object], more: Mapping[str, str]
) -> Iterator[Nvim]:
    """Neovim with the plugin and a file open.

    Args:
        program: the editor.
        trial: its folder.
        config: the plugin's configuration.
        more: variables of the environment.
    """
    own = {"NVIM_CLIENT": str(CLIENT), "NVIM_CONFIG": json.dumps(config), "TERM": "xterm-256color"}
    environment = {**trial.environment({}), **own, **more}
    socket = trial.folder / "nvim.sock"
    arguments = ("--headless", "--clean", "-n", "-u", str(HERE / "nvim_trial.lua"))
    core = subprocess.Popen(
        (program, *arguments, "--listen", str(socket), str(trial.file)),
        cwd=trial.file.parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wire = Wire.to(socket, _LIMIT_S)
    except BaseException:
        core.kill()
        core.wait()
        raise
    ours, face = _drawn((program, "--server", str(socket), "--remote-ui"), environment)
    nvim = Nvim(wire, core, face, ours, trial.folder)
    reader = threading.Thread(target=nvim.read, daemon=True)
    reader.start()
    try:
        yield nvim
    finally:
        _end(nvim)
        reader.join(5)
        os.close(ours)


def _drawn(
    command: tuple[str, ...], environment: dict[str, str]
) -> tuple[int, subprocess.Popen[bytes]]:
    """A terminal with an editor on it, and our side of that terminal."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    face = subprocess.Popen(
        command, env=environment, stdin=its, stdout=its, stderr=its, start_new_session=True
    )
    os.close(its)
    return ours, face


def _end(nvim: Nvim) -> None:
    with suppress(OSError):
        nvim.wire.tell("vim.cmd('qall!')")
    for process in (nvim.core, nvim.face):
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    nvim.wire.close()
