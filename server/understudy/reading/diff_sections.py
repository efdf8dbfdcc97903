"""What a unified diff says about each file, by its headers and those of git."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.reading.hunks import FileEdit, Hunk, HunkLine
from understudy.reading.same_path import without_sides

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(slots=True)
class DiffSection:
    """What a diff says about one file.

    Attributes:
        old / new: its names on both sides.
        index: its name above them, as svn writes it.
        from_path / to_path: of a file that git says was moved.
        created / deleted: whether git or `/dev/null` says so.
    """

    old: str = ""
    new: str = ""
    index: str = ""
    from_path: str = ""
    to_path: str = ""
    created: bool = False
    deleted: bool = False
    hunks: list[Hunk] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether it names no file, and holds nothing."""
        return not (self.hunks or self.old or self.new or self.index)

    @property
    def edit(self) -> FileEdit:
        """The edit of the file that it is."""
        hunks = tuple(self.hunks)
        old, new = without_sides(self.old, self.new)
        if self.created:
            return FileEdit(new, content=tuple(_additions(hunks)))
        if self.deleted:
            return FileEdit(old or new, hunks, deleted=True)
        if self.to_path:
            return FileEdit(self.from_path or old, hunks, new_path=self.to_path)
        path = new or old or self.index
        others = (one for one in (old, self.index) if one and one != path)
        return FileEdit(path, hunks, other_names=tuple(others))


def _additions(hunks: Sequence[Hunk]) -> Iterator[HunkLine]:
    for hunk in hunks:
        for line in hunk.lines:
            if line.sign != "-":
                yield line if line.sign == "+" else HunkLine("+", line.raw, line.raw, line.end)
