"""All that a model may be shown for one place, as candidates; what fits is chosen elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.bounded_cache import bounded_cache
from understudy.gathering.cells import whole_of
from understudy.gathering.examples import example_items
from understudy.gathering.making import Making
from understudy.gathering.needed import needed
from understudy.gathering.own_rules import rule_items
from understudy.gathering.related import related_items
from understudy.gathering.required import required_items
from understudy.gathering.scene import Scene
from understudy.gathering.sources import Sources
from understudy.gathering.target import target_item
from understudy.gathering.whole_files import file_items
from understudy.index.extraction import digest_of, facts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.context.items import Item, LeftOut
    from understudy.gathering.cells import Whole
    from understudy.gathering.making import Signals
    from understudy.index.facts import Facts, Index
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_KEPT_CHARS = 2_000_000
"""Of texts in the editor whose facts are kept."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may be shown.

    Attributes:
        items: in a fixed order; no two have one key.
        left_out: files that would have been candidates, and why they are none.
        index_ready: whether the index had read every file.
    """

    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]
    index_ready: bool


def gather(
    index: Index,
    view: View,
    lines: range,
    problems: Sequence[Diagnostic],
    signals: Signals,
) -> Candidates:
    """The candidates for some lines of a document. May read the disk: call it in a thread.

    Nothing in the result hangs on the clock or on the order of hashes.

    Args:
        index: of the document's workspace folder.
        view: the document; its text counts, whatever the index knows of it.
        lines: that a model is asked about, counted from 0.
        problems: that it is asked to solve; may be empty.
        signals: how to count tokens, and what the user works with.
    """
    ready = index.ready
    whole = whole_of(view)
    target = _facts_of(index, view, whole)
    sources = Sources(index, view.root, target, whole.lines)
    last = len(view.index)
    inside = whole.moved(range(min(lines.start, last), min(lines.stop, last)))
    pointed = tuple(
        (path, line + whole.above if path == view.name else line) for path, line in signals.pointed
    )
    found_in = whole.problems(problems)
    # Without a selection, the cursor may stand anywhere while a problem is solved.
    pointed_at = len(view.selection) > 0 or not problems
    asked = whole.moved(view.index.lines_of(view.selection)) if pointed_at else range(0)
    scene = Scene(sources, target.language, inside, found_in, pointed, whole.above, asked)
    apart = whole.moved(signals.apart) if signals.apart else signals.apart
    making = Making(scene, replace(signals, pointed=pointed, apart=apart))
    needs = needed(scene)
    found = [
        target_item(making, needs),
        *required_items(making, needs),
        *related_items(making, needs),
        *rule_items(making),
        *example_items(making),
    ]
    linked = {item.path for item in found if item.tier == "related_imports"}
    found += file_items(making, needs, linked)
    left_out = tuple(making.exclusions.left_out())
    # What was asked about may have turned out to be behind.
    return Candidates(_each_once(found), left_out, ready and index.ready)


def _each_once(found: Sequence[Item]) -> tuple[Item, ...]:
    """The items by key; one that comes again adds its reasons to the first, which counts most."""
    kept: dict[tuple[str, int, str], Item] = {}
    for item in found:
        known = kept.get(item.key)
        if known is None:
            kept[item.key] = item
        else:
            reasons = tuple(dict.fromkeys((*known.reasons, *item.reasons)))
            kept[item.key] = replace(known, reasons=reasons)
    return tuple(kept.values())


def _facts_of(index: Index, view: View, whole: Whole) -> Facts:
    """The facts of exactly the text: the index may know another one, and knows no notebooks."""
    known = index.facts(view.name) if view.notebook is None else None
    digest = digest_of(whole.code.encode("utf-8", "surrogatepass"))
    if known is not None and known.digest == digest:
        return known
    return _extracted(view.name, view.language, whole.code, digest)


@bounded_cache(_KEPT_CHARS, lambda _facts, _path, _language, text, _digest: len(text))
def _extracted(path: str, language: str, text: str, digest: str) -> Facts:
    return facts_of(path, language, text, digest, keep=True)
