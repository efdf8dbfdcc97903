"""How much each tier counts for a kind of task."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from understudy.context.items import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.context.items import Tier

TaskKind = Literal["fix", "complete", "refactor", "explain", "test"]

_OWN: Mapping[str, Mapping[Tier, float]] = MappingProxyType(
    {
        # What is written anew should look like what is there.
        "complete": {"examples": 0.6, "patterns": 0.75},
        # Callers say what must stay as it is.
        "refactor": {"examples": 0.7},
        # How the project wants code to be written explains none of it.
        "explain": {"patterns": 0.3, "full_files": 0.4},
        # The tests that are there say how tests are written here.
        "test": {"examples": 0.85, "patterns": 0.75},
    }
)
"""Where a kind of task differs from `WEIGHTS`."""
_KINDS: Mapping[str, TaskKind] = MappingProxyType(
    {
        "fix": "fix",
        "fixFile": "fix",
        "edit": "complete",
        "explain": "explain",
        "review": "explain",
        "tests": "test",
    }
)


def kind_of_task(task: str) -> TaskKind:
    """The kind of a task, by its id: what changes code and keeps what it does is a refactoring."""
    return _KINDS.get(task, "refactor")


def weights_for(
    kind: str, weights: Mapping[str, float], of_kinds: Mapping[str, Mapping[str, float]]
) -> dict[Tier, float]:
    """The weights of one kind of task.

    Args:
        kind: of the task.
        weights: the user's, for all kinds; one that is not the usual one holds for all of them.
        of_kinds: the user's for single kinds, which go before.
    """
    own, special = of_kinds.get(kind, {}), _OWN.get(kind, {})
    found: dict[Tier, float] = {}
    for tier, usual in WEIGHTS.items():
        general = weights.get(tier, usual)
        found[tier] = own.get(tier, special.get(tier, usual) if general == usual else general)
    return found
