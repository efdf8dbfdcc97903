"""Lessons about one failure whose remedies speak against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.learning.identity import trigger_print

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.learning.lesson import Lesson, Scope

_AGAINST = (("always ", "never "), ("always ", "don't "), ("do ", "don't "), ("use ", "don't use "))
"""How two sentences begin of which one forbids what the other asks for, when the rest is the same."""


def conflict(one: Lesson, other: Lesson) -> bool:
    """Whether two lessons are about the same failure in overlapping places and contradict."""
    if one.trigger.category is not other.trigger.category:
        return False
    same = trigger_print(one.trigger) == trigger_print(other.trigger)
    if not same or not _overlap(one.scope, other.scope) or one.remedy.kind != other.remedy.kind:
        return False
    if one.remedy.kind == "prompt_fragment":
        return _opposite(one.remedy.body, other.remedy.body)
    name, _, value = one.remedy.body.partition("=")
    theirs, _, their_value = other.remedy.body.partition("=")
    return name.strip() == theirs.strip() and value.strip() != their_value.strip()


def conflicts(lessons: Sequence[Lesson]) -> Iterator[tuple[Lesson, Lesson]]:
    """Every pair that contradicts, each once."""
    for number, one in enumerate(lessons):
        for other in lessons[number + 1 :]:
            if conflict(one, other):
                yield one, other


def without_worse(lessons: Iterable[Lesson]) -> list[Lesson]:
    """Lessons without those that a better one speaks against; the best must stand first."""
    kept: list[Lesson] = []
    for lesson in lessons:
        if not any(conflict(lesson, better) for better in kept):
            kept.append(lesson)
    return kept


def _overlap(one: Scope, other: Scope) -> bool:
    """Whether there can be a situation for both, as far as their words tell."""
    pairs = (
        (one.provider, other.provider),
        (one.language, other.language),
        (one.task, other.task),
    )
    if any(own and theirs and own.casefold() != theirs.casefold() for own, theirs in pairs):
        return False
    if not one.model or not other.model or "*" in one.model + other.model:
        return True
    return one.model == other.model


def _opposite(one: str, other: str) -> bool:
    first, second = _plain(one), _plain(other)
    return any(_negates(first, second, pair) or _negates(second, first, pair) for pair in _AGAINST)


def _negates(one: str, other: str, pair: tuple[str, str]) -> bool:
    yes, no = pair
    if one.startswith(yes) and other.startswith(no):
        return one.removeprefix(yes) == other.removeprefix(no)
    return no == "don't " and other == no + one


def _plain(text: str) -> str:
    words = " ".join(text.casefold().split()).rstrip(".!")
    return words.replace("\u2019", "'").replace("do not ", "don't ")
