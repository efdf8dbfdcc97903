"""What a person says of a lesson. Every function reads and writes files and the journal, and blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from understudy.config.learning_settings import LearningSettings
from understudy.core.failures import BadRequestError, RefusedError
from understudy.learning.identity import digest, identity
from understudy.learning.judging import Judge
from understudy.learning.keeping import change, free_name, rewrite, save_new, take_away
from understudy.learning.lesson import BY_USER, IMPORTED, MEASURED
from understudy.learning.recall import recall
from understudy.learning.shelf import load_shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from understudy.learning.lesson import Lesson
    from understudy.learning.registry import Registry
    from understudy.learning.standing import Standing

Action = Literal["accept", "edit", "reject", "pause", "resume", "remove", "off_here", "merge"]
ACTIONS: tuple[Action, ...] = (
    *("accept", "edit", "reject", "pause", "resume", "remove", "off_here", "merge"),
)


@dataclass(frozen=True, slots=True)
class Review:
    """What is said.

    Attributes:
        id: of the lesson, or the beginning of it.
        body: for `edit`: the remedy in other words, which accepts it as well.
        into: for `merge`: the id of the lesson that stays.
        workspace: the id of the workspace it is said in; empty for none.
    """

    action: Action
    id: str
    body: str = ""
    into: str = ""
    workspace: str = ""


def review(said: Review, registry: Registry, root: Path | None) -> str:
    """Carry out what a person said of a lesson.

    Args:
        said: what.
        registry: of the journal.
        root: the workspace folder, if it is trusted.

    Returns:
        A sentence for the user.

    Raises:
        BadRequestError: there is no such lesson.
        RefusedError: it can't be done with this one.
        UnavailableError: a file or the journal can't be written.
    """
    lesson = _find(said.id, root)
    if said.action not in _IN_FILES_ALONE:
        registry.require_writable()
    if said.action == "merge":
        into = _find(said.into, root)
        _keep_what_counts(
            lesson,
            into,
            Judge(recall(registry.path), LearningSettings(), registry.now_us(), said.workspace),
        )
        return _merge(lesson, into, registry)
    if said.action == "edit":
        _keep_apart(lesson, said.body, root)
    return _CARRY_OUT[said.action](lesson, said, registry)


def add(lesson: Lesson, registry: Registry, root: Path | None, workspace: str = "") -> Lesson:
    """Keep a lesson that a person wrote, which so is agreed to.

    Raises:
        RefusedError: there is one that is the same, or it can't be written.
        UnavailableError: a file or the journal can't be written.
    """
    known = load_shelf(root).same(lesson)
    if known is not None:
        raise RefusedError(f"The lesson `{known.id}` is about the same; edit that one.")
    own = replace(
        lesson,
        state="active",
        review="accepted",
        source="user",
        created_us=lesson.created_us or registry.now_us(),
    )
    own = replace(own, id=own.id or free_name(own, root))
    registry.require_writable()
    path = save_new(own, root)
    _note_agreed(own, registry, workspace)
    return replace(own, path=str(path))


def _find(name: str, root: Path | None) -> Lesson:
    found = load_shelf(root).find(name) if name else None
    if found is None:
        raise BadRequestError(f"There is no lesson `{name}`, or there are several that begin so.")
    return found


def _agree(lesson: Lesson, said: Review, registry: Registry) -> str:
    if said.action == "edit" and not said.body.strip():
        raise BadRequestError("To edit a lesson, give it other words.")
    body = said.body if said.action == "edit" else None
    agreed = {"state": "active"}
    if body is not None and lesson.source != BY_USER:
        # From now on these are the words of the person, whoever had others before.
        agreed["source"] = BY_USER
    if lesson.scope.level == "user":
        agreed["review"] = "accepted"
    now = change(lesson, agreed, body)
    if identity(now) != identity(lesson):
        registry.reword(identity(lesson), identity(now))
    _note_agreed(now, registry, said.workspace)
    registry.decide(identity(now), "resumed", digest(now), said.workspace)
    return f"The lesson `{now.id}` is in use from now on."


def _keep_apart(lesson: Lesson, body: str, root: Path | None) -> None:
    """Refuse words that make a lesson the same as another one, of which one would not count."""
    remedy = replace(lesson.remedy, body=body.strip())
    known = load_shelf(root).same(replace(lesson, remedy=remedy, source=BY_USER))
    if known is not None and known.path != lesson.path:
        raise RefusedError(
            f"The lesson `{known.id}` says so already: merge `{lesson.id}` into it, or take other words."
        )


def _note_agreed(lesson: Lesson, registry: Registry, workspace: str) -> None:
    """What lies in a repository is agreed to in this workspace, and word for word."""
    place = workspace if lesson.scope.level == "workspace" else ""
    registry.decide(identity(lesson), "accepted", digest(lesson), place)


def _pause(lesson: Lesson, _: Review, __: Registry) -> str:
    change(lesson, {"state": "paused"})
    return f"The lesson `{lesson.id}` is paused everywhere."


def _remove(lesson: Lesson, _: Review, __: Registry) -> str:
    take_away(lesson)
    return f"The lesson `{lesson.id}` is gone; its failure may bring it back."


def _reject(lesson: Lesson, _: Review, registry: Registry) -> str:
    change(lesson, {"state": "retired", "review": "rejected"})
    registry.decide(identity(lesson), "rejected", digest(lesson))
    return f"The lesson `{lesson.id}` is rejected, and won't come up again."


def _off_here(lesson: Lesson, said: Review, registry: Registry) -> str:
    if not said.workspace:
        raise RefusedError(
            "There is no workspace here; pause the lesson to switch it off everywhere."
        )
    registry.decide(identity(lesson), "off", digest(lesson), said.workspace)
    return f"The lesson `{lesson.id}` is switched off in this workspace."


def _keep_what_counts(lesson: Lesson, into: Lesson, judge: Judge) -> None:
    """Refuse a merge that would take words away that count, or a person's own, for others."""
    if _rank(judge.standing(into)) < _rank(judge.standing(lesson)):
        raise RefusedError(
            f"`{lesson.id}` is in use and `{into.id}` is not: accept that one first, or merge it"
            f" into `{lesson.id}`."
        )
    if lesson.source == BY_USER and into.source.startswith(IMPORTED):
        raise RefusedError(
            f"`{lesson.id}` is yours, and `{into.id}` came from others and goes with them: merge"
            f" that one into `{lesson.id}`, or put it into your words first."
        )


def _rank(standing: Standing) -> int:
    """How much a lesson counts: not at all, as one that is tried, or in full."""
    return standing.usable + (standing.usable and standing.state == "active")


def _merge(lesson: Lesson, into: Lesson, registry: Registry) -> str:
    if identity(lesson) == identity(into):
        raise BadRequestError("A lesson can't be merged with itself.")
    if into.source == MEASURED:
        attempts = tuple(dict.fromkeys((*into.attempts, *lesson.attempts)))
        rewrite(replace(into, attempts=attempts))
    registry.rename(identity(lesson), identity(into))
    registry.decide(identity(lesson), "rejected", digest(lesson))
    take_away(lesson)
    return f"The lesson `{lesson.id}` is one with `{into.id}` now."


_IN_FILES_ALONE = frozenset({"pause", "remove"})
_CARRY_OUT: Mapping[Action, Callable[[Lesson, Review, Registry], str]] = {
    "accept": _agree,
    "edit": _agree,
    "resume": _agree,
    "reject": _reject,
    "pause": _pause,
    "remove": _remove,
    "off_here": _off_here,
}
