"""Whether a lesson is for a situation."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from understudy.learning.lesson import BY_USER

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from understudy.learning.lesson import Lesson, Scope, Situation, Trigger


class Failing(Protocol):
    """What went wrong, in stable words."""

    @property
    def category(self) -> str:
        """A value of `FailureCategory`."""

    @property
    def code(self) -> str:
        """Of a provider or tool; empty for none."""

    @property
    def fingerprint(self) -> str:
        """See `understudy.failures.fingerprint`."""


def is_for(lesson: Lesson, situation: Situation) -> bool:
    """Whether a lesson's scope holds there, and its failure happened there before.

    What a person wrote for a place is meant to count there from the beginning.
    """
    if not fits(lesson.scope, situation):
        return False
    return lesson.source == BY_USER or _has_happened(lesson.trigger, situation)


def fits(scope: Scope, situation: Situation) -> bool:
    """Whether a scope holds in a situation. What is not known holds for nothing but anything."""
    if scope.model and not fnmatchcase(situation.model, scope.model):
        return False
    wanted = (
        (scope.provider, situation.provider),
        (scope.language, situation.language),
        (scope.task, situation.task),
    )
    if any(own and own.casefold() != theirs.casefold() for own, theirs in wanted):
        return False
    return not scope.path_glob or _is_in(scope.path_glob, situation.path)


def covers(wide: Scope, narrow: Scope) -> bool:
    """Whether a scope certainly holds wherever another one does."""
    pairs = (
        (wide.provider, narrow.provider),
        (wide.language, narrow.language),
        (wide.task, narrow.task),
    )
    if any(one and one.casefold() != other.casefold() for one, other in pairs):
        return False
    if wide.path_glob not in {"", narrow.path_glob}:
        return False
    return not wide.model or fnmatchcase(narrow.model, wide.model)


def caused_by(trigger: Trigger, failed: Failing) -> bool:
    """Whether a failure is the one that a lesson is about."""
    if trigger.category.value != failed.category:
        return False
    if trigger.code:
        return trigger.code.casefold() == failed.code.casefold()
    return not trigger.fingerprint or trigger.fingerprint == failed.fingerprint


def _has_happened(trigger: Trigger, situation: Situation) -> bool:
    if trigger.fingerprint and trigger.fingerprint in situation.fingerprints:
        return True
    code = trigger.code.casefold()
    return any(
        category == trigger.category.value and code in {"", found.casefold()}
        for category, found in situation.failures
    )


def _is_in(pattern: str, path: str) -> bool:
    spec = _spec(pattern)
    return bool(path) and spec is not None and spec.match_file(path)


@lru_cache(maxsize=256)
def _spec(pattern: str) -> GitIgnoreSpec | None:
    """A pattern as `.gitignore` has them; None for one that is none."""
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        return None


def is_pattern(pattern: str) -> bool:
    """Whether `.gitignore` could have a pattern."""
    spec = _spec(pattern)
    # What is none is skipped there, as comments and empty lines are.
    return spec is not None and any(one.include is not None for one in spec.patterns)


def fits_some(pattern: str) -> bool:
    """Whether some path fits a pattern; `!src` alone takes out of what nothing put in."""
    spec = _spec(pattern)
    return spec is not None and any(one.include for one in spec.patterns)
