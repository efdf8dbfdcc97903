"""What goes wrong on the way, before anybody has said what kind of failure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.failures.network import Trouble


class TroubleError(Exception):
    """A call that came to nothing on the way. It never leaves `wire`.

    Its detail may hold what a server said, with secrets in it and of any length.
    """

    def __init__(self, kind: Trouble, detail: str = "") -> None:
        super().__init__(detail or kind)
        self.kind = kind
        self.detail = detail


class WebPageError(TroubleError):
    """A page for people came where a reply was due."""

    def __init__(self) -> None:
        super().__init__("malformed", "a web page instead of a reply")
