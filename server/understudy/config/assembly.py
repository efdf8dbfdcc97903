"""`Settings` as a flat mapping from keys to values, and back."""

from __future__ import annotations

from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from understudy.config.guards import Closed
from understudy.config.settings import (
    OFFLINE_MODEL,
    ActionSettings,
    CheckerSettings,
    FixSettings,
    GateSettings,
    JournalSettings,
    PythonSettings,
    Settings,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from understudy.config.guards import KeyPath

_UNTOUCHED = CheckerSettings()
CHECKER_KEYS = ("enabled", "command", "timeout_s")


def flatten(settings: Settings, checkers: Collection[str] = ()) -> Iterator[tuple[KeyPath, object]]:
    """Every setting with its key; `checkers` are listed even where nothing was set for them."""
    for section in ("gate", "fix", "actions", "journal", "python"):
        table = getattr(settings, section)
        for field in fields(table):
            yield (section, field.name), getattr(table, field.name)
    for checker in sorted({*settings.checkers, *checkers}):
        for name in CHECKER_KEYS:
            yield ("checkers", checker, name), getattr(settings.checker(checker), name)
    for role, chain in settings.model_routing.items():
        yield ("model_routing", role), chain


def built_in(path: KeyPath) -> object:
    """The value of a setting that no layer mentions; None for a role that nothing serves."""
    match path:
        case ("checkers", _, name):
            return getattr(_UNTOUCHED, name)
        case _:
            return None


def assemble(values: Mapping[KeyPath, object], from_workspace: Collection[KeyPath]) -> Settings:
    """Settings from a flat mapping.

    Args:
        values: of the settings' own types, or `Closed.CLOSED` for what a layer broke.
        from_workspace: the keys whose values a workspace wrote.
    """
    ids = {path[1] for path in values if path[0] == "checkers"}
    checkers = {checker: _checker(checker, values, from_workspace) for checker in sorted(ids)}
    return Settings(
        gate=GateSettings(**_section("gate", values)),
        fix=FixSettings(**_section("fix", values)),
        actions=ActionSettings(**_section("actions", values)),
        journal=JournalSettings(**_section("journal", values)),
        python=PythonSettings(**_section("python", values)),
        checkers=MappingProxyType(checkers),
        model_routing=MappingProxyType(_routing(values)),
    )


def _section(name: str, values: Mapping[KeyPath, object]) -> dict[str, Any]:
    """A section's values; a switch with power that was broken is off."""
    return {
        path[1]: False if value is Closed.CLOSED else value
        for path, value in values.items()
        if path[0] == name
    }


def _checker(
    checker: str, values: Mapping[KeyPath, object], from_workspace: Collection[KeyPath]
) -> CheckerSettings:
    paths = {name: ("checkers", checker, name) for name in CHECKER_KEYS}
    found: dict[str, Any] = {name: values.get(path, built_in(path)) for name, path in paths.items()}
    if Closed.CLOSED in (found["enabled"], found["command"]):
        return CheckerSettings(enabled=False, timeout_s=found["timeout_s"])
    written_there = bool(found["command"]) and paths["command"] in from_workspace
    return CheckerSettings(**found, command_from_workspace=written_there)


def _routing(values: Mapping[KeyPath, object]) -> dict[str, Any]:
    return {
        path[1]: (OFFLINE_MODEL,) if value is Closed.CLOSED else value
        for path, value in values.items()
        if path[0] == "model_routing"
    }
