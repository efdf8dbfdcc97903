"""Where the server listens. Anything but loopback has to be asked for."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Literal

from understudy.core.failures import BadRequestError, RefusedError

_MAX_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a port; port 0 takes any free one."""

    kind: Literal["tcp", "ws"]
    host: str
    port: int


def read_address(kind: Literal["tcp", "ws"], text: str, *, allow_remote: bool) -> Address:
    """`HOST:PORT`, `[::1]:PORT` or `PORT`.

    Raises:
        BadRequestError: when the text is none of these.
        RefusedError: when the host is not loopback and that was not allowed: whoever reaches the
            port can read and change what the editor has open.
    """
    host, _, port = text.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    if not port.isascii() or not port.isdigit() or int(port) > _MAX_PORT:
        raise BadRequestError(f"`--{kind} {text}` is no address; write HOST:PORT.")
    if not allow_remote and not _is_loopback(host):
        raise RefusedError(
            f"`{host}` can be reached from other machines, and the server asks for no password. "
            "Use 127.0.0.1, or add --allow-remote if you mean it."
        )
    return Address(kind, host, int(port))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
