"""Four layers become one `Settings`: built-in < user < workspace < editor."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.config.assembly import assemble, built_in, flatten
from understudy.config.guards import Closed, closed_by, has_power, loosens
from understudy.config.problems import ConfigProblem, Layer, dotted
from understudy.config.reading import Known, read_layer
from understudy.config.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from understudy.config.guards import KeyPath
    from understudy.config.source import Source

_ORDER = tuple(Layer)
_ENVIRONMENT = ("python", "environment")
_RISING_SCORES = (("gate", "review_score"), ("gate", "confirm_score"), ("gate", "auto_score"))


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


@dataclass(frozen=True, slots=True)
class _Origin:
    """Which layer set a value, and how it spells the key there."""

    source: Source
    spelled: KeyPath


class _Stack:
    def __init__(self, known: Known, root: Path | None) -> None:
        self._known = known
        self._root = root
        checkers = known.checkers() if known.checkers else ()
        self._values: dict[KeyPath, object] = dict(flatten(Settings(), checkers))
        self._origins: dict[KeyPath, _Origin] = {}
        self._problems: list[ConfigProblem] = []

    def put(self, source: Source) -> None:
        """One more layer on top of those below."""
        reading = read_layer(source, self._known)
        self._problems += reading.problems
        for path, entry in reading.entries.items():
            origin = _Origin(source, entry.spelled)
            value = self._settled(path, entry.value)
            refusal = self._refusal(path, value) if source.layer is Layer.WORKSPACE else ""
            if refusal:
                self._complain(path, origin, f"does not count: {refusal}")
            else:
                self._values[path] = value
                self._origins[path] = origin
        for broken in reading.broken:
            for path in closed_by(broken, self._values):
                self._values[path] = Closed.CLOSED
                self._origins[path] = _Origin(source, path)

    def resolved(self) -> Resolved:
        """The settings as they are with the layers so far."""
        self._keep_scores_rising()
        layers = dict.fromkeys(self._values, Layer.BUILT_IN)
        layers |= {path: origin.source.layer for path, origin in self._origins.items()}
        for path, value in self._values.items():
            if path[-1] == "command" and value is Closed.CLOSED:
                layers[*path[:-1], "enabled"] = layers[path]
        there = {
            path
            for path, origin in self._origins.items()
            if origin.source.layer is Layer.WORKSPACE or origin.source.doubtful
        }
        return Resolved(
            assemble(self._values, there),
            MappingProxyType({dotted(path): layer for path, layer in layers.items()}),
            tuple(self._problems),
        )

    def _settled(self, path: KeyPath, value: object) -> object:
        """A value in its setting's own type."""
        if path == _ENVIRONMENT:
            return _located(str(value), self._root) if value else None
        if path == ("actions", "hide") and isinstance(value, list):
            return frozenset(value)
        return tuple(value) if isinstance(value, list) else value

    def _refusal(self, path: KeyPath, value: object) -> str:
        """Why a workspace may not set a value; empty when it may."""
        if path == _ENVIRONMENT:
            return _outside(value, self._root)
        below = self._values.get(path, built_in(path))
        if below is Closed.CLOSED and has_power(path):
            return "the user's own setting for it can't be used and must be put right first"
        return loosens(path, value, below)

    def _keep_scores_rising(self) -> None:
        """Bands that overlap are told apart by the stricter score."""
        for low, high in pairwise(_RISING_SCORES):
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

    def _complain(self, path: KeyPath, origin: _Origin, verb: str) -> None:
        source = origin.source
        message = f"`{dotted(origin.spelled)}` in {source.name} {verb}."
        span = source.value_span(origin.spelled)
        self._problems.append(source.problem(dotted(path), message, span))


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
