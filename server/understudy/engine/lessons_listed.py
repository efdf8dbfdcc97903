"""All lessons of a place with their evidence, as people and programs are shown them. Reads files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.caches.store import open_caches
from understudy.config.paths import journal_file
from understudy.core.clock import now_us
from understudy.core.lines import split_lines
from understudy.core.plain_files import read_plain
from understudy.engine.teaching import revision_of
from understudy.journal.workspaces import workspace_id
from understudy.learning.conflicts import conflicts
from understudy.learning.identity import identity, near
from understudy.learning.judging import Judge
from understudy.learning.lesson_file import MOST_CHARACTERS
from understudy.learning.memory import forget
from understudy.learning.recall import recall
from understudy.learning.registry import Registry
from understudy.learning.reviewing import review
from understudy.learning.shelf import load_shelf
from understudy.learning.standing import WHY
from understudy.models.registry import find_model

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.learning.lesson import Lesson
    from understudy.learning.recall import Seen
    from understudy.learning.reviewing import Review
    from understudy.learning.standing import Standing

_ORDER = ("waiting", "active", "shadow", "paused", "retired")


@dataclass(frozen=True, slots=True)
class Listed:
    """A lesson with all that is known of it.

    Attributes:
        contradicts: ids of lessons that speak against it.
        like: ids of lessons that may be the same.
        samples: failed edits that it was learned from, as diffs.
    """

    lesson: Lesson
    standing: Standing
    seen: Seen
    contradicts: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """How it stands, in one word: its state, or `waiting` for a review."""
        return "waiting" if self.standing.why == "waiting" else self.standing.state


@dataclass(frozen=True, slots=True)
class Place:
    """From where lessons are looked at.

    Attributes:
        root: the workspace folder; its lessons are shown whether it is trusted or not.
    """

    settings: Settings
    root: Path | None = None

    @property
    def workspace(self) -> str:
        """The id of the workspace; empty for none."""
        return workspace_id(self.root) if self.root is not None else ""


def listed_lessons(place: Place) -> tuple[Listed, ...]:
    """All lessons, those that wait for a review first.

    Raises:
        UnavailableError: the journal can't be read.
    """
    recalled, settings = recall(journal_file()), place.settings

    def revision(model: str) -> str:
        found = find_model(settings, model)
        return revision_of(found) if found is not None else ""

    judge = Judge(recalled, settings.learning, now_us(), place.workspace, revision)
    lessons = load_shelf(place.root).lessons
    against: dict[str, list[str]] = {}
    for one, other in conflicts(lessons):
        against.setdefault(one.id, []).append(other.id)
        against.setdefault(other.id, []).append(one.id)
    caches = open_caches(settings.cache)
    try:
        found = [
            Listed(
                lesson=lesson,
                standing=judge.standing(lesson),
                seen=judge.seen(lesson),
                contradicts=tuple(against.get(lesson.id, ())),
                like=tuple(one.id for one in near(lesson, lessons)),
                samples=caches.samples(identity(lesson)),
            )
            for lesson in lessons
        ]
    finally:
        caches.close()
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.state), one.lesson.id)))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that should be a lesson, and counts as none.

    Attributes:
        line: from 1.
        why: a sentence.
    """

    path: str
    line: int
    why: str

    def __str__(self) -> str:
        """For people, in one line."""
        return f"`{self.path}`, line {self.line}: {self.why}"


def left_out(root: Path | None) -> tuple[LeftOut, ...]:
    """The files of lessons that can't be used, each with the first reason. May block."""
    found: dict[str, LeftOut] = {}
    for path, trouble in load_shelf(root).troubles:
        if trouble.severity == "error" or trouble.code == "double":
            found.setdefault(
                path, LeftOut(path, _line(Path(path), trouble.span.start), trouble.message)
            )
    return tuple(found.values())


def _line(path: Path, offset: int) -> int:
    try:
        text = read_plain(path, 4 * MOST_CHARACTERS + 1).decode("utf-8", "replace")
    except OSError:
        return 1
    return len(split_lines(text[: offset + 1])) or 1


def carry_out(said: Review, place: Place) -> str:
    """Carry out what a person said of a lesson; returns a sentence for them.

    Raises:
        BadRequestError: there is no such lesson.
        RefusedError: it can't be done with this one.
        UnavailableError: a file or the journal can't be written.
    """
    told = review(said, Registry(journal_file(), now_us), place.root)
    forget(journal_file())
    return told


def as_json(one: Listed) -> dict[str, Any]:
    """A lesson as plain JSON."""
    lesson, standing, evidence = one.lesson, one.standing, one.standing.evidence
    scope, trigger = lesson.scope, lesson.trigger
    return {
        "id": lesson.id,
        "state": one.state,
        "why": WHY[standing.why],
        "tier": standing.tier.value,
        "bound": round(standing.bound, 4),
        "lift": None if evidence.lift is None else round(evidence.lift, 4),
        "uses": evidence.uses,
        "good": round(evidence.good, 3),
        "total": round(evidence.total, 3),
        "held": evidence.held,
        "heldGood": round(evidence.held_good, 3),
        "heldTotal": round(evidence.held_total, 3),
        "level": scope.level,
        "model": scope.model,
        "language": scope.language,
        "category": trigger.category.value,
        "code": trigger.code,
        "remedy": lesson.remedy.kind,
        "words": lesson.remedy.body,
        "source": lesson.source,
        "attempts": list(lesson.attempts),
        "seen": one.seen.count,
        "contradicts": list(one.contradicts),
        "like": list(one.like),
        "samples": list(one.samples),
        "path": lesson.path,
    }
