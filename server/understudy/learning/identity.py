"""When two lessons are the same, and when they are merely alike."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from understudy.failures.fingerprint import fingerprint, template

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.learning.lesson import Lesson, Trigger

_ALIKE = 90.0
"""Of 100: how alike the words of two lessons are that are offered for merging."""
_DIGITS = 16


def trigger_print(trigger: Trigger) -> str:
    """What tells the failure of one trigger from others, by the rules of all failures.

    Where a tool gave a code that says everything, the code alone counts; `fingerprint` sees to that
    when there is no text.
    """
    if trigger.code:
        bare = fingerprint(trigger.category, "", trigger.code, "")
        own = fingerprint(trigger.category, "", trigger.code, "another text")
        if bare == own or not trigger.fingerprint:
            return bare
    return trigger.fingerprint


def identity(lesson: Lesson) -> str:
    """Sixteen hexadecimal digits: equal for lessons of which one is enough.

    It is made of the failure (category, and code or normalised message), what it was about, the
    language, and the kind of remedy. Case, numbers, quotations and places make no difference.
    """
    trigger = lesson.trigger
    parts = (
        trigger.category.value,
        trigger_print(trigger),
        _symbol(trigger.symbol),
        lesson.scope.language.casefold(),
        lesson.remedy.kind,
    )
    return _digest(parts)


def digest(lesson: Lesson) -> str:
    """Sixteen hexadecimal digits of all that a person agrees to: where it counts, and what it does."""
    scope, trigger, remedy = lesson.scope, lesson.trigger, lesson.remedy
    return _digest(
        (
            *(scope.model, scope.provider, scope.language, scope.task, scope.path_glob),
            *(trigger.category.value, trigger.code, trigger.fingerprint, trigger.symbol),
            *(remedy.kind, remedy.body),
        )
    )


def remedy_digest(lesson: Lesson) -> str:
    """Sixteen hexadecimal digits of what is done: evidence for other words says nothing of these."""
    return _digest((lesson.remedy.kind, lesson.remedy.body))


def near(lesson: Lesson, others: Iterable[Lesson]) -> tuple[Lesson, ...]:
    """Other lessons that could be the same: for a person to merge, never merged unasked.

    Those that are over are none of them.
    """
    from rapidfuzz.fuzz import ratio

    if lesson.is_over:
        return ()
    own = identity(lesson)
    found = []
    for other in others:
        if identity(other) == own or other.remedy.kind != lesson.remedy.kind:
            continue
        if other.trigger.category is not lesson.trigger.category or other.is_over:
            continue
        if ratio(template(other.remedy.body), template(lesson.remedy.body)) >= _ALIKE:
            found.append(other)
    return tuple(found)


def _symbol(text: str) -> str:
    """A module or name without quotation marks and the case of its letters; paths with `/`."""
    return text.strip().strip("'\"`").replace("\\", "/").casefold()


def _digest(parts: Iterable[str]) -> str:
    key = "\0".join(parts)
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
