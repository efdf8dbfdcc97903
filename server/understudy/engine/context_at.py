"""What a model would be shown of the workspace for some lines; and what the user changes about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.config.pin_record import PinChange, load_pins, save_pins
from understudy.context.weights import kind_of_task
from understudy.core.failures import BadRequestError, FailureCategory, RefusedError
from understudy.core.text import Span
from understudy.engine.fitting import max_output, tokens_of
from understudy.engine.material import gathered, most_tokens, spots_of
from understudy.engine.question_at import question_at
from understudy.engine.whom import whom
from understudy.models.tokens import usual_counter
from understudy.prompt.pieces import NOTHING_SHOWN
from understudy.workspace.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.config.pin_record import Pin
    from understudy.context.items import Item
    from understudy.engine.evidence import CheckReport
    from understudy.engine.material import Gathered
    from understudy.engine.question_at import Asking
    from understudy.engine.services import Services
    from understudy.index.facts import Index
    from understudy.models.registry import Model
    from understudy.workspace.view import View


class DoesNotFitError(RefusedError):
    """What a prompt can't do without is larger than the budget, even with a line for each piece."""

    category = FailureCategory.CONTEXT_OVERFLOW


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked.

    Attributes:
        view: with the lines selected that are meant, and what the client says is wrong there.
        budget: tokens that all pieces together may have; None for what the settings and the model
            leave room for.
        asked: the model that would be asked; None for the first that the task would ask.
        reports: what the checkers say about the text, as far as somebody asked them.
    """

    view: View
    budget: int | None = None
    asked: str | None = None
    reports: tuple[CheckReport, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a model would be shown.

    Attributes:
        model: who; None where no model over the network may be asked. It is then what one on this
            machine might see.
    """

    gathered: Gathered
    model: Model | None


def context_at(wanted: Wanted, services: Services) -> Seen:
    """The pieces that a model would be shown. Reads the disk; asks nobody.

    Args:
        wanted: the place. The pieces are chosen for what the task would ask about it: a fix for the
            symbol around the first problem there.
        services: with the index, the settings, the task, and the way to models, which knows how
            they count tokens.

    Raises:
        BadRequestError: no index is kept for the document, or nobody knows the model.
        RefusedError: the model may not see the document.
        DoesNotFitError: the budget is too small for what is required.
    """
    view = wanted.view
    if services.index(view) is None:
        raise BadRequestError(f"No index is kept for `{view.name}`: see `context.index`.")
    model = whom(view, services.settings, services.task, wanted.asked)
    asking = question_at(view, services, model, wanted.reports)
    counter = asking.counter or usual_counter()
    budget = _room(asking, services) if wanted.budget is None else wanted.budget
    try:
        found = gathered(asking.place, services, counter, budget)
    except (OSError, ValueError, RecursionError) as failure:
        raise RefusedError(f"No context of `{view.name}` can be gathered: {failure}.") from failure
    missing = _missing(found) if found.packed.truncated else []
    if missing:
        names = ", ".join(f"`{one.name or one.path}`" for one in missing[:3])
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        text = f"{budget:,} tokens are too few: there is no room for {names}{more}, which"
        raise DoesNotFitError(f"{text} can't be left out.")
    return Seen(found, model)


def with_problem(view: View, message: str) -> View:
    """The view with a problem of the selected lines; the same for an empty message."""
    if not message.strip():
        return view
    index = view.index
    lines = index.lines_of(view.selection)
    last = lines.stop - 1
    span = Span(index.start(lines.start), index.start(last) + len(index.content(last)))
    problem = Diagnostic("", "", message, span, Severity.ERROR)
    return replace(view, diagnostics=(*view.diagnostics, problem))


def _room(asking: Asking, services: Services) -> int:
    """How many tokens of context there is room for beside the prompt."""
    most, model = most_tokens(services), asking.place.model
    if model is None:
        return most
    if services.reach is None or asking.counter is None:
        raise RefusedError("The settings are not read yet. Ask again in a moment.")
    language = asking.place.view.language
    room = services.reach.room_for(model, max_output(model, asking.output), language)
    return room.left(tokens_of(asking.write(NOTHING_SHOWN), asking.counter), most)


def change_pins(change: PinChange, wanted: Wanted, services: Services) -> None:
    """Keep what the user pins and bans for the folder and the kind of the task. Writes a file.

    Raises:
        BadRequestError: the document is in no folder, or a place is not in it.
        RefusedError: it can't be written.
    """
    root, index = wanted.view.root, services.index(wanted.view)
    if root is None or index is None:
        raise BadRequestError(f"`{wanted.view.name}` is in no folder whose index is kept.")

    def named(pin: Pin) -> Pin:
        if index.text(pin.path) is None:
            raise BadRequestError(f"`{pin.path}` is no file of the workspace that can be shown.")
        facts = index.facts(pin.path)
        starting = (one for one in (facts.definitions if facts else ()) if one.first == pin.line)
        found = next(starting, None)
        return pin if found is None else replace(pin, name=found.name)

    kind = kind_of_task(services.task.id)
    now = load_pins(root, kind)
    full = PinChange(
        pin=tuple(named(one) for one in change.pin),
        ban=tuple(named(one) for one in change.ban),
        unpin=_there(index, now.pinned, (*change.unpin, *change.ban)),
        unban=_there(index, now.banned, (*change.unban, *change.pin)),
    )
    save_pins(root, kind, full.applied(now))


def _there(index: Index, pins: tuple[Pin, ...], places: tuple[Pin, ...]) -> tuple[Pin, ...]:
    """Those of the pins that are at one of the places now, or were when they were made."""
    spots = {one.place for one in places}
    return tuple(
        pin
        for pin, spot in zip(pins, spots_of(index, pins), strict=True)
        if spot in spots or pin.place in spots
    )


def _missing(found: Gathered) -> list[Item]:
    """What is required and not shown, neither by itself nor as a part of something."""
    shown = [one.item for one in found.packed.chosen]
    keys = {one.key for one in shown}
    return [
        item
        for item in found.items
        if item.required and item.key not in keys and not _within(item, found)
    ]


def _within(item: Item, found: Gathered) -> bool:
    whole: Iterable[Item] = (one.item for one in found.packed.chosen if one.level.form == "full")
    return any(
        one.path == item.path and one.start <= item.start and item.stop <= one.stop for one in whole
    )
