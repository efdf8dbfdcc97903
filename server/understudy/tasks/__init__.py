"""One code action per file. Each defines `TASK`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from understudy.core.plugins import load_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.workspace.view import View

Reach = Literal["diagnostic", "file", "selection"]


@dataclass(frozen=True, slots=True)
class Done:
    """What an edit of a task made of a document; without text before where the file is new.

    Attributes:
        about: the names that the task is about, as far as they are known.
        instruction: what was asked for, as sentences.
        selected: the lines before that the user selected, counted from 0; empty where none are known.
    """

    before: str
    after: str
    language: str
    about: tuple[str, ...] = ()
    instruction: str = ""
    selected: range = range(0)


def _nothing(_: Done) -> str:
    """What an edit of a task without rules of its own is not told."""
    return ""


@dataclass(frozen=True, slots=True)
class Task:
    """Something a user can ask for.

    Attributes:
        id: its name in settings, in `understudy.<id>` and in the journal.
        title: the menu entry, without the prefix.
        kind: the LSP code-action kind under which it is listed.
        role: the model role that serves it (`model_routing`).
        reach: whether it works on problems, on the whole file, or on what is selected.
        applies: whether the menu offers it here. No I/O: it runs on every cursor move.
        instruction: what a model is told to do, where no diagnostic says it.
        command: the command behind it, without its prefix, where several tasks share one.
        kind_argument: which of them it is, as that command's `kind`.
        languages: LSP language ids that it is for; None for all.
        file_title: the menu entry where nothing is selected, of a task that then works on the whole
            file; empty where it works on what is around the cursor.
        takes_problems: whether the command is told which problems the client shows there.
        flaw: why an edit can't be what was asked for, as a sentence; empty when it may be. Parses
            both texts.
        beyond: what an edit does that was not asked for, as a sentence; empty for nothing. Such an
            edit is looked at closely. Parses both texts.
    """

    id: str
    title: str
    kind: str
    role: str
    reach: Reach
    applies: Callable[[View], bool]
    instruction: str = ""
    command: str = ""
    kind_argument: str = ""
    languages: frozenset[str] | None = None
    file_title: str = ""
    takes_problems: bool = False
    flaw: Callable[[Done], str] = _nothing
    beyond: Callable[[Done], str] = _nothing

    @property
    def server_command(self) -> str:
        """The command that the menu's entry runs."""
        return f"understudy.{self.command or self.id}"


def holds_text(view: View) -> bool:
    """Whether there is anything to work on. What is selected is known only when it is asked for."""
    return bool(view.text.strip())


def all_tasks() -> dict[str, Task]:
    """Every task, by its id."""
    return load_folder(sys.modules[__name__], "TASK", Task)
