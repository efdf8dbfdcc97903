"""What other files of the workspace lose by an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.lines import LineIndex
from understudy.engine.hunks import hunks_of
from understudy.gathering.dependents import Version, dependents
from understudy.index.extraction import facts_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from understudy.core.text import Edit
    from understudy.engine.services import Services
    from understudy.index.facts import Facts
    from understudy.workspace.view import View

_SHOWN = 3


def lost_elsewhere(
    view: View, after: str, edits: tuple[Edit, ...], services: Services, changed: Collection[str]
) -> str:
    """That other files use what is no longer there as they use it, as a clause; empty for none.

    Reads the disk, and only where the edit touches a definition at the top of the file.

    Args:
        view: the document.
        after: its text with the edit.
        edits: what changes.
        services: with the index of the workspace.
        changed: names of documents that change along.
    """
    index = services.index(view)
    if index is None or view.path is None:
        return ""
    known = index.facts(view.name)
    if known is None or not _touches_definitions(known, view, edits):
        return ""
    facts = facts_of(view.name, view.language, view.text)
    new = facts_of(view.name, view.language, after, keep=True)
    versions = Version(facts, view.index), Version(new, LineIndex(after))
    found = dependents(index, view.root, *versions, changed)
    if not found:
        return ""
    first = found[0]
    names = [f"`{path}`" for path in first.paths[:_SHOWN]]
    more = f" and {len(first.paths) - _SHOWN} more" if len(first.paths) > _SHOWN else ""
    uses = "uses" if len(first.paths) == 1 else "use"
    what = "which the edit takes away" if first.gone else "which now needs other arguments"
    return f"{', '.join(names)}{more} {uses} `{first.name}`, {what}"


def _touches_definitions(known: Facts, view: View, edits: tuple[Edit, ...]) -> bool:
    lines = [hunk.touched for hunk in hunks_of(view.index, edits)]
    return any(
        one.start < definition.body + 1 and definition.first < one.stop
        for definition in known.definitions
        if definition.parent < 0
        for one in lines
    )
