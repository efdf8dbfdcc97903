"""What can be said of a lesson, by how it stands, as entries of menus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OFFERED = {
    "waiting": ("accept", "edit", "reject"),
    "active": ("edit", "pause", "off_here", "reject"),
    "shadow": ("accept", "edit", "pause", "reject"),
    "paused": ("resume", "edit", "reject"),
    "retired": ("accept", "remove"),
}
_TITLES = {
    "accept": "Accept this lesson",
    "edit": "Edit this lesson",
    "reject": "Reject this lesson",
    "pause": "Pause this lesson everywhere",
    "off_here": "Switch this lesson off in this workspace",
    "resume": "Use this lesson again",
    "remove": "Delete this lesson's file",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to say, as arguments of `understudy.reviewLesson`.

    Attributes:
        into: for `merge`: the lesson that stays; else empty.
    """

    title: str
    id: str
    action: str
    into: str = ""

    @property
    def arguments(self) -> dict[str, str]:
        """What the command takes."""
        more = {"into": self.into} if self.into else {}
        return {"id": self.id, "action": self.action, **more}


def choices(id_: str, state: str, like: Iterable[str] = ()) -> tuple[Choice, ...]:
    """What can be said of a lesson.

    Args:
        id_: of the lesson.
        state: how it stands; `waiting` for a review is one, too.
        like: ids of lessons that say nearly the same, which it can be merged with.
    """
    own = (Choice(_TITLES[action], id_, action) for action in _OFFERED.get(state, ()))
    return (*own, *(each for other in like for each in merges(id_, other)))


def merges(id_: str, other: str) -> Iterator[Choice]:
    """The two ways to make one lesson of two that say nearly the same."""
    yield Choice(f"Merge this lesson into `{other}`", id_, "merge", other)
    yield Choice(f"Merge `{other}` into this lesson", other, "merge", id_)
