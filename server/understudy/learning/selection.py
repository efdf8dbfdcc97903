"""Which lessons a question gets, and which it is asked without to see how that goes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.learning.conflicts import without_worse
from understudy.learning.identity import identity, is_told_by_words, plain_words
from understudy.learning.matching import is_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from understudy.config.learning_settings import LearningSettings
    from understudy.learning.lesson import Lesson, Situation
    from understudy.learning.standing import Standing


@dataclass(frozen=True, slots=True)
class Chosen:
    """A lesson for a question, and how it stands."""

    lesson: Lesson
    standing: Standing


@dataclass(frozen=True, slots=True)
class Selected:
    """The lessons of one question.

    Attributes:
        words: those whose words stand in the prompt, best first.
        strategies: those that change the question otherwise, best first.
        held_out: those that would be among them in other runs.
    """

    words: tuple[Chosen, ...] = ()
    strategies: tuple[Chosen, ...] = ()
    held_out: tuple[Chosen, ...] = ()

    @property
    def all_in(self) -> tuple[Chosen, ...]:
        """All that count for the question."""
        return (*self.words, *self.strategies)


NONE = Selected()


def select(
    lessons: Iterable[Chosen],
    situation: Situation,
    run: str,
    rules: LearningSettings,
    tokens: Callable[[str], int],
) -> Selected:
    """The lessons for a question.

    Args:
        lessons: all that there are, as they stand.
        situation: what the question is about.
        run: the id of the run, which decides what is held out: so all its questions are alike. Empty
            for a look at what would be asked, in which nothing is.
        rules: with the share of runs that are held out, and the cap in tokens.
        tokens: counts those of a text.
    """
    fitting = [one for one in lessons if one.standing.usable and is_for(one.lesson, situation)]
    ordered = sorted(fitting, key=_worth)
    proved = sorted(ordered, key=lambda one: -one.standing.bound)
    best = {id(lesson) for lesson in without_worse(one.lesson for one in proved)}
    usable = [*_each_once(one for one in ordered if id(one.lesson) in best)]
    inside = [one for one in usable if _is_in(one, run, rules.hold_out)]
    worded = [one for one in inside if one.lesson.remedy.kind == "prompt_fragment"]
    words = _within(worded, rules.max_tokens, tokens)
    return Selected(
        words=tuple(words),
        strategies=tuple(one for one in inside if one.lesson.remedy.kind != "prompt_fragment"),
        # What had no room was left out for another reason, so it tells nothing.
        held_out=tuple(one for one in usable if not _is_in(one, run, rules.hold_out)),
    )


def _each_once(lessons: Iterable[Chosen]) -> Iterator[Chosen]:
    """Without those that another lesson, for another scope that holds here too, says word for word."""
    said: set[tuple[str, str]] = set()
    for one in lessons:
        remedy = one.lesson.remedy
        words = (remedy.kind, plain_words(remedy.body))
        if words not in said or not is_told_by_words(one.lesson):
            yield one
        if is_told_by_words(one.lesson):
            said.add(words)


def _worth(chosen: Chosen) -> tuple[bool, float, float, str]:
    """Active ones first, then by what they were measured to bring, then by what is known of them."""
    standing = chosen.standing
    lift = standing.evidence.lift
    is_tried = standing.state != "active"
    return is_tried, -(lift if lift is not None else 0.0), -standing.bound, chosen.lesson.id


def _is_in(chosen: Chosen, run: str, one_in: int) -> bool:
    """Whether a lesson counts in a run: an active one but for one run in so many, a shadow in one."""
    key = f"{identity(chosen.lesson)}\0{run}".encode("utf-8", "surrogatepass")
    if not run:
        return chosen.standing.state == "active"
    drawn = int.from_bytes(hashlib.sha256(key).digest()[:8], "big") % one_in == 0
    return drawn != (chosen.standing.state == "active")


def _within(lessons: Iterable[Chosen], cap: int, tokens: Callable[[str], int]) -> list[Chosen]:
    """As many as there is room for, in their order; one that is too long lets the next one in."""
    kept: list[Chosen] = []
    for one in lessons:
        needed = tokens(one.lesson.remedy.body)
        if needed <= cap:
            kept.append(one)
            cap -= needed
    return kept
