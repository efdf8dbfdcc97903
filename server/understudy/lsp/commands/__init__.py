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
        answer: an example of what it answers, as JSON; most start a run and tell its id.
    """

    id: str
    arguments: str
    run: Callable[[App, Any], Any]
    summary: str
    answer: str = '{"runId": "01K0A1B2C3D4E5F6G7H8J9KMNP"}'


def all_commands() -> dict[str, ServerCommand]:
    """Every command, by its name."""
    return load_folder(sys.modules[__name__], "COMMAND", ServerCommand)
