"""What of the workspace goes into a prompt, within the room that a model has for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from understudy.config.pin_record import load_pins
from understudy.context.absorbing import outermost
from understudy.context.items import WEIGHTS, LeftOut, Packed
from understudy.context.lasting import choose_again, last_of
from understudy.context.packing import Limits, pack
from understudy.context.pinning import PINNED, pinned
from understudy.context.showing import SLOT_OF, excerpts
from understudy.context.weights import kind_of_task, weights_for
from understudy.engine.showable import Showable
from understudy.gathering.excluded import NOT_INDEXED
from understudy.gathering.gather import gather
from understudy.gathering.history import together
from understudy.gathering.making import Signals
from understudy.gathering.own_rules import RULES
from understudy.tasks.tests import TASK as TESTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from understudy.config.pin_record import Pin
    from understudy.context.items import Chosen, Item, Tier
    from understudy.context.lasting import Last
    from understudy.context.pinning import Spot
    from understudy.engine.services import Services
    from understudy.index.facts import Index
    from understudy.index.recent import Recent
    from understudy.models.registry import Model
    from understudy.models.tokens import TokenCounter
    from understudy.prompt import Prompt
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

    Key = tuple[str, int, str]

NONE = Packed((), 0, 0)
"""Where no index is kept: the prompt then shows the document alone."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was chosen, with what it was chosen from.

    Attributes:
        items: the candidates.
        index_ready: whether the index had read every file.
        weights: how much each tier counted.
    """

    packed: Packed = NONE
    items: tuple[Item, ...] = ()
    index_ready: bool = False
    weights: Mapping[Tier, float] = field(default_factory=lambda: WEIGHTS)

    def score(self, one: Chosen) -> float:
        """What a piece counts: its tier's weight, its relevance, and the part of it that is shown."""
        return round(self.weights[one.item.tier] * one.item.relevance * one.level.worth, 4)


@dataclass(frozen=True, slots=True)
class Place:
    """What a model is asked about.

    Attributes:
        lines: counted from 0.
        problems: that are to be solved.
        apart: lines that the prompt shows anyway, and that context need not repeat.
        model: who is asked; None for nobody.
    """

    view: View
    lines: range
    problems: tuple[Diagnostic, ...] = ()
    apart: range = range(0)
    model: Model | None = None


class Seeking:
    """What of the workspace may matter for a place; what there is room for is chosen of it.

    Gathering costs much more than choosing, and is done when something is first to be chosen.
    """

    def __init__(self, place: Place, services: Services, counter: TokenCounter) -> None:
        """Nothing is read yet.

        Args:
            place: the lines and their problems.
            services: with the index of the workspace.
            counter: of the model that is asked.
        """
        self.place = place
        self._services, self._counter = services, counter
        self._sought: _Sought | None = None

    def within(self, budget: int, lasting: Recent[Last] | None = None) -> Gathered:
        """As many pieces as there is room for. Reads the disk.

        Args:
            budget: tokens that the pieces may have, with their headings.
            lasting: knows the last choices, which this one keeps to; without it, only the place
                counts.

        Raises:
            OSError: and `ValueError` and `RecursionError`, where they can't be gathered.
        """
        index = self._services.index(self.place.view)
        if index is None or budget <= 0:
            return Gathered(index_ready=index is not None and index.ready)
        if self._sought is None:
            self._sought = _sought(self.place, self._services, self._counter, index)
        return _chosen(self._sought, budget, lasting)


def gathered(place: Place, services: Services, counter: TokenCounter, budget: int) -> Gathered:
    """The pieces of the workspace that matter for a place, as many as there is room for.

    Reads the disk.

    Raises:
        OSError: and `ValueError` and `RecursionError`, where they can't be gathered.
    """
    return Seeking(place, services, counter).within(budget)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What may be shown.

    Attributes:
        on: the candidates whose tiers are not switched off; `off`: the others.
        left_out: what is no candidate.
        name: of the place, for the next choice about it.
    """

    on: tuple[Item, ...]
    off: tuple[LeftOut, ...]
    left_out: tuple[LeftOut, ...]
    index_ready: bool
    limits: Limits
    showable: Showable
    counter: TokenCounter
    here: str
    name: str


def _sought(place: Place, services: Services, counter: TokenCounter, index: Index) -> _Sought:
    view = place.view
    kind = kind_of_task(services.task.id)
    pins = load_pins(view.root, kind)
    wanted, unwanted = spots_of(index, pins.pinned), spots_of(index, pins.banned)
    found = gather(index, view, place.lines, place.problems, _signals(place, counter, wanted))
    own = pinned(found.items, wanted, unwanted)
    settings = services.settings.context
    limits = Limits(weights=weights_for(kind, settings.weights, settings.task_weights))
    showable = Showable(view, place.model, services.settings, index)
    asked = place.model.id if place.model is not None else ""
    return _Sought(
        tuple(one for one in own.items if limits.weights[one.tier] or PINNED in one.reasons),
        tuple(_switched_off(own.items, limits.weights)),
        (*own.left_out, *(_explained(one, showable) for one in found.left_out)),
        found.index_ready,
        limits,
        showable,
        counter,
        view.name,
        f"{view.uri} {services.task.id} {asked} {sorted(limits.weights.items())}",
    )


def _chosen(sought: _Sought, budget: int, lasting: Recent[Last] | None) -> Gathered:
    limits = sought.limits

    def choose(items: Sequence[Item]) -> Packed:
        return pack(items, budget, sought.counter.ceiling, limits=limits, here=sought.here)

    last = lasting.get(sought.name) if lasting is not None else None
    again = partial(choose_again, last=last, budget=budget, sure=limits.sure, choose=choose)
    packed, items, kept_back = _packed(sought.on, sought.showable, again)
    if lasting is not None and sought.index_ready and not packed.truncated:
        lasting.put(sought.name, last_of(packed, sought.on))
    left_out = (*packed.left_out, *kept_back, *sought.off, *sought.left_out)
    # What is chosen once more is chosen without the pieces that it holds.
    shown = outermost(packed.chosen, items, limits.weights)
    told = replace(packed, chosen=shown, left_out=left_out)
    return Gathered(told, items, sought.index_ready, limits.weights)


def _packed(
    items: Sequence[Item], showable: Showable, choose: Callable[[Sequence[Item]], Packed]
) -> tuple[Packed, tuple[Item, ...], list[LeftOut]]:
    """What is chosen of the pieces that may be shown, what it is chosen from, and what may not be.

    Whether it may be shown is found out before of what is required, so that it takes no room from
    anything; of the rest only where it is chosen.
    """
    asked = _required(items)
    known: set[Key] = set()
    kept_back: list[LeftOut] = []
    while True:
        cleared = [showable.cleared(one) if one.key in asked else one for one in items]
        kept_back += [one for one in cleared if isinstance(one, LeftOut)]
        items = tuple(
            one
            for one in cleared
            if not isinstance(one, LeftOut) and not showable.is_closed(one.path)
        )
        known |= asked
        packed = choose(items)
        asked = {one.item.key for one in packed.chosen} - known
        if not asked:
            return packed, items, kept_back


def _required(items: Iterable[Item]) -> set[Key]:
    """What is required, and what that must be shown with."""
    by_key = {item.key: item for item in items}
    found: set[Key] = set()
    for item in by_key.values():
        key = item.key if item.required else None
        while key is not None and key in by_key and key not in found:
            found.add(key)
            key = by_key[key].keep_with
    return found


def _explained(gone: LeftOut, showable: Showable) -> LeftOut:
    """A file that is left out, with what the user's settings say where the index knows no reason."""
    why = showable.why_closed(gone.path) if gone.why == NOT_INDEXED else ""
    return replace(gone, why=why) if why else gone


def _signals(place: Place, counter: TokenCounter, pointed: Sequence[Spot]) -> Signals:
    view, here = place.view, place.view.root
    beside = [one.path for one in view.beside if here is not None and one.path.is_relative_to(here)]
    recent = [one for one in view.recent if here is not None and one.is_relative_to(here)]
    return Signals(
        count=counter.ceiling,
        recent=[one.relative_to(here).as_posix() for one in recent if here is not None],
        open_files=[one.relative_to(here).as_posix() for one in beside if here is not None],
        together=together(view),
        pointed=pointed,
        apart=place.apart,
    )


def spots_of(index: Index, pins: Iterable[Pin]) -> tuple[Spot, ...]:
    """Where what was pinned or banned is now: of definitions of its name, the nearest to its line."""
    return tuple((pin.path, _line_of(index, pin)) for pin in pins)


def _line_of(index: Index, pin: Pin) -> int:
    facts = index.facts(pin.path) if pin.name else None
    found = [one for one in (facts.definitions if facts else ()) if one.name == pin.name]
    firsts = [one.first for one in found]
    return min(firsts, key=lambda first: (abs(first - pin.line), first), default=pin.line)


def _switched_off(items: Iterable[Item], weights: Mapping[Tier, float]) -> Iterator[LeftOut]:
    for item in items:
        if not weights[item.tier] and PINNED not in item.reasons:
            yield LeftOut(item.path, item.name, f"`{item.tier}` is switched off")


def most_tokens(services: Services) -> int:
    """How many tokens of context a task gets at most; more costs money and attention."""
    most = services.settings.context.max_tokens
    return 2 * most if services.task.id == TESTS.id else most


def sent_of(packed: Packed, prompt: Prompt) -> tuple[Chosen, ...]:
    """The pieces that a prompt still holds, after all of it was fitted to the model's window."""
    slots = {part.slot for turn in prompt.turns for part in turn.parts}
    return tuple(one for one in packed.chosen if _slot_of(one) in slots)


def _slot_of(chosen: Chosen) -> str:
    return "project" if chosen.item.path.endswith(RULES) else SLOT_OF[chosen.item.tier]


def shown_of(packed: Packed) -> dict[str, tuple[tuple[str, str], ...]]:
    """The pieces by their slot, as `(path, text)`: see `understudy.prompt.pieces.Shown`.

    Rules that the project wrote down for models have a slot of their own. The document's own slot is
    there whenever context was gathered, even if nothing of it is shown: room was reserved for no
    more than that.
    """
    found: dict[str, tuple[tuple[str, str], ...]] = {"target": ()} if packed.budget else {}
    for one in excerpts(packed.chosen):
        slot = _slot_of(one.pieces[0])
        text = ((one.path, one.text),) if one.text.strip() else ()
        found[slot] = (*found.get(slot, ()), *text)
    return found
