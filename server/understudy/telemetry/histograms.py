"""What is counted since the process began, by the attributes that tell cases apart."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.telemetry import names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.telemetry.names import Metric
    from understudy.telemetry.span import Value

Key = tuple[tuple[str, "Value"], ...]

MOST_POINTS = 500
"""Of each metric. Names of models are the only attribute that could grow without end."""
_OVERFLOW: Key = (("otel.metric.overflow", True),)
"""What the specification of metrics has all further cases counted under."""


@dataclass(slots=True)
class Point:
    """One case: `counts[n]` values lie above bound `n - 1` and not above bound `n`."""

    attributes: Key
    counts: list[int]
    total: float = 0.0
    least: float = math.inf
    most: float = -math.inf

    def add(self, value: float, bounds: tuple[float, ...]) -> None:
        """Count a value."""
        self.counts[bisect_left(bounds, value)] += 1
        self.total += value
        self.least = min(self.least, value)
        self.most = max(self.most, value)


@dataclass(frozen=True, slots=True)
class Series:
    """A metric as it stands. Times are microseconds since 1970."""

    metric: Metric
    start_us: int
    now_us: int
    points: tuple[Point, ...]


@dataclass(slots=True)
class Histograms:
    """All metrics of a process."""

    start_us: int
    _points: dict[str, dict[Key, Point]] = field(default_factory=dict)

    def add(self, metric: Metric, value: float, attributes: Mapping[str, Value]) -> None:
        """Count a value."""
        points = self._points.setdefault(metric.name, {})
        key = tuple(sorted(attributes.items()))
        if key not in points and len(points) >= MOST_POINTS:
            key = _OVERFLOW
        if key not in points:
            points[key] = Point(key, [0] * (len(metric.bounds) + 1))
        points[key].add(value, metric.bounds)

    def series(
        self, now_us: int, metrics: tuple[Metric, ...] = names.METRICS
    ) -> tuple[Series, ...]:
        """What was counted of these metrics."""
        return tuple(
            Series(metric, self.start_us, now_us, tuple(self._points[metric.name].values()))
            for metric in metrics
            if metric.name in self._points
        )
