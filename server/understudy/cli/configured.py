"""The settings of a folder for a command; what is wrong with them is told beside its output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from understudy.cli.text import printable
from understudy.core.failures import BadRequestError
from understudy.core.plain_files import is_folder
from understudy.engine.setup import set_up
from understudy.workspace.roots import root_of

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.engine.setup import Setup


def configured(root: Path | None) -> Setup:
    """What counts in a workspace folder; None for outside any. Complaints go to standard error.

    Output may be read by a program, and a complaint is none of it.
    """
    setup = set_up(root)
    complaints = dict.fromkeys(problem.message for problem in setup.problems)
    sys.stderr.write("".join(f"understudy: {printable(each)}\n" for each in complaints))
    return setup


def configured_at(folder: Path) -> Setup:
    """The same for the workspace folder that a folder lies in.

    Raises:
        BadRequestError: it is no folder.
    """
    path = folder.resolve()
    if not is_folder(path):
        raise BadRequestError(f"`{path}` is not a folder.")
    return configured(root_of(path))
