"""What of the workspace goes into a prompt, within the room that a model has for it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from understudy.config.pin_record import load_pins
from understudy.context.items import LeftOut, Packed
from understudy.context.lasting import choose_again, last_of
from understudy.context.packing import Limits, pack
from understudy.context.pinning import PINNED, pinned
from understudy.context.showing import SLOT_OF, excerpts
from understudy.context.weights import kind_of_task, weights_for
from understudy.engine.showable import Showable
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

log = logging.getLogger("understudy.context")

NONE = Packed((), 0, 0)
"""Where no index is kept: the prompt then shows the document alone."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was chosen, with what it was chosen from.

    Attributes:
        items: the candidates.
        index_ready: whether the index had read every file.
    """

    packed: Packed
    items: tuple[Item, ...] = ()
    index_ready: bool = False


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


def material(place: Place, services: Services, counter: TokenCounter, budget: int) -> Packed:
    """The pieces of the workspace that matter for a place, as many as there is room for.

    Reads the disk. Context is a help and no need: where it can't be gathered, there is none.

    Args:
        place: the lines and their problems.
        services: with the index of the workspace.
        counter: of the model that is asked.
        budget: tokens that the pieces may have, with their headings.
    """
    lasting = services.reach.choices if services.reach is not None else None
    try:
        found = gathered(place, services, counter, budget, lasting)
    except (OSError, ValueError, RecursionError) as failure:
        log.warning("No context for %s: %s", place.view.name, failure)
        return NONE
    return found.packed


def gathered(
    place: Place,
    services: Services,
    counter: TokenCounter,
    budget: int,
    lasting: Recent[Last] | None = None,
) -> Gathered:
    """The same with all that can be told about it. Reads the disk.

    `lasting` knows the last choices, which this one keeps to; without it, only the place counts.

    Raises:
        OSError: and `ValueError` and `RecursionError`, where it can't be gathered.
    """
    view = place.view
    index = services.index(view)
    if index is None or budget <= 0:
        return Gathered(NONE)
    kind = kind_of_task(services.task.id)
    pins = load_pins(view.root, kind)
    wanted, unwanted = spots_of(index, pins.pinned), spots_of(index, pins.banned)
    found = gather(index, view, place.lines, place.problems, _signals(place, counter, wanted))
    own = pinned(found.items, wanted, unwanted)
    settings = services.settings.context
    limits = Limits(weights=weights_for(kind, settings.weights, settings.task_weights))
    on = [item for item in own.items if limits.weights[item.tier] or PINNED in item.reasons]
    showable = Showable(view, place.model, services.settings, index)

    def choose(items: Sequence[Item]) -> Packed:
        return pack(items, budget, counter.most, limits=limits, here=view.name)

    asked = place.model.id if place.model is not None else ""
    name = f"{view.uri} {services.task.id} {asked} {sorted(limits.weights.items())}"
    last = lasting.get(name) if lasting is not None else None
    again = partial(choose_again, last=last, budget=budget, sure=limits.sure, choose=choose)
    packed, kept_back = _packed(on, showable, again)
    if lasting is not None and found.index_ready and not packed.truncated:
        lasting.put(name, last_of(packed, on))
    off = tuple(_switched_off(own.items, limits.weights))
    left_out = (*packed.left_out, *kept_back, *off, *own.left_out, *found.left_out)
    return Gathered(replace(packed, left_out=left_out), tuple(on), found.index_ready)


def _packed(
    items: list[Item], showable: Showable, choose: Callable[[list[Item]], Packed]
) -> tuple[Packed, list[LeftOut]]:
    """What is chosen of the pieces that may be shown; only of those that are chosen it is found out."""
    kept_back: list[LeftOut] = []
    while True:
        packed = choose(items)
        found = [(one.item, showable.why_not(one.item)) for one in packed.chosen]
        new = {item.key: LeftOut(item.path, item.name, why) for item, why in found if why}
        if not new:
            return packed, kept_back
        kept_back += new.values()
        items = [one for one in items if one.key not in new and not showable.is_closed(one.path)]


def _signals(place: Place, counter: TokenCounter, pointed: Sequence[Spot]) -> Signals:
    view, here = place.view, place.view.root
    beside = [one.path for one in view.beside if here is not None and one.path.is_relative_to(here)]
    recent = [one for one in view.recent if here is not None and one.is_relative_to(here)]
    return Signals(
        count=counter.most,
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
    there whenever context was gathered, even if nothing of it needs to be shown.
    """
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for one in excerpts(packed.chosen):
        slot = _slot_of(one.pieces[0])
        text = ((one.path, one.text),) if one.text.strip() else ()
        found[slot] = (*found.get(slot, ()), *text)
    return found
