"""Settings with power over what runs, where code goes and what is applied unasked.

Two rules hold for them. A broken value fails closed: it is neither ignored in favour of a lower
layer nor replaced by a default that does more. And a workspace, which may be anyone's, makes the
gate stricter and switches things off, but never the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from understudy.config.problems import dotted
from understudy.config.settings import OFFLINE_MODEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

KeyPath = tuple[str, ...]
"""A setting by its keys, each as the schema spells it."""


class Closed(Enum):
    """In place of a value that a layer set to something unusable: the setting fails closed."""

    CLOSED = "closed"


_CHECKER_POWERS = frozenset({"command", "enabled"})


def has_power(path: KeyPath) -> bool:
    """Whether a setting decides what runs, where code goes or what is applied unasked."""
    match path:
        case ("gate", "auto_apply") | ("model_routing", str()):
            return True
        case ("checkers", str(), str(key)):
            return key in _CHECKER_POWERS
        case _:
            return False


def consequence(path: KeyPath) -> str:
    """What follows from a broken setting or table, as a clause; empty when nothing is closed."""
    clause = ""
    match path:
        case ("gate",) | ("gate", "auto_apply"):
            clause = "no edit is applied without asking"
        case ("checkers",):
            clause = "no checker runs"
        case ("checkers", checker) | ("checkers", checker, "command" | "enabled"):
            clause = f"the checker `{dotted((checker,))}` does not run"
        case ("model_routing",):
            clause = f"every role is served by `{OFFLINE_MODEL}` alone"
        case ("model_routing", role):
            clause = f"the role `{dotted((role,))}` is served by `{OFFLINE_MODEL}` alone"
        case _:
            pass
    return clause


def closed_by(broken: KeyPath, settings: Iterable[KeyPath]) -> list[KeyPath]:
    """The settings with power at or below a broken key, out of those that exist."""
    below = {path for path in settings if path[: len(broken)] == broken}
    return [path for path in sorted(below | {broken}) if has_power(path)]


def loosens(path: KeyPath, value: object, below: object) -> str:
    """Why a workspace may not set this value; empty when it may.

    Args:
        path: the setting.
        value: what the workspace wants, of the setting's type.
        below: what the layers below the workspace say, of the same type.
    """
    rule = _rule(path)
    if rule is None or value == below or rule.allows(value, below):
        return ""
    return rule.reason


def workspace_may(path: KeyPath) -> str:
    """What a workspace may do with a setting, in a word or two; `*` stands for a free key."""
    rule = _rule(path)
    return "yes" if rule is None else rule.words


@dataclass(frozen=True, slots=True)
class _Rule:
    allows: Callable[[Any, Any], bool]
    words: str
    reason: str


def _rule(path: KeyPath) -> _Rule | None:
    general = (path[0], "*", *path[2:]) if path[0] == "checkers" else path
    return _RULES.get(general)


def _off(reason: str) -> _Rule:
    return _Rule(lambda value, _: value is False, "switch off", reason)


_RAISE = _Rule(lambda value, below: value >= below, "raise", "a workspace may only raise it")
_LOWER = _Rule(lambda value, below: value <= below, "lower", "a workspace may only lower it")
_RULES: dict[KeyPath, _Rule] = {
    ("gate", "auto_apply"): _off(
        "whether edits are applied without asking is for the user to decide, so a workspace may"
        " only switch it off"
    ),
    ("gate", "auto_score"): _RAISE,
    ("gate", "confirm_score"): _RAISE,
    ("gate", "review_score"): _RAISE,
    ("gate", "max_deleted_share"): _LOWER,
    ("fix", "unsafe"): _off("a workspace may only switch it off"),
    ("journal", "enabled"): _off("a workspace may only switch it off"),
    ("journal", "keep_days"): _Rule(
        lambda *_: False,
        "no",
        "the journal holds the runs of all workspaces, so none of them may set it",
    ),
    ("python", "environment"): _Rule(
        lambda *_: True, "inside the workspace", "it must lie inside the workspace"
    ),
    ("checkers", "*", "enabled"): _off(
        "the user switched the checker off, and a workspace may not switch on what runs"
    ),
    ("checkers", "*", "command"): _Rule(
        lambda value, _: bool(value),
        "once its hash is trusted",
        "the user chose a command, and a workspace may not undo that choice",
    ),
}
