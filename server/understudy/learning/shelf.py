"""All lessons that lie in files: the user's own, and a trusted workspace's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.config.paths import config_folder
from understudy.core.text import Span
from understudy.learning.identity import identity
from understudy.learning.lesson_file import MOST_CHARACTERS, read_lesson
from understudy.prompt.trouble import Trouble
from understudy.prompt.written_files import Folders, Form
from understudy.workspace.paths import OWN_FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from understudy.learning.lesson import Lesson, Level

FOLDER = "lessons"
ENDING = ".md"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Lessons by their files.

    Attributes:
        lessons: of two that are the same, only the user's own.
        troubles: what is wrong, with the path of the file.
    """

    lessons: tuple[Lesson, ...] = ()
    troubles: tuple[tuple[str, Trouble], ...] = ()

    def same(self, lesson: Lesson) -> Lesson | None:
        """The lesson that is there already."""
        own = identity(lesson)
        return next((one for one in self.lessons if identity(one) == own), None)

    def find(self, name: str) -> Lesson | None:
        """The lesson with an id, or with the only id that begins so."""
        exact = next((one for one in self.lessons if one.id == name), None)
        found = [one for one in self.lessons if one.id.startswith(name)]
        return exact or (found[0] if len(found) == 1 else None)


def user_folder() -> Path:
    """Where the user's own lessons lie."""
    return config_folder() / FOLDER


def workspace_folder(root: Path) -> Path:
    """Where a workspace's lessons lie."""
    return root / OWN_FOLDER / FOLDER


def level_of(path: Path, root: Path | None) -> Level | None:
    """Whose lesson a file is, by where it lies; None for one that is none."""
    if path.suffix != ENDING:
        return None
    if path.parent == user_folder():
        return "user"
    return "workspace" if root is not None and path.parent == workspace_folder(root) else None


def load_shelf(root: Path | None) -> Shelf:
    """The lessons that there are. May block: folders are looked at each time.

    Args:
        root: a workspace folder that is trusted; None leaves the workspace's out.
    """
    folders = [_folders.at(user_folder(), "user")]
    if root is not None:
        folders.append(_folders.at(workspace_folder(root), "workspace", root))
    lessons: dict[str, Lesson] = {}
    troubles: list[tuple[str, Trouble]] = []
    for folder in folders:
        for lesson in folder.values():
            known = lessons.setdefault(identity(lesson), lesson)
            if known is not lesson:
                message = f"This is the same lesson as `{known.id}`, so only that one counts."
                troubles.append((lesson.path, Trouble(Span(0, 3), message, "warning", "double")))
        troubles += folder.troubles()
    return Shelf(tuple(lessons.values()), tuple(troubles))


def lesson_names(roots: Sequence[Path]) -> dict[str, str]:
    """The ids of lessons by their identities, as the journal has them. May block."""
    shelves = [load_shelf(root) for root in roots] or [load_shelf(None)]
    return {identity(one): one.id for shelf in reversed(shelves) for one in shelf.lessons}


def _read(
    text: str, name: str, level: Level, path: str, /
) -> tuple[Lesson | None, tuple[Trouble, ...]]:
    reading = read_lesson(text, name, level, path)
    return reading.lesson, reading.troubles


_folders: Folders[Lesson, Level] = Folders(Form((ENDING,), MOST_CHARACTERS, _read))
