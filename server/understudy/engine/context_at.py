"""What a model would be shown of the workspace for some lines, for people to see and to change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.config.pin_record import PinChange, load_pins, save_pins
from understudy.context.showing import excerpts
from understudy.context.weights import kind_of_task
from understudy.core.failures import BadRequestError, FailureCategory, RefusedError
from understudy.core.text import Span
from understudy.engine.material import Place, gathered, spots_of
from understudy.workspace.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.config.pin_record import Pin
    from understudy.context.items import Item
    from understudy.engine.material import Gathered
    from understudy.engine.services import Services
    from understudy.index.facts import Index
    from understudy.models.tokens import TokenCounter
    from understudy.workspace.view import View


class DoesNotFitError(RefusedError):
    """What a prompt can't do without is larger than the budget, even with a line for each piece."""

    category = FailureCategory.CONTEXT_OVERFLOW


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked.

    Attributes:
        lines: that a model would be asked about, counted from 0.
        budget: tokens that all pieces together may have.
        message: of a problem there; empty for none.
    """

    view: View
    lines: range
    budget: int
    message: str = ""


def context_at(wanted: Wanted, services: Services, counter: TokenCounter) -> Gathered:
    """The pieces that a model would be shown. Reads the disk; asks nobody.

    Args:
        wanted: the lines.
        services: with the index, the settings and the task.
        counter: of the model that would be asked.

    Raises:
        BadRequestError: no index is kept for the document.
        DoesNotFitError: the budget is too small for what is required.
    """
    view = wanted.view
    if services.index(view) is None:
        raise BadRequestError(f"No index is kept for `{view.name}`: see `context.index`.")
    try:
        found = gathered(_place(wanted), services, counter, wanted.budget)
    except (OSError, ValueError, RecursionError) as failure:
        raise RefusedError(f"No context of `{view.name}` can be gathered: {failure}.") from failure
    missing = _missing(found) if found.packed.truncated else []
    if missing:
        names = ", ".join(f"`{one.name or one.path}`" for one in missing[:3])
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        text = f"{wanted.budget:,} tokens are too few: there is no room for {names}{more}, which"
        raise DoesNotFitError(f"{text} can't be left out.")
    return found


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


def as_plain(found: Gathered) -> dict[str, object]:
    """What was chosen as plain values, lines counted from 1."""
    packed = found.packed
    return {
        "items": [
            {
                "path": one.item.path,
                "start_line": one.item.start + 1,
                "end_line": max(one.item.stop, one.item.start + 1),
                "tier": one.item.tier,
                "level": one.level.form,
                "tokens": one.level.tokens,
                "reasons": list(one.item.reasons),
            }
            for one in packed.chosen
        ],
        "tokens": packed.tokens,
        "budget": packed.budget,
        "index_ready": found.index_ready,
        "left_out": [
            {"path": one.path, "name": one.name, "reason": one.why} for one in packed.left_out
        ],
    }


def as_markdown(found: Gathered, name: str) -> str:
    """What was chosen as a document: the texts with their reasons, then what was left out."""
    packed = found.packed
    lines = [f"# What a model is shown for {_code(name)}", ""]
    lines.append(f"{packed.tokens:,} of {packed.budget:,} tokens.")
    if not found.index_ready:
        lines.append("The workspace is still being read, so something may be missing.")
    for excerpt in excerpts(packed.chosen):
        lines += ["", f"## {_code(excerpt.path)}", ""]
        for one in excerpt.pieces:
            item = one.item
            where = f"lines {item.start + 1} to {max(item.stop, item.start + 1)}"
            why = "; ".join(map(_plain, item.reasons))
            lines.append(f"- {where}, `{item.tier}`, {one.level.form}, {one.level.tokens:,}: {why}")
        fence = _fence(excerpt.text)
        lines += ["", fence, excerpt.text, fence]
    if packed.left_out:
        lines += ["", "## Left out", ""]
    lines += [
        f"- {_code(one.path)}{' ' + _code(one.name) if one.name else ''}: {_plain(one.why)}"
        for one in packed.left_out
    ]
    return "\n".join(lines) + "\n"


def _place(wanted: Wanted) -> Place:
    index, lines = wanted.view.index, wanted.lines
    last = min(max(lines.stop - 1, lines.start), len(index) - 1)
    span = Span(index.start(lines.start), index.start(last) + len(index.content(last)))
    message = wanted.message
    problem = Diagnostic("", "", message, span, Severity.ERROR)
    return Place(wanted.view, lines, (problem,) if message.strip() else ())


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


def _code(text: str) -> str:
    from understudy.config.diagnose import code_span

    return code_span(text)


def _plain(text: str) -> str:
    """A reason on one line; names of the user's code in it are in backticks already."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _fence(text: str) -> str:
    import re

    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(longest + 1, 3)
