"""A lesson of a run that failed first and went well in the end, for the user to review."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.core.clock import now_us
from understudy.core.failures import FailureCategory, RefusedError
from understudy.engine.outcome import Status
from understudy.journal.queries import runs_named
from understudy.journal.trials import SAYS_NOTHING
from understudy.learning.intake import take_in
from understudy.learning.lesson import BY_USER, Lesson, Remedy, Scope, Trigger
from understudy.learning.memory import forget
from understudy.learning.registry import Registry
from understudy.strategies import all_strategies

if TYPE_CHECKING:
    from understudy.config.learning_settings import LearningSettings
    from understudy.journal.queries import RunDetails
    from understudy.journal.records import Call

_SOLVED = frozenset({Status.OFFERED.value, Status.TOLD.value})
_NOTHING = frozenset(each.value for each in SAYS_NOTHING)


def remember_run(run_id: str, words: str, rules: LearningSettings) -> str:
    """Make a lesson of what solved a run after a failure, which waits for a review.

    Args:
        run_id: of a run or a command, or the beginning of it.
        words: what to do from the first question on, in a sentence of the user's; empty to have the
            strategy that cleared the failure.
        rules: with how many lessons may wait.

    Returns:
        What became of it, as a sentence.

    Raises:
        BadRequestError: there is no such run.
        RefusedError: nothing can be learned from it, or not without words.
        UnavailableError: the journal or the folder of lessons can't be read or written.
    """
    runs = runs_named(journal_file(), run_id)
    found = next(((run, call) for run in runs if (call := _failed(run)) is not None), None)
    if found is None:
        raise RefusedError("No model failed in this run and was put right, so it teaches nothing.")
    run, call = found
    lesson = Lesson(
        id="",
        trigger=Trigger(
            FailureCategory(call.category), call.code, "" if call.code else call.fingerprint
        ),
        remedy=_remedy(run, call, words),
        scope=Scope(model=call.model, language=run.run.language),
        source=BY_USER,
        attempts=(run.run.id,),
    )
    taken = take_in(lesson, run.run.id, Registry(journal_file(), now_us), rules)
    forget(journal_file())
    if taken.notice:
        return taken.notice
    if taken.lesson is not None and _are_other(words, taken.lesson):
        told = f"The lesson `{taken.lesson.id}` is about the same, so your words were not taken."
        edit = f"understudy lessons edit {taken.lesson.id} {shlex.quote(' '.join(words.split()))}"
        return f"{told} To put it into them: `{edit}`."
    if taken.lesson is not None:
        return f"The lesson `{taken.lesson.id}` is about the same; it was seen once more."
    return "You rejected this lesson before, so it was not made again."


def _are_other(words: str, lesson: Lesson) -> bool:
    return bool(words.strip()) and words.split() != lesson.remedy.body.split()


def _failed(run: RunDetails) -> Call | None:
    """The last call of a solved run that a model failed."""
    if run.run.status not in _SOLVED:
        return None
    failed = [
        call
        for call in run.calls
        if call.status == "answered" and call.category and call.category not in _NOTHING
    ]
    return failed[-1] if failed else None


def _remedy(run: RunDetails, call: Call, words: str) -> Remedy:
    if words.strip():
        return Remedy("prompt_fragment", " ".join(words.split()))
    cleared = [one for one in run.strategies if one.result == "cleared" and one.model == call.model]
    known = all_strategies().get(cleared[-1].strategy) if cleared else None
    remedy = known.remedy_for(call.code) if known is not None else None
    if remedy is None:
        raise RefusedError(
            "What solved this run has no name: say in a sentence what to do next time."
        )
    return Remedy(*remedy)
