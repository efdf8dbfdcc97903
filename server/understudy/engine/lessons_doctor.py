"""What there is to say about lessons' files, for `understudy doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.engine.finding import Finding, State
from understudy.engine.lessons_listed import left_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def examine_lessons(root: Path) -> Iterator[Finding]:
    """The files that should be lessons and are not used. Reads the disk."""
    for one in left_out(root):
        text = f"Line {one.line}: {one.why} It is left out."
        remedy = "Correct the file; an editor with Understudy marks what is wrong in it."
        yield Finding("lessons", one.path, State.NOTE, text, remedy)
