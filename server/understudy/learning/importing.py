"""Lessons of others: all of them wait for a person, with the name of where they come from.

What is to be done is reckoned first and shown as a diff; then all of it is done, or nothing. Every
function reads and writes files, and blocks.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.diff import unified
from understudy.core.failures import BadRequestError, UnavailableError
from understudy.core.plain_files import read_plain
from understudy.learning.foreign_words import objection
from understudy.learning.identity import identity, including
from understudy.learning.import_record import Source, forget_source, note_source, sources
from understudy.learning.intake import waiting
from understudy.learning.keeping import free_name, name_for, save_new, take_away
from understudy.learning.lesson import IMPORTED
from understudy.learning.lesson_file import MOST_CHARACTERS, read_lesson
from understudy.learning.lesson_text import write_lesson
from understudy.learning.payload import MOST_BYTES, hash_of, read_payload
from understudy.learning.recall import recall
from understudy.learning.shelf import ENDING, load_shelf, user_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from understudy.config.learning_settings import LearningSettings
    from understudy.learning.lesson import Lesson
    from understudy.learning.registry import Registry

log = logging.getLogger("understudy.learning")

_TAG = re.compile(r"[\w.-]{1,60}", re.ASCII)
_FULL = "the queue is full (`learning.queue_max`)"
_NOT_TAG = re.compile(r"[^\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Import:
    """What an import does.

    Attributes:
        tag: the name of its source.
        hash: SHA-256 of the file.
        lessons: those that come into the queue.
        left_out: what each of the others is about, and why it is left out.
    """

    tag: str
    hash: str
    file: str
    lessons: tuple[Lesson, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def diff(self) -> str:
        """The files that come to be, as a unified diff."""
        texts = ((one.id, write_lesson(one)) for one in self.lessons)
        return "".join(unified("", text, f"lessons/{name}{ENDING}") for name, text in texts)


def plan_import(file: Path, tag: str, registry: Registry, rules: LearningSettings) -> Import:
    """What it would mean to import a file. Changes nothing.

    Args:
        file: of the form of `understudy.learning.payload`.
        tag: the source's name; empty for that of the file.
        registry: of the journal: what a person rejected once stays away.
        rules: with how many lessons may wait.

    Raises:
        BadRequestError: it holds something else, or the tag is none.
        UnavailableError: it can't be read.
    """
    try:
        text = read_plain(file, MOST_BYTES + 1).decode("utf-8-sig")
    except ValueError:
        raise BadRequestError(f"`{file.name}` is not UTF-8.") from None
    except OSError as error:
        raise UnavailableError(f"`{file}` can't be read: {error.strerror or error}.") from error
    named = tag or _NOT_TAG.sub("-", file.stem).strip("-.")[:60] or "file"
    if not _TAG.fullmatch(named):
        raise BadRequestError("A source's name is made of at most 60 letters, digits and `_ . -`.")
    planned = Import(named, hash_of(text), file.name)
    lessons: list[Lesson] = []
    left_out: list[tuple[str, str]] = []
    for lesson in _read(text, named, registry.now_us()):
        reason = _unwanted(lesson, lessons, registry, rules)
        if reason:
            left_out.append((name_for(lesson), reason))
        else:
            names = [one.id for one in lessons]
            lessons.append(replace(lesson, id=free_name(lesson, taken=names)))
    return replace(planned, lessons=tuple(lessons), left_out=tuple(left_out))


def carry_out(planned: Import, registry: Registry) -> None:
    """Put the lessons into the queue, and remember where they come from.

    Raises:
        UnavailableError: something can't be written; then nothing of it is.
        RefusedError: a lesson can't be written as one.
    """
    written: list[Lesson] = []
    try:
        for lesson in planned.lessons:
            path = save_new(lesson, None)
            written.append(replace(lesson, path=str(path)))
            log.info("The lesson `%s` of %s waits for a review.", lesson.id, planned.tag)
        ids = tuple(one.id for one in planned.lessons)
        note_source(Source(planned.tag, planned.hash, planned.file, registry.now_us(), ids))
    except BaseException:
        for lesson in written:
            with suppress(UnavailableError):
                take_away(lesson)
        raise


def revoke(name: str) -> tuple[str, ...]:
    """Take all lessons of a source away, accepted or not; returns their ids.

    Args:
        name: of the source, or at least eight digits of the hash of what was imported.

    Raises:
        BadRequestError: nothing was imported from there.
        UnavailableError: a file can't be deleted; what is left can be revoked again.
    """
    wanted = name.strip().removeprefix(IMPORTED)
    known = [one for one in sources() if one.is_called(wanted)]
    # A hash means what came of that file alone; a name, all that bears it.
    tag = wanted if not known or any(one.tag == wanted for one in known) else ""
    ids = frozenset(id_ for one in known for id_ in one.lessons)
    found = [path for path in sorted(user_folder().glob(f"*{ENDING}")) if _is_of(path, tag, ids)]
    if not found and not known:
        raise BadRequestError(f"Nothing was imported from `{name}`.")
    for path in found:
        _delete(path)
        log.info("The lesson `%s`, imported from %s, is gone.", path.stem, name)
    for source in known:
        forget_source(source)
    return tuple(path.stem for path in found)


def _is_of(path: Path, tag: str, ids: Collection[str]) -> bool:
    """Whether a file holds a lesson of a source; one that is broken is told by its name."""
    try:
        text = read_plain(path, 4 * MOST_CHARACTERS + 1).decode("utf-8", "replace")
    except OSError:
        return path.stem in ids
    lesson = read_lesson(text, path.stem).lesson
    if lesson is None:
        return path.stem in ids
    if not lesson.source.startswith(IMPORTED):
        return False
    return lesson.source == f"{IMPORTED}{tag}" or lesson.id in ids


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise UnavailableError(f"`{path}` can't be deleted: {error}") from error


def _read(text: str, tag: str, now_us: int) -> Iterator[Lesson]:
    """The best proved remedy first: of two for the same failure only one can stay."""
    found = sorted(read_payload(text).entries, key=lambda one: (-one.bound, one.key))
    for entry in found:
        yield replace(
            entry.lesson(),
            source=f"{IMPORTED}{tag}",
            created_us=now_us,
            state="shadow",
            review="waiting",
        )


def _unwanted(
    lesson: Lesson, before: Collection[Lesson], registry: Registry, rules: LearningSettings
) -> str:
    """Why a lesson is not taken in; empty where it is."""
    own, shelf = identity(lesson), load_shelf(None)
    known = shelf.same(lesson) or including(lesson, shelf.lessons)
    reasons = (
        (objection(lesson.remedy.body), True),
        ("a better proved one of the file is about the same", own in map(identity, before)),
        (f"the lesson `{known.id if known else ''}` is about the same", known is not None),
        ("you rejected it once", (own, "", "rejected") in recall(registry.path).said),
        (_FULL, len(waiting(shelf)) + len(before) >= rules.queue_max),
    )
    return next((reason for reason, holds in reasons if holds and reason), "")
