"""`Settings` as a flat mapping from keys to values, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from understudy.config.context_settings import ContextSettings
from understudy.config.guards import Closed
from understudy.config.learning_settings import LearningSettings
from understudy.config.own_checkers import OWN_KEYS
from understudy.config.settings import (
    CLOSED_PROXY,
    OFFLINE_MODEL,
    ActionSettings,
    BudgetSettings,
    CacheSettings,
    CascadeSettings,
    CheckerSettings,
    FailureSettings,
    FixSettings,
    GateSettings,
    JournalSettings,
    ModelSettings,
    NetworkSettings,
    PrivacySettings,
    ProviderSettings,
    PythonSettings,
    RoutingSettings,
    Settings,
    TestSettings,
)
from understudy.config.telemetry_settings import TelemetrySettings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from understudy.config.guards import KeyPath

    Values = Mapping[KeyPath, object]

_SECTIONS: dict[str, Any] = {
    "gate": GateSettings,
    "fix": FixSettings,
    "actions": ActionSettings,
    "journal": JournalSettings,
    "python": PythonSettings,
    "cascade": CascadeSettings,
    "failures": FailureSettings,
    "budget": BudgetSettings,
    "routing": RoutingSettings,
    "network": NetworkSettings,
    "cache": CacheSettings,
    "privacy": PrivacySettings,
    "tests": TestSettings,
    "context": ContextSettings,
    "learning": LearningSettings,
    "telemetry": TelemetrySettings,
}
_ENTRIES: dict[str, Any] = {
    "checkers": CheckerSettings(),
    "providers": ProviderSettings(),
    "models": ModelSettings(),
}
"""What an entry of a table with free keys is before anyone sets something in it."""
_MAPPINGS = frozenset(
    {"headers", "otlp_headers", "actions", "per_provider_usd", "rules", "weights", "task_weights"}
)
"""Settings that are tables with free keys themselves."""
CHECKER_KEYS = ("enabled", "command", "timeout_s")
_NOTED = "command_from_workspace"
"""What nobody sets: it is noted where a command comes from."""
_CLOSED: dict[KeyPath, object] = {
    ("gate", "second_opinion"): "never",
    ("gate", "run_tests"): "never",
    ("tests", "command"): (),
    ("cascade", "max_total_attempts"): 1,
    ("cascade", "fallback_model"): "",
    ("cascade", "chain"): (),
    ("cascade", "max_extra_cost_usd"): 0.0,
    ("cascade", "ask_above_usd"): 0.0,
    ("budget", "at_cap"): "stop",
    ("network", "proxy"): CLOSED_PROXY,
    ("journal", "postgres"): "",
    ("journal", "postgres_content"): "metrics",
    ("journal", "owner"): "",
    ("privacy", "exclude"): ("*",),
    ("privacy", "local_only"): ("*",),
}
"""What stands in place of a broken setting with power that is no switch."""


def flatten(
    settings: Settings, checkers: Collection[str] = (), providers: Collection[str] = ()
) -> Iterator[tuple[KeyPath, object]]:
    """Every setting with its key; checkers and providers that are named are listed in any case."""
    for section in _SECTIONS:
        yield from _flat((section,), getattr(settings, section))
    for checker in sorted({*settings.checkers, *checkers}):
        own = OWN_KEYS if settings.checker(checker).is_own else ()
        for name in (*CHECKER_KEYS, *own):
            yield ("checkers", checker, name), getattr(settings.checker(checker), name)
    for role, chain in settings.model_routing.items():
        yield ("model_routing", role), chain
    for provider in sorted({*settings.providers, *providers}):
        entry = settings.providers.get(provider, _ENTRIES["providers"])
        yield from _flat(("providers", provider), entry)
    for model, known in sorted(settings.models.items()):
        yield from _flat(("models", model), known)


def _flat(path: KeyPath, table: Any) -> Iterator[tuple[KeyPath, object]]:
    for field in fields(table):
        value = getattr(table, field.name)
        if field.name == _NOTED:
            continue
        if field.name in _MAPPINGS:
            yield from _entries((*path, field.name), value)
        else:
            yield (*path, field.name), value


def _entries(path: KeyPath, mapping: Mapping[str, object]) -> Iterator[tuple[KeyPath, object]]:
    for key, item in mapping.items():
        if isinstance(item, Mapping):
            yield from _entries((*path, key), item)
        else:
            yield (*path, key), item


def masked(path: KeyPath, value: object) -> object:
    """A value as it may be shown. Headers may hold secrets under any name, and are not."""
    is_header = bool({"headers", "otlp_headers"} & set(path[:-1]))
    is_reference = isinstance(value, str) and value.startswith("{") and value.endswith("}")
    return "…" if is_header and value and not is_reference else value


def built_in(path: KeyPath) -> object:
    """The value of a setting that no layer mentions; None where there is none."""
    match path:
        case (table, _, name) if table in _ENTRIES:
            return getattr(_ENTRIES[table], name)
        case _:
            return None


def entry_keys(table: str, name: str) -> list[KeyPath]:
    """The settings of an entry, such as of the model with this id."""
    keys = [field.name for field in fields(_ENTRIES[table]) if field.name not in _MAPPINGS]
    return [(table, name, key) for key in keys if key != _NOTED]


def assemble(values: Values, from_workspace: Collection[KeyPath]) -> Settings:
    """Settings from a flat mapping.

    Args:
        values: of the settings' own types, or `Closed.CLOSED` for what a layer broke.
        from_workspace: the keys whose values a workspace wrote.
    """
    found = {name: kind(**_table((name,), values)) for name, kind in _SECTIONS.items()}
    found |= {"cascade": _cascade(values), "budget": _budget(values)}
    found["context"] = _context(values)
    if _is_closed(("telemetry",), values):
        found["telemetry"] = TelemetrySettings()
    found |= _tests(found["gate"], found["tests"], values, from_workspace)
    checkers = {one: _checker(one, values, from_workspace) for one in _ids("checkers", values)}
    providers = {one: _provider(one, values) for one in _ids("providers", values)}
    models = {one: _model(one, values) for one in _ids("models", values)}
    return Settings(
        **found,
        checkers=MappingProxyType(checkers),
        model_routing=MappingProxyType(_routing(values)),
        providers=MappingProxyType(providers),
        models=MappingProxyType(models),
    )


def _ids(table: str, values: Values) -> list[str]:
    return sorted({path[1] for path in values if path[0] == table and len(path) > 2})


def _table(start: KeyPath, values: Values) -> dict[str, Any]:
    """The values below a key by their field; mappings inside are put together."""
    found: dict[str, Any] = {}
    for path, value in values.items():
        if path[: len(start)] != start or len(path) == len(start):
            continue
        settled = _settled(path, value)
        name, *rest = path[len(start) :]
        if rest:
            found.setdefault(name, {})[rest[0]] = settled
        elif name not in _MAPPINGS:
            found[name] = settled
    return {
        name: MappingProxyType(value) if isinstance(value, dict) else value
        for name, value in found.items()
    }


def _settled(path: KeyPath, value: object) -> object:
    """A value, or what stands in its place when it was broken."""
    if value is not Closed.CLOSED:
        return value
    if path[:2] == ("cascade", "actions"):
        return "stop"
    if path[0] == "budget" and path not in _CLOSED:
        return 0.0
    return _CLOSED.get(path, False)


def _is_closed(start: KeyPath, values: Values) -> bool:
    return any(
        value is Closed.CLOSED for path, value in values.items() if path[: len(start)] == start
    )


def _checker(checker: str, values: Values, from_workspace: Collection[KeyPath]) -> CheckerSettings:
    paths = {name: ("checkers", checker, name) for name in (*CHECKER_KEYS, *OWN_KEYS)}
    found: dict[str, Any] = {name: values.get(path, built_in(path)) for name, path in paths.items()}
    if Closed.CLOSED in (found["enabled"], found["command"]):
        return CheckerSettings(enabled=False, timeout_s=found["timeout_s"])
    written_there = bool(found["command"]) and paths["command"] in from_workspace
    return CheckerSettings(**found, command_from_workspace=written_there)


def _provider(provider: str, values: Values) -> ProviderSettings:
    start = ("providers", provider)
    if _is_closed(start, values):
        return ProviderSettings(enabled=False)
    return ProviderSettings(**_table(start, values))


def _model(model: str, values: Values) -> ModelSettings:
    start = ("models", model)
    if _is_closed(start, values):
        return ModelSettings(enabled=False)
    return ModelSettings(**_table(start, values))


def _cascade(values: Values) -> CascadeSettings:
    """A cascade of which anything that limits it is broken is off."""
    found = _table(("cascade",), values)
    broken = [path for path, value in values.items() if value is Closed.CLOSED and len(path) == 2]
    closed = any(path[0] == "cascade" and path[1] != "hedge" for path in broken)
    return CascadeSettings(**(found | {"enabled": False} if closed else found))


def _tests(
    gate: GateSettings, tests: TestSettings, values: Values, from_workspace: Collection[KeyPath]
) -> dict[str, Any]:
    """How tests are run, and whether: a command that is broken means that none are."""
    path: KeyPath = ("tests", "command")
    if values.get(path) is Closed.CLOSED:
        gate = replace(gate, run_tests="never")
    written_there = bool(tests.command) and path in from_workspace
    return {"gate": gate, "tests": replace(tests, command_from_workspace=written_there)}


def _budget(values: Values) -> BudgetSettings:
    found = _table(("budget",), values)
    if values.get(("budget", "per_provider_usd")) is Closed.CLOSED:
        found |= {"per_request_usd": 0.0, "per_day_usd": 0.0, "per_month_usd": 0.0}
    return BudgetSettings(**found)


def _context(values: Values) -> ContextSettings:
    """The weights of single kinds of tasks lie one table deeper than anything else."""
    start: KeyPath = ("context", "task_weights")
    plain = {path: value for path, value in values.items() if path[:2] != start}
    kinds = sorted({path[2] for path in values if path[:2] == start})
    of_kinds = {kind: MappingProxyType(_table((*start, kind), values)) for kind in kinds}
    return ContextSettings(**_table(("context",), plain), task_weights=MappingProxyType(of_kinds))


def _routing(values: Values) -> dict[str, Any]:
    return {
        path[1]: (OFFLINE_MODEL,) if value is Closed.CLOSED else value
        for path, value in values.items()
        if path[0] == "model_routing"
    }
