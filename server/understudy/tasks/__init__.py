"""One code action per file. Each defines `TASK`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from understudy.core.plugins import load_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.workspace.view import View

Reach = Literal["diagnostic", "file"]


@dataclass(frozen=True, slots=True)
class Task:
    """Something a user can ask for.

    Attributes:
        id: its name in settings, in `understudy.<id>` and in the journal.
        title: the menu entry, without the prefix.
        kind: the LSP code-action kind under which it is listed.
        role: the model role that serves it (`model_routing`).
        reach: whether it works on what is selected, or on the whole file.
        applies: whether the menu offers it here. No I/O: it runs on every cursor move.
    """

    id: str
    title: str
    kind: str
    role: str
    reach: Reach
    applies: Callable[[View], bool]


def all_tasks() -> dict[str, Task]:
    """Every task, by its id."""
    return load_folder(sys.modules[__name__], "TASK", Task)
