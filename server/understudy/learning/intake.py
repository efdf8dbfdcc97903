"""How a lesson comes in: only ever into the queue, once, and never unsaid.

What a model wrote, what lies in a repository, what was imported and what was measured waits here for
a person. Nothing that a text says of itself can change that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from understudy.learning.identity import identity, trigger_print
from understudy.learning.keeping import free_name, rewrite, save_new
from understudy.learning.lesson import MEASURED
from understudy.learning.recall import recall
from understudy.learning.shelf import load_shelf

if TYPE_CHECKING:
    from understudy.config.learning_settings import LearningSettings
    from understudy.learning.lesson import Lesson, Scope
    from understudy.learning.registry import Registry, Seen
    from understudy.learning.shelf import Shelf

What = Literal["queued", "again", "reopened", "merged", "rejected", "refused"]
_MOST_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a lesson that came in.

    Attributes:
        lesson: the one that stands for it now; None where it was refused or is not wanted.
        notice: a sentence for the user; empty where there is no news within the window.
    """

    what: What
    lesson: Lesson | None = None
    notice: str = ""


def take_in(
    lesson: Lesson,
    run: str,
    registry: Registry,
    rules: LearningSettings,
    *,
    held_out: bool = False,
) -> Taken:
    """Put a lesson into the queue, or add it to the one that is there. Reads and writes files.

    Args:
        lesson: from anywhere but a person; it is kept among the user's own lessons.
        run: the id of the run in which its failure happened.
        registry: of the journal.
        rules: with the window, and how many lessons may wait.
        held_out: whether it is there already and was left out of that run on purpose.

    Raises:
        UnavailableError: the journal or the folder can't be written.
        RefusedError: it can't be written as a lesson.
    """
    own = identity(lesson)
    if (own, "", "rejected") in recall(registry.path).said:
        return Taken("rejected")
    seen = registry.sight(own, run, rules.window_days, held_out=held_out)
    shelf = load_shelf(None)
    known = shelf.same(lesson)
    if known is not None:
        return _added(known, lesson, seen)
    if seen == "again":
        # Another process is writing it just now, or somebody took its file away.
        return Taken("again")
    return _queued(lesson, run, shelf, registry, rules)


def waiting(shelf: Shelf) -> list[Lesson]:
    """The lessons that wait for a person, oldest first."""
    found = [
        one
        for one in shelf.lessons
        if one.review == "waiting" and one.state not in {"paused", "retired"}
    ]
    return sorted(found, key=lambda one: (one.created_us, one.id))


def _added(known: Lesson, lesson: Lesson, seen: Seen) -> Taken:
    """A duplicate is evidence for the lesson that is there."""
    merged = known
    if known.review == "waiting" and known.source == MEASURED and known.path:
        merged = _merged(known, lesson)
    if seen == "reopened":
        message = f"The failure of the lesson `{known.id}` came back, so it is only tried now."
        return Taken("reopened", merged, message)
    return Taken("again", merged)


def _merged(known: Lesson, lesson: Lesson) -> Lesson:
    """The known lesson, with the attempts of both, for all places that either was learned in."""
    attempts = tuple(dict.fromkeys((*known.attempts, *lesson.attempts)))[-_MOST_ATTEMPTS:]
    scope = _both(known.scope, lesson.scope)
    if (attempts, scope) == (known.attempts, known.scope):
        return known
    return rewrite(replace(known, attempts=attempts, scope=scope))


def _both(one: Scope, other: Scope) -> Scope:
    def common(first: str, second: str) -> str:
        return first if first == second else ""

    return replace(
        one,
        model=common(one.model, other.model),
        provider=common(one.provider, other.provider),
        task=common(one.task, other.task),
        path_glob=common(one.path_glob, other.path_glob),
    )


def _queued(
    lesson: Lesson, run: str, shelf: Shelf, registry: Registry, rules: LearningSettings
) -> Taken:
    queue = waiting(shelf)
    if len(queue) >= rules.queue_max:
        own = _failure(lesson)
        like = next((one for one in queue if _failure(one) == own), None)
        if like is None:
            return Taken("refused", None, _full(len(queue)))
        registry.sight(identity(like), run, rules.window_days)
        message = f"{_full(len(queue))} It was counted for `{like.id}`, which has the same failure."
        return Taken("merged", like, message)
    # Whatever it says of itself: nobody has agreed to it yet.
    fresh = replace(
        lesson,
        scope=replace(lesson.scope, level="user"),
        state="shadow",
        review="waiting",
        created_us=lesson.created_us or registry.now_us(),
    )
    fresh = replace(fresh, id=free_name(fresh))
    path = save_new(fresh, None)
    message = f"There is a lesson to review: `{fresh.id}`."
    return Taken("queued", replace(fresh, path=str(path)), message)


def _failure(lesson: Lesson) -> tuple[str, str]:
    return lesson.trigger.category.value, trigger_print(lesson.trigger)


def _full(count: int) -> str:
    return (
        f"{count} lessons wait for your review, which is the most that may"
        " (`learning.queue_max`), so a new one was not kept."
    )
