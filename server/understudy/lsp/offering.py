"""Let proved edits wait for the document as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import StaleError
from understudy.lsp.ready import Ready, Spot, places_of, problem_spots, rebase
from understudy.lsp.wording import candidates, ready_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.lines import LineIndex
    from understudy.core.text import Edit
    from understudy.engine.outcome import Outcome
    from understudy.engine.sweep import Sweep
    from understudy.lsp.app import App
    from understudy.workspace.view import View


def offer_taken(app: App, name: str, sweep: Sweep) -> Ready:
    """Let the edits that a sweep took wait in the menu as one, under this id, and tell nobody.

    Raises:
        StaleError: when the touched lines changed in the meantime.
    """
    return offer(app, name, sweep.start, Lot(sweep.taken, sweep.edits))


@dataclass(frozen=True, slots=True)
class Lot:
    """Outcomes that are taken together, as one change of the text they began with."""

    outcomes: tuple[Outcome, ...]
    edits: tuple[Edit, ...]


def offer(app: App, name: str, view: View, lot: Lot) -> Ready:
    """Let a lot wait in the menu, for the document as it is now."""
    places = places_of(view.index, lot.edits)
    ready = Ready(
        id=name,
        uri=view.uri,
        version=view.version,
        places=places,
        outcomes=lot.outcomes,
        title=ready_title(view.text, lot.edits, lot.outcomes),
        problems=problem_spots(view.index, lot.outcomes) if places else (_asked_at(view),),
        files=tuple(other for one in candidates(lot.outcomes) for other in one.others),
    )
    ready = up_to_date(app, ready, view.index)
    app.aftermath.offer(ready)
    return ready


def different(lots: Iterable[Lot]) -> list[Lot]:
    """Of equal changes the first: one edit may mend what two tools report."""
    found: dict[tuple[Edit, ...], Lot] = {}
    for lot in lots:
        found.setdefault(lot.edits, lot)
    return list(found.values())


def up_to_date(app: App, ready: Ready, index: LineIndex) -> Ready:
    """The edit for the document as it is now.

    Args:
        app: knows the document.
        ready: the edit at `ready.version`.
        index: the lines at `ready.version`.

    Raises:
        StaleError: when a touched line changed, or the document is gone.
    """
    document = app.session.documents.get(ready.uri)
    if document is None:
        raise StaleError("The document was closed, so the edit was dropped.")
    if not document.lost and document.version == ready.version and document.text == index.text:
        return ready
    moved = rebase(ready, document.changes_since(ready.version), document.line)
    if moved is None:
        app.aftermath.record(ready, "stale")
        raise StaleError(
            "stale_document: the lines that the edit touches have changed in the meantime, "
            "so nothing was applied."
        )
    return moved.at(document.version)


def _asked_at(view: View) -> Spot:
    """The line where an edit was asked for that changes other documents alone."""
    line = view.index.line_of(view.selection.start)
    return Spot(line, (view.index.lines[line],))
