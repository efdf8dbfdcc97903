"""Definitions of the names that a failed attempt used, out of the workspace."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from understudy.context.items import Item
from understudy.context.showing import framed
from understudy.engine.material import Place, gathered
from understudy.engine.setbacks import lines_meant, names_meant
from understudy.engine.showable import Showable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from understudy.context.items import Level
    from understudy.engine.services import Services
    from understudy.models.registry import Model
    from understudy.models.tokens import TokenCounter
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

log = logging.getLogger("understudy.context")

MOST_TOKENS = 800
_MOST = 5
_NONE: tuple[tuple[str, str], ...] = ()


def definitions(
    after: View,
    found: Diagnostic,
    services: Services,
    model: Model,
    counter: TokenCounter,
) -> tuple[tuple[str, str], ...]:
    """What the names at a finding are: `(path, text)` each, those first that it names itself.

    Reads the disk. Like all context it is a help and no need: where it can't be had, there is none.

    Args:
        after: the document with the text that the finding is about.
        found: the finding.
        services: with the index of the workspace.
        model: who is to see it.
        counter: of that model.
    """
    lines = lines_meant(after, found)
    place = Place(after, lines, (found,), lines, model)
    return definitions_of(names_meant(after, found), place, services, counter)


def definitions_of(
    names: Collection[str], place: Place, services: Services, counter: TokenCounter
) -> tuple[tuple[str, str], ...]:
    """The same for some names of a place, whether or not anything failed there."""
    view = place.view
    index = services.index(view)
    if index is None:
        return _NONE
    try:
        items = gathered(place, services, counter, MOST_TOKENS).items
        showable = Showable(view, place.model, services.settings, index)
        wanted = map(showable.cleared, _wanted(items, names))
        chosen = _fitting((one for one in wanted if isinstance(one, Item)), counter)
        return tuple((item.path, level.text) for item, level in chosen)
    except (OSError, ValueError, RecursionError) as failure:
        log.warning("No definitions for %s: %s", view.name, failure)
        return _NONE


def _wanted(items: Iterable[Item], names: Collection[str]) -> list[Item]:
    """Definitions of the names, and types that stand behind them."""
    named = [one for one in items if one.name.rpartition(".")[2] in names]
    types = [one for one in items if one.tier == "required_types" and one not in named]
    return [*sorted(named, key=lambda one: -one.relevance), *types][:_MOST]


def _fitting(items: Iterable[Item], counter: TokenCounter) -> Iterator[tuple[Item, Level]]:
    """Each in as much detail as there is room for; a bare mention tells nothing new."""
    left = MOST_TOKENS
    for item in items:
        for level in reversed(item.levels):
            size = counter.most(framed(item.path, level.text))
            if level.form != "mention" and size <= left:
                left -= size
                yield item, level
                break
