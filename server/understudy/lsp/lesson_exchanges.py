"""What our own requests about lessons take and answer."""

from __future__ import annotations

from typing import Any

import attrs

from understudy.lsp.described import described
from understudy.lsp.lesson_arguments import (
    ContributeArguments,
    ImportLessonsArguments,
    LessonsArguments,
    ReviewLessonArguments,
    RevokeLessonsArguments,
)


@attrs.frozen
class Influence:
    """A lesson that had a part in an edit."""

    id: str = described("The lesson's id, for `learning/review`.")
    words: str = described("What it says.")
    why: str = described("Why it counts, in a few words.")


@attrs.frozen
class RunLesson:
    """A lesson that counted for a question of a run."""

    id: str = described("The lesson's id; a digest where its file is gone.")
    model: str = described("Who was asked.")
    role: str = described("`in`, or `held_out`: left out to see how it goes without.")


@attrs.frozen
class LessonChoice:
    """Something that can be said of a lesson."""

    title: str = described("For a menu.")
    id: str = described("For `learning/review`: the lesson that it is said of.")
    action: str = described("For `learning/review`.")
    into: str = described("The lesson that stays, for `merge`; else empty.")


@attrs.frozen
class LessonRow:
    """A lesson with its evidence."""

    id: str = described("Its id.")
    state: str = described("`waiting` (for a review), `active`, `shadow`, `paused` or `retired`.")
    why: str = described("Why it stands so, in a few words.")
    tier: str = described("`auto_apply`, `apply_with_log` or `queue_for_review`.")
    bound: float = described("What is known of its rate of success, from 0 to 1.")
    lift: float | None = described("The rate with it less that without it; null while unknown.")
    uses: int = described("Runs with it.")
    good: float = described("The weight of those that went well.")
    total: float = described("The weight of them all; a run from now weighs 1.")
    held: int = described("Runs without it, on purpose.")
    held_good: float = described("The weight of those that went well.")
    held_total: float = described("The weight of them all.")
    level: str = described("`user`, or `workspace`.")
    model: str = described("The model that it is for; empty for all.")
    language: str = described("The language that it is for; empty for all.")
    category: str = described("The kind of failure that it is about.")
    code: str = described("The tool's code for the failure.")
    remedy: str = described("What kind of remedy it is: `prompt_fragment`, or another.")
    words: str = described("The remedy.")
    source: str = described("Where it comes from.")
    attempts: list[str] = described("The runs that it was learned from.")
    seen: int = described("How often its failure was seen.")
    contradicts: list[str] = described("Ids of lessons that speak against it.")
    like: list[str] = described("Ids of lessons that may be the same.")
    samples: list[str] = described("Failed edits that it was learned from, as diffs.")
    path: str = described("Its file.")
    choices: list[LessonChoice] = described("What can be said of it as it stands.")


@attrs.frozen
class Lessons:
    """What was learned from failures."""

    lessons: list[LessonRow] = described("Those that wait for a review first.")


@attrs.frozen
class LessonTold:
    """What became of a review."""

    told: str = described("A sentence for the user.")


@attrs.frozen
class LeftOut:
    """A lesson that is left out."""

    id: str = described("Its id.")
    why: str = described("The reason, in a few words.")


@attrs.frozen
class Contribution:
    """What is handed over, or would be."""

    told: str = described("A sentence for the user.")
    hash: str = described("SHA-256 of the payload's bytes; empty where there is nothing new.")
    payload: str = described("The exact text, which was opened as a document as well.")
    left_out: list[LeftOut] = described("The lessons that can't be handed over.")
    what: str = described(
        "`nothing`, `shown`, `confirmed`, or what became of the pull request: `opened`, `updated`,"
        " `nothing_new`, or `patch` without `gh`."
    )
    where: str = described("Its address, or the path of the instructions; may be empty.")


@attrs.frozen
class ImportedLessons:
    """What came into the queue."""

    told: str = described("A sentence for the user.")
    tag: str = described("The source's name, for `learning/revoke`.")
    hash: str = described("SHA-256 of the file.")
    lessons: list[str] = described("Ids of the lessons that wait now.")
    left_out: list[LeftOut] = described("What was not taken in.")
    diff: str = described("The change as a unified diff, which was opened as a document as well.")


@attrs.frozen
class LessonSource:
    """A file that lessons were imported from."""

    tag: str = described("The source's name, for `learning/revoke`.")
    hash: str = described("SHA-256 of the file, which `learning/revoke` takes as well.")
    file: str = described("Its name.")
    imported_ms: int = described("When, in milliseconds since 1970.")
    lessons: int = described("How many lessons came of it.")


@attrs.frozen
class LessonSources:
    """Where lessons of others come from."""

    sources: list[LessonSource] = described("Those that were not revoked, latest first.")


@attrs.frozen
class RevokedLessons:
    """What is gone."""

    told: str = described("A sentence for the user.")
    lessons: list[str] = described("Ids of the lessons that were deleted.")


LESSON_REQUESTS: dict[str, tuple[type[Any], type[Any], str]] = {
    "learning/list": (LessonsArguments, Lessons, "All lessons with their evidence."),
    "learning/review": (
        ReviewLessonArguments,
        LessonTold,
        "Accepts, edits, rejects, pauses, resumes, removes or merges a lesson.",
    ),
    "learning/contribute": (
        ContributeArguments,
        Contribution,
        "Opens the exact bytes that others would get; asked again with their hash, confirms them.",
    ),
    "learning/import": (
        ImportLessonsArguments,
        ImportedLessons,
        "Puts lessons of others into the queue, and opens what that changes.",
    ),
    "learning/revoke": (
        RevokeLessonsArguments,
        RevokedLessons,
        "Deletes all lessons that came from a source, whatever was said of them.",
    ),
}
