"""How pieces of a file become items: with their text's version, digest and tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.context.items import Item
from understudy.gathering.excluded import Exclusions
from understudy.gathering.levels import Detail

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from understudy.context.items import Level, Tier
    from understudy.gathering.scene import Scene


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of the user's work besides the texts.

    Attributes:
        count: tokens of a text.
        open_files: that are open in the editor.
        recent: that were edited lately, the last one first.
        together: how often files were committed together with the target, from 0 to 1.
        pointed: places that the problems name: path and line, counted from 0.
        apart: lines of the target that are shown beside the context.
    """

    count: Callable[[str], int]
    open_files: Sequence[str] = ()
    recent: Sequence[str] = ()
    together: Mapping[str, float] = field(default_factory=dict)
    pointed: Sequence[tuple[str, int]] = ()
    apart: range = range(0)

    def nearer(self, path: str) -> float:
        """What is added to a file's relevance because the user works with it, up to 0.2."""
        recent = 0.08 if path in tuple(self.recent)[:10] else 0.0
        is_open = 0.04 if path in self.open_files else 0.0
        return recent + is_open + 0.08 * min(max(self.together.get(path, 0.0), 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Span:
    """Lines of a file and what they define."""

    path: str
    start: int
    stop: int
    name: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        """The key of the item that it becomes."""
        return self.path, self.start, self.name


class Making:
    """Makes the items of one gathering."""

    def __init__(self, scene: Scene, signals: Signals) -> None:
        self.scene = scene
        self.signals = signals
        self.exclusions = Exclusions(scene.sources)
        self._details: dict[str, Detail] = {}

    @property
    def count(self) -> Callable[[str], int]:
        """Tokens of a text."""
        return self.signals.count

    def detail(self, path: str) -> Detail | None:
        """What makes levels of a file's definitions; None for a file that is not shown."""
        if path not in self._details:
            sources = self.scene.sources
            facts, lines = sources.facts(path), sources.lines(path)
            if not self.exclusions.allows(path) or facts is None or lines is None:
                return None
            outline = sources.outline(path)
            enclosing = sources.enclosing(path)
            self._details[path] = Detail(lines, outline, facts.language, self.count, enclosing)
        return self._details[path]

    def span(self, path: str, number: int) -> Span:
        """The lines of a definition."""
        one = self.scene.sources.outline(path).definitions[number]
        return Span(path, one.first, max(one.stop, one.first + 1), one.name)

    def item(
        self,
        span: Span,
        tier: Tier,
        relevance: float,
        levels: tuple[Level, ...],
        reasons: tuple[str, ...],
    ) -> Item:
        """An item; what the user works with counts a little more."""
        sources = self.scene.sources
        facts = sources.facts(span.path)
        return Item(
            path=span.path,
            start=span.start,
            stop=span.stop,
            name=span.name,
            tier=tier,
            relevance=round(min(max(relevance + self.signals.nearer(span.path), 0.01), 1.0), 4),
            levels=levels,
            reasons=reasons,
            version=sources.index.version(span.path),
            digest=facts.digest if facts is not None else "",
        )
