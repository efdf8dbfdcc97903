"""One `understudy.*` command per file. Each defines `COMMAND`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.core.plugins import load_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.lsp.app import App


@dataclass(frozen=True, slots=True)
class ServerCommand:
    """Serves one `workspace/executeCommand` command.

    Attributes:
        id: the command's name, `understudy.…`.
        arguments: the class of its one argument, by name, in `understudy.lsp.extensions`, which the
            first command imports: it would make the server's start longer.
        run: takes the app and the read argument, and returns the answer at once.
        summary: a sentence for the reference.
    """

    id: str
    arguments: str
    run: Callable[[App, Any], Any]
    summary: str


def all_commands() -> dict[str, ServerCommand]:
    """Every command, by its name."""
    return load_folder(sys.modules[__name__], "COMMAND", ServerCommand)
