"""One LSP method per file. Each defines `HANDLER`.

Handlers run at once on the loop, in the order in which messages arrive, and never wait: what
takes time is started as a job with a frozen view.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.core.plugins import load_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.lsp.app import App


@dataclass(frozen=True, slots=True)
class Handler:
    """Serves one method.

    Attributes:
        id: the LSP method.
        run: takes the app and the parameters, returns the result (None for notifications).
        raw: whether `run` gets the parameters as plain JSON, read with `understudy.lsp.door`.
            For methods that carry hundreds of items many times a second.
    """

    id: str
    run: Callable[[App, Any], Any]
    raw: bool = False


def all_handlers() -> dict[str, Handler]:
    """Every handler, by its method."""
    return load_folder(sys.modules[__name__], "HANDLER", Handler)
