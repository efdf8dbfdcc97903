"""What goes wrong on the way, before anybody has said what kind of failure it is."""

from __future__ import annotations

from typing import Literal

TroubleKind = Literal[
    "connect",
    "dns",
    "tls",
    "reset",
    "timeout_connect",
    "timeout_first_token",
    "timeout_idle",
    "timeout_total",
    "too_large",
    "malformed",
]
"""The kinds that `understudy.failures.network` tells apart."""


class TroubleError(Exception):
    """A call that came to nothing on the way. It never leaves `wire`.

    Its detail may hold what a server said, with secrets in it and of any length.
    """

    def __init__(self, kind: TroubleKind, detail: str = "") -> None:
        super().__init__(detail or kind)
        self.kind = kind
        self.detail = detail


class WebPageError(TroubleError):
    """A page for people came where a reply was due."""

    def __init__(self) -> None:
        super().__init__("malformed", "a web page instead of a reply")
