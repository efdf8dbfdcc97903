"""Four layers become one `Settings`: built-in < user < workspace < editor."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.config.assembly import built_in, entry_keys, flatten
from understudy.config.guards import (
    Closed,
    closed_by,
    has_power,
    loosens,
    obeys_workspace_rules,
)
from understudy.config.known import Known
from understudy.config.named import Origin, check_names
from understudy.config.problems import ConfigProblem, Layer, dotted
from understudy.config.reading import read_layer
from understudy.config.settings import Settings
from understudy.config.spending_options import UNLIMITED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from understudy.config.guards import KeyPath
    from understudy.config.source import Source

_ORDER = tuple(Layer)
_ENVIRONMENT = ("python", "environment")
_SETS = frozenset({"hide", "capabilities", "escalate_on_categories", "languages"})
"""Lists whose order says nothing."""
_CLOSING = frozenset({"command", "kind", "base_url", "key", "headers", "provider", "name"})
"""Settings of an entry that switch it off when they are broken."""
_WHICH = frozenset({"provider", "name"})
"""Settings of a model's entry that say which model its id stands for."""
_DOUBT = (
    "a workspace may have set it, since the editor does not say that it is trusted; it can be set in"
    " the user's own `config.toml`"
)
_RISING_SCORES = (
    (("gate", "review_score"), ("gate", "confirm_score")),
    (("gate", "confirm_score"), ("gate", "auto_score")),
    (("learning", "apply_with_log"), ("learning", "auto_apply")),
)
"""Pairs of scores of which the second is never the lower one."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What counts for one workspace.

    Attributes:
        provenance: the layer of every setting, by its dotted key.
        problems: of all layers, lowest layer first.
    """

    settings: Settings
    provenance: Mapping[str, Layer]
    problems: tuple[ConfigProblem, ...]


def resolve(
    sources: Iterable[Source], known: Known | None = None, root: Path | None = None
) -> Resolved:
    """Put layers over each other. Never raises, whatever they hold.

    Args:
        sources: any of the layers above the built-in one, in any order.
        known: the ids of checkers and models; None takes every checker and the offline model.
        root: the workspace folder, from which relative paths start.
    """
    stack = _Stack(known or Known(), root)
    for source in sorted(sources, key=lambda source: _ORDER.index(source.layer)):
        stack.put(source)
    return stack.resolved()


class _Stack:
    def __init__(self, known: Known, root: Path | None) -> None:
        self._known = known
        self._root = root
        checkers = known.checkers() if known.checkers else ()
        everything = flatten(Settings(), checkers, known.providers())
        self._values: dict[KeyPath, object] = dict(everything)
        self._origins: dict[KeyPath, Origin] = {}
        self._named: dict[KeyPath, Origin] = {}
        self._problems: list[ConfigProblem] = []
        self._placed: frozenset[str] = frozenset()
        """Names of models that layers below the one that is being put on top say something about."""

    def put(self, source: Source) -> None:
        """One more layer on top of those below."""
        reading = read_layer(source, self._known_by_now())
        self._problems += reading.problems
        is_foreign = source.layer is Layer.WORKSPACE or source.doubtful
        self._placed = self._placed_below()
        for path, spelled in reading.named.items():
            # Naming a provider switches it on, which is not for a workspace to do.
            if not (is_foreign and path[0] == "providers"):
                self._named[path] = Origin(source, spelled)
        for path, entry in reading.entries.items():
            origin = Origin(source, entry.spelled)
            value = self._settled(path, entry.value)
            refusal = self._refusal(path, value, source)
            if refusal:
                self._complain(path, origin, f"does not count: {refusal}")
            else:
                self._put(path, value, origin)
        for broken in reading.broken:
            for path in closed_by(broken, self._values):
                self._put(path, Closed.CLOSED, Origin(source, path))

    def _known_by_now(self) -> Known:
        """What there is, with the checkers that layers below this one described."""
        told = self._known.checkers
        if told is None:
            return self._known
        described = {path[1] for path in self._values if path[0] == "checkers"}
        return replace(self._known, checkers=lambda: sorted({*told(), *described}))

    def _put(self, path: KeyPath, value: object, origin: Origin) -> None:
        below = self._values.get(path)
        if path[0] == "privacy" and below is Closed.CLOSED:
            return  # The patterns of all layers count, and those of one could not be read.
        if path[0] == "privacy" and isinstance(value, tuple) and isinstance(below, tuple):
            value = tuple(dict.fromkeys((*below, *value)))
        self._values[path] = value
        self._origins[path] = origin
        if path[0] == "providers" and (value is Closed.CLOSED or value is False):
            self._named.setdefault(path[:2], origin)

    def resolved(self) -> Resolved:
        """The settings as they are with the layers so far."""
        self._keep_scores_rising()
        self._complete_entries()
        there = {
            path
            for path, origin in self._origins.items()
            if origin.source.layer is Layer.WORKSPACE or origin.source.doubtful
        }
        origins = {**self._origins, **self._named}
        settings, complaints = check_names(self._values, origins, self._known, there)
        self._problems += complaints
        layers = dict.fromkeys(self._values, Layer.BUILT_IN)
        layers |= {
            path: origin.source.layer for path, origin in origins.items() if path in self._values
        }
        for path, value in self._values.items():
            switch = _switch(path) if value is Closed.CLOSED else ()
            if switch and path in layers:
                layers[switch] = layers[path]
        return Resolved(
            settings,
            MappingProxyType({dotted(path): layer for path, layer in layers.items()}),
            tuple(self._problems),
        )

    def _complete_entries(self) -> None:
        """Entries that are named have all their keys, and those that nobody named have none."""
        for path in self._named:
            for key in entry_keys(*path):
                self._values.setdefault(key, built_in(key))
        self._values = {
            path: value
            for path, value in self._values.items()
            if path[0] not in {"providers", "models"} or path[:2] in self._named
        }

    def _settled(self, path: KeyPath, value: object) -> object:
        """A value in its setting's own type."""
        if path == _ENVIRONMENT:
            return _located(str(value), self._root) if value else None
        if path[0] == "budget" and value == UNLIMITED:
            return None
        if path[-1] in _SETS and isinstance(value, list):
            return frozenset(value)
        return tuple(value) if isinstance(value, list) else value

    def _refusal(self, path: KeyPath, value: object, source: Source) -> str:
        """Why a workspace may not set a value; empty when it may, and for other layers."""
        is_workspace = source.layer is Layer.WORKSPACE
        if not is_workspace and not (source.doubtful and obeys_workspace_rules(path)):
            return ""
        if path == _ENVIRONMENT:
            return _outside(value, self._root)
        below = None if self._is_open(path) else self._values.get(path, built_in(path))
        if below is Closed.CLOSED and has_power(path):
            return "the user's own setting for it can't be used and must be put right first"
        refusal = loosens(path, value, below)
        return _DOUBT if refusal and not is_workspace else refusal

    def _placed_below(self) -> frozenset[str]:
        ids = {path[1] for path in self._named if path[0] == "models"}
        lists = (
            value
            for path, value in self._values.items()
            if path[0] == "models" and path[-1] == "aliases" and isinstance(value, tuple)
        )
        return frozenset(ids).union(*lists)

    def _is_open(self, path: KeyPath) -> bool:
        """Whether a setting says which model an id stands for that nobody below knows."""
        if path[0] != "models" or path[-1] not in _WHICH or path[1] in self._placed:
            return False
        provider, slash, _ = path[1].partition("/")
        return not (slash and (provider in self._known.providers() or self._is_named(provider)))

    def _is_named(self, provider: str) -> bool:
        return ("providers", provider) in self._named

    def _keep_scores_rising(self) -> None:
        """Bands that overlap are told apart by the stricter score."""
        for low, high in _RISING_SCORES:
            floor, score = self._values[low], self._values[high]
            if not isinstance(floor, float) or not isinstance(score, float) or floor <= score:
                continue
            wrong = max((low, high), key=self._rank)
            self._complain(
                wrong,
                self._origins[wrong],
                f"makes `{dotted(low)}` ({floor:g}) larger than `{dotted(high)}` ({score:g}), so"
                f" {floor:g} counts for both",
            )
            self._values[high] = floor
            self._origins[high] = self._origins[wrong]

    def _rank(self, path: KeyPath) -> int:
        origin = self._origins.get(path)
        return -1 if origin is None else _ORDER.index(origin.source.layer)

    def _complain(self, path: KeyPath, origin: Origin, verb: str) -> None:
        source = origin.source
        message = f"`{dotted(origin.spelled)}` in {source.name} {verb}."
        span = source.value_span(origin.spelled)
        self._problems.append(source.problem(dotted(path), message, span))


def _switch(path: KeyPath) -> KeyPath:
    """What a broken setting switches off; empty for nothing but itself."""
    if path[0] == "cascade":
        return ("cascade", "enabled") if path[-1] != "hedge" and len(path) == 2 else ()
    return (*path[:2], "enabled") if path[-1] in _CLOSING else ()


def _located(text: str, root: Path | None) -> Path:
    """A path as written by a person; a relative one starts at the workspace folder."""
    path = Path(os.path.expanduser(text))  # noqa: PTH111 (the method raises where no home is known)
    return path if root is None else root / path


def _outside(value: object, root: Path | None) -> str:
    if value is None or root is None or not isinstance(value, Path):
        return ""
    try:
        inside = value.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        inside = False
    return "" if inside else "a workspace may only name an environment that lies inside it"
