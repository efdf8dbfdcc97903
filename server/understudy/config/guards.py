"""Settings with power over what runs, where code goes and what is applied unasked.

Two rules hold for them. A broken value fails closed: it is neither ignored in favour of a lower
layer nor replaced by a default that does more. And a workspace, which may be anyone's, makes the
gate stricter and switches things off, but never the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from understudy.config.own_checkers import OWN_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

KeyPath = tuple[str, ...]
"""A setting by its keys, each as the schema spells it."""


class Closed(Enum):
    """In place of a value that a layer set to something unusable: the setting fails closed."""

    CLOSED = "closed"


_CHECKER_POWERS = frozenset({"command", "enabled"})
_PROVIDER_POWERS = frozenset({"enabled", "kind", "base_url", "key", "headers"})
_MODEL_POWERS = frozenset({"enabled", "provider", "name"})
_CASCADE_POWERS = frozenset(
    {
        "enabled",
        "fallback_model",
        "chain",
        "max_total_attempts",
        "max_extra_cost_usd",
        "ask_above_usd",
        "hedge",
        "actions",
    }
)
ENTRY_POWERS = {"checkers": _CHECKER_POWERS, "providers": _PROVIDER_POWERS, "models": _MODEL_POWERS}
"""By table with free keys: which keys of an entry have power."""
_TEAM_KEYS = ("postgres", "postgres_content", "owner")
"""Of the journal: what is copied to others."""
_GUARDED = frozenset(
    {"budget", "cache", "cascade", "models", "network", "privacy", "providers", "telemetry"}
)


def has_power(path: KeyPath) -> bool:
    """Whether a setting decides what runs, where code goes, what it costs or what is applied."""
    match path:
        case (
            ("gate", "auto_apply" | "run_tests")
            | ("fix", "speculate")
            | ("tests", "command")
            | ("network", "proxy")
            | ("cache", "replies")
            | ("learning", "enabled")
            | ("journal", "postgres" | "postgres_content" | "owner")
        ):
            return True
        case (("model_routing" | "budget" | "privacy" | "telemetry"), str(), *_):
            return True
        case ("cascade", key, *_):
            return key in _CASCADE_POWERS
        case (("checkers" | "providers" | "models") as table, str(), str(key), *_):
            return key in ENTRY_POWERS[table]
        case _:
            return False


def closed_by(broken: KeyPath, settings: Iterable[KeyPath]) -> list[KeyPath]:
    """The settings with power at or below a broken key, out of those that exist."""
    below = {path for path in settings if path[: len(broken)] == broken}
    return [path for path in sorted(below | {broken}) if has_power(path)]


def obeys_workspace_rules(path: KeyPath) -> bool:
    """Whether a layer that a workspace had a hand in may set this no further than a workspace."""
    if path[0] == "journal":
        return path[-1] in _TEAM_KEYS
    return path[0] in _GUARDED or (path[0] == "checkers" and path[-1] in OWN_KEYS)


def loosens(path: KeyPath, value: object, below: object) -> str:
    """Why a workspace may not set this value; empty when it may.

    Args:
        path: the setting.
        value: what the workspace wants, of the setting's type.
        below: what the layers below the workspace say, of the same type; None for which model
            an id stands for, where it is the workspace's own.
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
    general = (path[0], "*", *path[2:]) if path[0] in ENTRY_POWERS else path
    # A mapping inside a table has one rule for all its keys.
    return _RULES.get(general) or _RULES.get((*general[:-1], "*"))


def _off(reason: str) -> _Rule:
    return _Rule(lambda value, _: value is False, "switch off", reason)


def _lower(value: float | None, below: float | None) -> bool:
    """Whether a limit is no higher than the one below it; None is no limit."""
    return below is None or (value is not None and value <= below)


def _no(reason: str) -> _Rule:
    return _Rule(lambda *_: False, "no", reason)


_RAISE = _Rule(lambda value, below: value >= below, "raise", "a workspace may only raise it")
_LOWER = _Rule(_lower, "lower", "a workspace may only lower it")
_OFF = _off("a workspace may only switch it off")
_WHERE = _no("where code goes, and with which key, is for the user to decide")
_TOLD = _no("what is told to a collector, and to which, is for the user to decide")
_COPIED = _no("whether runs are copied to a team, and to which, is for the user to decide")
_ADD = _Rule(
    lambda value, _: not any(pattern.lstrip().startswith("!") for pattern in value),
    "add",
    "a workspace may only add patterns, and one that begins with `!` takes files back",
)
_OWN = _no("a checker of one's own is for the user to describe")
_TRUSTED = _Rule(
    lambda value, _: bool(value),
    "once its hash is trusted",
    "the user chose a command, and a workspace may not undo that choice",
)
_RUNS = ("never", "on_request", "always")
_ALL_WORKSPACES = _no("the journal holds the runs of all workspaces, so none of them may set it")
_WHO = _Rule(
    lambda _, below: below is None,
    "for a new id",
    "which model this id stands for is known without it, and a workspace may only say that of an id"
    " of its own",
)
_COST = _no("what a model costs is for the user to say, since limits depend on it")
_RULES: dict[KeyPath, _Rule] = {
    ("gate", "auto_apply"): _off(
        "whether edits are applied without asking is for the user to decide, so a workspace may"
        " only switch it off"
    ),
    ("gate", "auto_score"): _RAISE,
    ("gate", "confirm_score"): _RAISE,
    ("gate", "review_score"): _RAISE,
    ("gate", "max_deleted_share"): _LOWER,
    ("gate", "second_opinion"): _Rule(
        lambda value, _: value == "never", "`never`", "a workspace may only choose `never`"
    ),
    ("gate", "run_tests"): _Rule(
        lambda value, below: _RUNS.index(value) <= _RUNS.index(below),
        "lower",
        "whether tests are run is for the user to decide, so a workspace may only lower it",
    ),
    ("gate", "refit"): _no("one set of coefficients serves all workspaces"),
    ("tests", "command"): _TRUSTED,
    ("fix", "unsafe"): _OFF,
    ("fix", "speculate"): _off(
        "whether models are asked before you ask is for the user to decide, so a workspace may only"
        " switch it off"
    ),
    ("journal", "enabled"): _OFF,
    **{
        ("journal", key): _ALL_WORKSPACES
        for key in ("keep_days", "max_mb", "content", "content_days")
    },
    **{("journal", key): _COPIED for key in _TEAM_KEYS},
    ("python", "environment"): _Rule(
        lambda *_: True, "inside the workspace", "it must lie inside the workspace"
    ),
    ("checkers", "*", "enabled"): _off(
        "the user switched the checker off, and a workspace may not switch on what runs"
    ),
    ("checkers", "*", "command"): _TRUSTED,
    **{("checkers", "*", key): _OWN for key in OWN_KEYS},
    ("providers", "*", "enabled"): _off(
        "who is asked is for the user to decide, so a workspace may only switch a provider off"
    ),
    ("providers", "*", "kind"): _WHERE,
    ("providers", "*", "base_url"): _WHERE,
    ("providers", "*", "key"): _WHERE,
    ("providers", "*", "headers", "*"): _WHERE,
    ("providers", "*", "concurrency"): _LOWER,
    ("models", "*", "enabled"): _OFF,
    ("models", "*", "provider"): _WHO,
    ("models", "*", "name"): _WHO,
    ("models", "*", "cost_tier"): _COST,
    ("models", "*", "price_in"): _COST,
    ("models", "*", "price_out"): _COST,
    ("cascade", "enabled"): _OFF,
    ("cascade", "hedge"): _OFF,
    ("cascade", "max_total_attempts"): _LOWER,
    ("cascade", "max_extra_cost_usd"): _LOWER,
    ("cascade", "ask_above_usd"): _LOWER,
    ("cascade", "max_wait_s"): _LOWER,
    ("cascade", "actions", "*"): _no("what follows from a failure is for the user to decide"),
    ("budget", "per_request_usd"): _LOWER,
    ("budget", "per_day_usd"): _LOWER,
    ("budget", "per_month_usd"): _LOWER,
    ("budget", "per_provider_usd", "*"): _LOWER,
    ("budget", "at_cap"): _Rule(
        lambda value, _: value == "stop", "`stop`", "a workspace may only choose `stop`"
    ),
    ("network", "proxy"): _WHERE,
    ("telemetry", "*"): _TOLD,
    ("telemetry", "otlp_headers", "*"): _TOLD,
    ("privacy", "exclude"): _ADD,
    ("privacy", "local_only"): _ADD,
    ("cache", "replies"): _OFF,
    ("context", "index"): _OFF,
    ("cache", "max_mb"): _no("the cache serves all workspaces, so none of them may set its size"),
    ("learning", "enabled"): _OFF,
    ("learning", "strategies"): _OFF,
    ("learning", "exploration"): _LOWER,
    ("learning", "auto_apply"): _RAISE,
    ("learning", "auto_apply_samples"): _RAISE,
    ("learning", "apply_with_log"): _RAISE,
    ("learning", "apply_with_log_samples"): _RAISE,
    ("learning", "max_tokens"): _LOWER,
    ("learning", "criterion"): _Rule(
        lambda value, _: value == "wilson", "`wilson`", "a workspace may only choose `wilson`"
    ),
    **{
        ("learning", key): _no("lessons are learned for all workspaces, so none of them may set it")
        for key in ("hold_out", "window_days", "half_life_days", "queue_max")
    },
}
