"""A line to a running Neovim, over which it is asked what Lua finds.

Neovim speaks MessagePack-RPC (<https://github.com/msgpack-rpc/msgpack-rpc/blob/master/spec.md>) on its
socket. Of MessagePack, only what stands in our questions and in the answers to them is known here.
"""

from __future__ import annotations

import socket
import struct
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_SIZES = {0xD9: ">B", 0xDA: ">H", 0xDB: ">I", 0xCC: ">B", 0xCD: ">H", 0xCE: ">I"}
_TEXTS = (0xD9, 0xDA, 0xDB)
_LOOK_S = 0.02


class Wire:
    """A connection to a Neovim.

    Args:
        connected: the socket, which is this object's from now on.
    """

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._answers = connected.makefile("rb")

    @classmethod
    def to(cls, place: Path, limit_s: float) -> Wire:
        """A connection to a Neovim that is about to listen at a place.

        Its socket is there a moment before anyone listens on it.

        Args:
            place: the socket.
            limit_s: how long the start, and later each answer, may take.

        Raises:
            TimeoutError: nobody listens in time; later, no answer comes in time.
        """
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline:
            own = socket.socket(socket.AF_UNIX)
            own.settimeout(limit_s)
            try:
                own.connect(str(place))
            except (FileNotFoundError, ConnectionRefusedError):
                own.close()
                time.sleep(_LOOK_S)
            else:
                return cls(own)
        raise TimeoutError(f"Neovim did not listen at {place}.")

    def lua(self, code: str) -> str:
        """What Lua code gives back, which has to be a text.

        Raises:
            RuntimeError: with what went wrong in Neovim.
        """
        params = b"\x92" + _text(code) + b"\x90"
        self._socket.sendall(b"\x94\x00\x00" + _text("nvim_exec_lua") + params)
        _, _, failure, found = self._read()
        if failure is not None:
            raise RuntimeError(failure[1])
        assert isinstance(found, str), found
        return found

    def tell(self, code: str) -> None:
        """Run Lua code, and wait for nothing."""
        params = b"\x92" + _text(code) + b"\x90"
        self._socket.sendall(b"\x93\x02" + _text("nvim_exec_lua") + params)

    def close(self) -> None:
        """Hang up."""
        self._answers.close()
        self._socket.close()

    def _read(self) -> Any:
        kind = self._take(1)[0]
        if kind < 0x80:
            return kind
        if 0x90 <= kind < 0xA0:
            return [self._read() for _ in range(kind & 0x0F)]
        if 0xA0 <= kind < 0xC0:
            return self._take(kind & 0x1F).decode()
        if kind == 0xC0:
            return None
        form = _SIZES[kind]
        number: int = struct.unpack(form, self._take(struct.calcsize(form)))[0]
        return self._take(number).decode() if kind in _TEXTS else number

    def _take(self, count: int) -> bytes:
        found = self._answers.read(count)
        if len(found) < count:
            raise ConnectionError("Neovim hung up.")
        return found


def _text(text: str) -> bytes:
    raw = text.encode()
    return b"\xdb" + struct.pack(">I", len(raw)) + raw
