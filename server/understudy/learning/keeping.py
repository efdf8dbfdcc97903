"""Lessons' files: written, changed where they stand, and taken away. Every function blocks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.failures import RefusedError, UnavailableError
from understudy.core.plain_files import read_plain
from understudy.core.replacing import replace_text
from understudy.learning.identity import digest
from understudy.learning.lesson_file import MOST_CHARACTERS, read_lesson
from understudy.learning.lesson_text import write_lesson
from understudy.learning.shelf import ENDING, user_folder, workspace_folder
from understudy.prompt.front_matter import read_front_matter

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from understudy.learning.lesson import Lesson

_NOT_NAME = re.compile(r"[^a-z0-9]+")
_MOST = 60
_FEWEST_DIGITS, _MOST_DIGITS = 4, 16


def name_for(lesson: Lesson, digits: int = _FEWEST_DIGITS) -> str:
    """An id for a new lesson: what it is about, and a few digits of what it says."""
    trigger = lesson.trigger
    words = (lesson.scope.language, trigger.category.value, trigger.code, trigger.symbol)
    plain = "-".join(_NOT_NAME.sub("-", word.casefold()).strip("-") for word in words if word)
    return f"{plain[:_MOST].strip('-') or 'lesson'}-{digest(lesson)[:digits]}"


def free_name(lesson: Lesson, root: Path | None = None, taken: Collection[str] = ()) -> str:
    """An id for a new lesson that no other one has; one of the same words may have it. Reads the disk.

    Args:
        lesson: without a file yet.
        root: the workspace folder of a lesson for one.
        taken: ids that others are about to have, beside those in the folder.
    """
    folder, short = _folder(lesson, root), name_for(lesson)
    if short not in taken and not (folder / f"{short}{ENDING}").exists():
        return short
    return name_for(lesson, _MOST_DIGITS)


def save_new(lesson: Lesson, root: Path | None) -> Path:
    """Write the file of a lesson that has none yet.

    Args:
        lesson: for a workspace's, `root` must be given.
        root: the workspace folder.

    Raises:
        RefusedError: there is a file of that name, or the lesson can't be written as one.
        UnavailableError: the folder can't be written.
    """
    folder = _folder(lesson, root)
    if lesson.scope.level == "workspace":
        if root is None:
            raise RefusedError("A lesson for a workspace needs a workspace folder.")
        if not folder.resolve().is_relative_to(root.resolve()):
            raise RefusedError(f"`{folder}` leads out of the workspace.")
    path, text = folder / f"{lesson.id}{ENDING}", write_lesson(lesson)
    troubles = read_lesson(text, lesson.id).troubles
    if troubles:
        raise RefusedError(f"The lesson can't be kept: {troubles[0].message}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise RefusedError(f"There is a lesson `{lesson.id}` already.")
        replace_text(path, text)
    except OSError as error:
        raise UnavailableError(f"`{path}` can't be written: {error}") from error
    return path


def _folder(lesson: Lesson, root: Path | None) -> Path:
    if lesson.scope.level == "workspace" and root is not None:
        return workspace_folder(root)
    return user_folder()


def change(lesson: Lesson, values: Mapping[str, str], body: str | None = None) -> Lesson:
    """Change keys of a lesson's file, and its words; all else in it stays as it is written.

    Returns:
        The lesson as it is now.

    Raises:
        RefusedError: what would be in the file is no lesson.
        UnavailableError: it can't be read or written.
    """
    path = Path(lesson.path)
    try:
        text = read_plain(path, 4 * MOST_CHARACTERS + 1).decode("utf-8")
        changed = changed_text(text, values, body)
        reading = read_lesson(changed, path.stem, lesson.scope.level, lesson.path)
        if reading.lesson is None:
            raise RefusedError(f"`{path.name}` can't be changed so: {reading.troubles[0].message}")
        replace_text(path, changed)
    except (OSError, ValueError) as error:
        raise UnavailableError(f"`{path}` can't be changed: {error}") from error
    return reading.lesson


def rewrite(lesson: Lesson) -> Lesson:
    """Write a lesson's file anew, as it has no words of a person in it.

    Raises:
        UnavailableError: it can't be written.
    """
    try:
        replace_text(Path(lesson.path), write_lesson(lesson))
    except OSError as error:
        raise UnavailableError(f"`{lesson.path}` can't be written: {error}") from error
    return lesson


def take_away(lesson: Lesson) -> None:
    """Delete a lesson's file.

    Raises:
        UnavailableError: it can't be deleted.
    """
    try:
        Path(lesson.path).unlink(missing_ok=True)
    except OSError as error:
        raise UnavailableError(f"`{lesson.path}` can't be deleted: {error}") from error


def changed_text(text: str, values: Mapping[str, str], body: str | None = None) -> str:
    """The text of a file with other values of keys, which are added where they are missing."""
    front = read_front_matter(text)
    if body is not None:
        text = text[: front.body] + body.strip() + "\n"
    words = {
        entry.key.text: entry.words[0]
        for entry in front.entries
        if len(entry.words) == 1 and not entry.is_list
    }
    edits = [(words[key].span, value) for key, value in values.items() if key in words]
    for span, value in sorted(edits, key=lambda one: one[0].start, reverse=True):
        text = text[: span.start] + value + text[span.end :]
    missing = [f"{key}: {value}" for key, value in values.items() if key not in words]
    if not missing or not front.is_there:
        return text
    found = re.match(r"[^\r\n]*(\r\n|\n|\r)", text)
    end = found[1] if found is not None else "\n"
    at = found.end() if found is not None else len(text)
    return text[:at] + "".join(line + end for line in missing) + text[at:]
