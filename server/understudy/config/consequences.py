"""What follows from a broken setting that has power, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.config.guards import ENTRY_POWERS, has_power
from understudy.config.problems import dotted
from understudy.config.settings import OFFLINE_MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.config.guards import KeyPath


def consequence(path: KeyPath) -> str:
    """What follows from a broken setting or table, as a clause; empty when nothing is closed."""
    is_entry = len(path) == 2 and path[0] in ENTRY_POWERS
    if len(path) == 1:
        return _WHOLE.get(path[0], "")
    if not is_entry and not has_power(path):
        return ""
    name = ".".join((*path[:2], "*") if len(path) > 2 else path)
    words = _PART.get(name) or _PART[path[0]]
    return words.format(entry=f"`{dotted(path[1:2])}`")


_TOLD_NOBODY = "no collector is told anything"
_LOCAL_ALONE = "no model is reached but those on this machine"
_WHOLE = {
    "gate": "no edit is applied without asking",
    "gate.second_opinion": "no second model is asked",
    "fix": "nothing is fixed before you ask",
    "checkers": "no checker runs",
    "model_routing": f"every role is served by `{OFFLINE_MODEL}` alone",
    "providers": "no provider is asked",
    "models": "no model of the layers below it is asked",
    "cascade": "no other model takes over",
    "budget": "nothing may be spent",
    "network": _LOCAL_ALONE,
    "cache": "replies are not kept",
    "privacy": "no model sees any file",
    "tests": "no tests are run",
    "learning": "nothing is learned",
    "telemetry": _TOLD_NOBODY,
}
_PART = {
    "gate": "no edit is applied without asking",
    "gate.run_tests": "no tests are run",
    "fix": "nothing is fixed before you ask",
    "tests": "no tests are run",
    "checkers": "the checker {entry} does not run",
    "model_routing": f"the role {{entry}} is served by `{OFFLINE_MODEL}` alone",
    "providers": "the provider {entry} is not asked",
    "models": "the model {entry} is not asked",
    "cascade": "no other model takes over",
    "cascade.actions.*": "the task stops after such a failure",
    "cascade.hedge": "a silent model is waited for to its limit",
    "budget": "nothing may be spent",
    "budget.at_cap": "work stops at a limit",
    "budget.per_provider_usd.*": "nothing may be spent on that provider",
    "network": _LOCAL_ALONE,
    "cache": "replies are not kept",
    "privacy": "no model sees any file",
    "privacy.local_only": "no file leaves this machine",
    "learning": "nothing is learned",
    "telemetry": _TOLD_NOBODY,
}
"""By room, and by setting where the room's own words do not fit."""


def and_consequence(path: KeyPath) -> str:
    """The same, to be put behind a sentence's last clause."""
    clause = consequence(path)
    return f" and {clause}" if clause else ""


def and_consequences(paths: Iterable[KeyPath]) -> str:
    """What follows from several broken settings, each thing once."""
    clauses = dict.fromkeys(filter(None, map(consequence, paths)))
    return "".join(f" and {clause}" for clause in clauses)
