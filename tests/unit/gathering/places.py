"""Gathering for lines of small workspaces."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tests.small_index import SmallIndex
from understudy.config.policy import Policy
from understudy.gathering.gather import gather
from understudy.gathering.making import Signals
from understudy.languages import language_of
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from understudy.context.items import Item, Tier
    from understudy.core.text import Span
    from understudy.gathering.gather import Candidates
    from understudy.workspace.diagnostics import Diagnostic

_numbers = itertools.count()


def count(text: str) -> int:
    """Tokens, about."""
    return len(text) // 4 + 1


def candidates(
    files: Mapping[str, str],
    path: str,
    lines: range | None = None,
    *,
    problems: Sequence[Diagnostic] = (),
    signals: Signals | None = None,
    opened: Mapping[str, str] | None = None,
    root: Path | None = None,
    selection: Span | None = None,
) -> Candidates:
    """The candidates for some lines of a file, by default for all of it."""
    index = SmallIndex(files, opened)
    text = index.text(path) or ""
    language = language_of(PurePosixPath(path)) or "plaintext"
    # What is known of how a workspace is laid out is kept by its folder.
    root = root or Path(f"/nowhere/{next(_numbers)}")
    place = root / path
    view = View(place.as_posix(), text, Policy(), language=language, path=place, root=root)
    view = replace(view, selection=selection) if selection is not None else view
    return gather(index, view, lines or range(len(view.index)), problems, signals or Signals(count))


def of_tier(found: Candidates, tier: Tier) -> dict[tuple[str, str], Item]:
    """The items of a tier by path and name."""
    return {(item.path, item.name): item for item in found.items if item.tier == tier}


def needed(files: Mapping[str, str], path: str, lines: range | None = None) -> set[tuple[str, str]]:
    """What is required beside the file itself: path and name."""
    found = candidates(files, path, lines)
    return {key for key, item in of_tier(found, "required_types").items() if item.required}
