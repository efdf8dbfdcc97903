"""What functions and rounds of loops come to: the ways to leave them, and what is done before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.context.conditions import Picked
from understudy.context.formulas import FALSE, TRUE

if TYPE_CHECKING:
    from understudy.context.formulas import Formula

YES, NO = "True", "False"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way to leave a function, or a round of a loop.

    Attributes:
        when: what holds then.
        text: what it comes to, as it is written.
        is_value: whether it is a value that is only known when it is run.
    """

    when: Formula
    text: str
    is_value: bool = False


@dataclass(slots=True)
class Decided:
    """What was read of a function, or of a round of a loop.

    Attributes:
        outcomes: the ways to leave it, in their order.
        effects: what else is done, by its code, and when each time.
        picked: which elements loops and comprehensions take.
        span: where it stands, in bytes.
        unread: whether some of it depends on what was not read.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    effects: dict[str, list[Formula]] = field(default_factory=dict)
    picked: list[Picked] = field(default_factory=list)
    span: tuple[int, int] = (0, 0)
    unread: bool = False


Path = tuple[str, ...]
Decisions = dict[Path, Decided]


def picked_by(decided: Decided, within: str) -> Picked | None:
    """The one condition on which a round of a loop does something."""
    every = [one.when for one in decided.outcomes if one.text not in {"continue", "next"}]
    every += (one for times in decided.effects.values() for one in times)
    told = {one for one in every if one not in (TRUE, FALSE)}
    return Picked(within, told.pop()) if len(told) == 1 and not decided.unread else None


def only_answer(decided: Decided, found: Picked) -> str:
    """What a loop returns that does nothing but return one thing where a condition holds."""
    texts = {one.text for one in decided.outcomes}
    if decided.effects or len(decided.outcomes) != 1 or decided.outcomes[0].when != found.by:
        return ""
    return texts.pop()


def only_flag(decided: Decided) -> tuple[str, str]:
    """What a name is given in a loop that does nothing but that, where a condition holds."""
    if {one.text for one in decided.outcomes} - {"break"} or len(decided.effects) != 1:
        return "", ""
    name, _, value = next(iter(decided.effects)).partition(" = ")
    return name, value
